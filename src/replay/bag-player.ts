import type { BagChannel, Selection, StoredMessage } from "../bag/bag-contents.ts";

/** Where played messages go. */
export interface PlayPort {
  publish(channel: BagChannel, timeNs: bigint, data: Uint8Array): void;
  /** The time of the bag, again and again while it plays. */
  clock?(timeNs: bigint): void;
}

/** What the player reads. `BagReader` fits. */
export interface PlaySource {
  stored(selection: Selection): AsyncGenerator<StoredMessage, void, void>;
}

/** The wall clock that a player goes by. */
export interface PlayTime {
  /** [ms], from any start */
  nowMs(): number;
  /** Resolves after about so long [ms]. */
  wait(ms: number): Promise<void>;
}

export interface PlayOptions {
  /** Topics and span; log times. */
  readonly selection: Selection & { readonly startNs: bigint; readonly endNs: bigint };
  /** Bag seconds a wall second, > 0. */
  readonly rate: number;
  /** Begins again at the start, for ever. */
  readonly loop: boolean;
  readonly paused: boolean;
  /** Times a second that `clock` is told, 0: never. */
  readonly clockHz: number;
}

export const WALL_TIME: PlayTime = {
  nowMs: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Messages that are due within this are published at once: a timer for each of them would cost more [ms]. */
const AT_ONCE_MS = 1;
/** Longest sleep, so that a change of rate is felt [ms]. */
const LONGEST_SLEEP_MS = 100;

/**
 * Plays a bag in time: pause, step, seek, another rate, again and again.
 *
 * Order is kept always. When the machine is late, messages come late; none is left out.
 */
export class BagPlayer {
  readonly #source: PlaySource;
  readonly #port: PlayPort;
  readonly #options: PlayOptions;
  readonly #time: PlayTime;
  #rate: number;
  #paused: boolean;
  #positionNs: bigint;
  #anchor: { readonly bagNs: bigint; readonly wallMs: number };
  #seekNs: bigint | undefined;
  #stopped = false;
  #published = 0;
  #steps = 0;
  #stepped: (() => void)[] = [];
  #wake: (() => void) | undefined;
  #nextClockMs = -Infinity;

  constructor(source: PlaySource, port: PlayPort, options: PlayOptions, time: PlayTime = WALL_TIME) {
    this.#source = source;
    this.#port = port;
    this.#options = options;
    this.#time = time;
    this.#rate = options.rate;
    this.#paused = options.paused;
    this.#positionNs = options.selection.startNs;
    this.#anchor = { bagNs: this.#positionNs, wallMs: time.nowMs() };
  }

  get paused(): boolean {
    return this.#paused;
  }
  get rate(): number {
    return this.#rate;
  }
  /** Messages so far. */
  get published(): number {
    return this.#published;
  }
  /** Of what is played once [s]. */
  get lengthS(): number {
    const { startNs, endNs } = this.#options.selection;
    return Number(endNs - startNs) / 1e9;
  }
  get topics(): readonly string[] {
    return this.#options.selection.topics ?? [];
  }
  /** Log time that has been reached. */
  get positionNs(): bigint {
    return this.#positionNs;
  }
  /** The same, from the beginning of what is played [s]. */
  get positionS(): number {
    return Number(this.#positionNs - this.#options.selection.startNs) / 1e9;
  }

  /** Resolves at the end of the bag, or when stopped. @throws CellistError "bag-unreadable" */
  async play(): Promise<void> {
    const { startNs } = this.#options.selection;
    let fromNs = startNs;
    do {
      this.#moveTo(fromNs);
      const interrupted = await this.#playFrom(fromNs);
      fromNs = interrupted && this.#seekNs !== undefined ? this.#seekNs : startNs;
      if (!interrupted && !this.#options.loop) break;
      this.#seekNs = undefined;
    } while (!this.#stopped);
    this.#finishSteps();
  }

  pause(): void {
    this.#anchorHere();
    this.#paused = true;
    this.#wakeUp();
  }

  resume(): void {
    this.#paused = false;
    this.#anchorHere();
    this.#wakeUp();
  }

  togglePaused(): void {
    if (this.#paused) this.resume();
    else this.pause();
  }

  /** @param rate bag seconds a wall second, > 0 */
  setRate(rate: number): void {
    this.#anchorHere();
    this.#rate = rate;
    this.#wakeUp();
  }

  /** While paused: publishes the next message. Resolves when it is out; false when playing or over. */
  async step(): Promise<boolean> {
    if (!this.#paused || this.#stopped) return false;
    this.#steps++;
    this.#wakeUp();
    await new Promise<void>((resolve) => this.#stepped.push(resolve));
    return !this.#stopped;
  }

  /** Goes on at a log time; outside the span, at its nearer end. */
  seek(timeNs: bigint): void {
    const { startNs, endNs } = this.#options.selection;
    this.#seekNs = timeNs < startNs ? startNs : timeNs > endNs ? endNs : timeNs;
    this.#positionNs = this.#seekNs; // who winds twice at once gets twice as far
    this.#wakeUp();
  }

  stop(): void {
    this.#stopped = true;
    this.#wakeUp();
  }

  /** @returns whether a seek or a stop ended it */
  async #playFrom(fromNs: bigint): Promise<boolean> {
    for await (const { channel, timeNs, data } of this.#source.stored({
      ...this.#options.selection,
      startNs: fromNs,
    })) {
      await this.#until(timeNs);
      if (this.#stopped || this.#seekNs !== undefined) return true;
      this.#positionNs = timeNs;
      this.#published++;
      this.#port.publish(channel, timeNs, data);
      if (this.#steps > 0 && this.#paused) {
        this.#steps--;
        this.#anchorHere();
        this.#tellClock(timeNs);
        this.#stepped.shift()?.();
      }
    }
    await this.#untilEndOfPause();
    return this.#stopped || this.#seekNs !== undefined;
  }

  /** Waits until a message is due, or something else is asked for. */
  async #until(timeNs: bigint): Promise<void> {
    while (!this.#stopped && this.#seekNs === undefined) {
      if (this.#paused) {
        if (this.#steps > 0) return;
        await this.#sleep(LONGEST_SLEEP_MS);
        continue;
      }
      const now = this.#time.nowMs();
      const bagNs = this.#bagTime(now);
      if (now >= this.#nextClockMs) this.#tellClock(bagNs < timeNs ? bagNs : timeNs);
      const dueMs = Number(timeNs - bagNs) / 1e6 / this.#rate;
      if (dueMs <= AT_ONCE_MS) return;
      await this.#sleep(Math.min(dueMs, LONGEST_SLEEP_MS, Math.max(this.#nextClockMs - now, 1)));
    }
  }

  /** A bag that ended while paused can still be wound back. */
  async #untilEndOfPause(): Promise<void> {
    this.#finishSteps();
    while (this.#paused && !this.#stopped && this.#seekNs === undefined) await this.#sleep(LONGEST_SLEEP_MS);
  }

  #bagTime(nowMs: number): bigint {
    const passedNs = BigInt(Math.round((nowMs - this.#anchor.wallMs) * this.#rate * 1e6));
    return this.#anchor.bagNs + passedNs;
  }

  #anchorHere(): void {
    this.#anchor = { bagNs: this.#positionNs, wallMs: this.#time.nowMs() };
  }

  #moveTo(timeNs: bigint): void {
    this.#positionNs = timeNs;
    this.#anchorHere();
    this.#tellClock(timeNs);
  }

  #tellClock(timeNs: bigint): void {
    const { clockHz } = this.#options;
    if (clockHz <= 0) return;
    this.#nextClockMs = this.#time.nowMs() + 1000 / clockHz;
    this.#port.clock?.(timeNs);
  }

  async #sleep(ms: number): Promise<void> {
    await Promise.race([this.#time.wait(ms), new Promise<void>((resolve) => (this.#wake = resolve))]);
    this.#wake = undefined;
  }

  #wakeUp(): void {
    this.#wake?.();
  }

  #finishSteps(): void {
    for (const done of this.#stepped.splice(0)) done();
    this.#steps = 0;
  }
}
