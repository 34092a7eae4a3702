import { CycleBell } from "./cycle-bell.ts";
import { PERIOD_S } from "./controller/control-cycle.ts";
import { raisePriority } from "./real-time-priority.ts";
import { LatenessRecord, type Lateness } from "./lateness.ts";

const PERIOD_MS = PERIOD_S * 1000;
/** The first second is not counted: the program is still being compiled while it runs. */
const WARM_UP_CYCLES = 500;
/** A process that was stopped for longer than this does not play what it slept through in fast motion [ms]. */
const LONGEST_MADE_UP_MS = 1000;

/** How well the pacer has kept time, its first second left out. */
export interface PaceReport extends Lateness {
  /** All cycles, the first second's included. */
  readonly cycles: number;
  /** Cycles that began more than one period late. */
  readonly lateCycles: number;
  /** Cycles that never were: the process stood still for so long that making up for them would be a fast film. */
  readonly droppedCycles: number;
}

/**
 * A clock that calls back every 2 ms: deadlines are absolute, so delays do not add up, and a cycle that is late is
 * made up for, sockets served in between, so that what a client or a script's peer sent in time is read in time. Of a
 * delay of more than a second (a process stopped, a machine asleep) only that second is made up for; the rest is dropped
 * and counted. A bell in a thread of its own wakes this one; the event loop's timers wake a millisecond late.
 */
export class Pacer {
  readonly #step: () => void;
  readonly #bell: CycleBell;
  readonly #lateness = new LatenessRecord();
  #cycles = 0;
  #lateCycles = 0;
  #droppedCycles = 0;
  #stopped = false;

  /** @param step called once a cycle */
  constructor(step: () => void) {
    this.#step = step;
    this.#bell = new CycleBell(PERIOD_MS);
    this.#listen();
  }

  get report(): PaceReport {
    return {
      cycles: this.#cycles,
      lateCycles: this.#lateCycles,
      droppedCycles: this.#droppedCycles,
      ...this.#lateness.summary(),
    };
  }

  /** Asks the system to serve this clock first. @returns what was got, in words */
  async raisePriority(): Promise<string> {
    return raisePriority(await this.#bell.thread);
  }

  stop(): void {
    this.#stopped = true;
    this.#bell.stop();
  }

  #listen(): void {
    if (!this.#stopped) this.#bell.onNextRing(() => this.#catchUp());
  }

  #catchUp(): void {
    if (this.#stopped) return;
    const lateMs = this.#lateMs();
    if (lateMs < 0) return this.#listen();
    if (lateMs > LONGEST_MADE_UP_MS) {
      this.#droppedCycles += Math.floor((lateMs - LONGEST_MADE_UP_MS) / PERIOD_MS);
    }
    this.#cycles += 1;
    if (this.#cycles > WARM_UP_CYCLES) {
      if (lateMs > PERIOD_MS) this.#lateCycles += 1;
      this.#lateness.add(lateMs / 1000);
    }
    this.#step();
    setImmediate(() => this.#catchUp());
  }

  /** How long ago the next cycle was due; negative before it is [ms]. */
  #lateMs(): number {
    return this.#bell.elapsedMs() - (this.#cycles + this.#droppedCycles + 1) * PERIOD_MS;
  }
}
