import { RtdeError } from "../connection/errors.ts";
import { Listeners } from "../connection/listeners.ts";
import { News } from "../connection/news.ts";
import { PrimaryClient } from "../primary/primary-client.ts";
import { type RobotStreams } from "../robot/robot-streams.ts";
import { type ToolSettings } from "../robot/tool-settings.ts";
import { type ExtraFields, type OutputName } from "../rtde/fields.ts";
import { type OutputPackage, type OutputRecipe } from "../rtde/output-recipe.ts";
import { type NoExtra, type OutputOptions } from "../rtde/rtde-client-options.ts";
import { RtdeClient } from "../rtde/rtde-client.ts";
import { type Knot, checkKnot } from "./knot.ts";
import { PlayerInputs } from "./player-inputs.ts";
import { PLAYER_OUTPUTS, PlayerReport, type PlayerPackage } from "./player-report.ts";
import { playerProgram } from "./player-program.ts";
import { WANT } from "./player-registers.ts";
import { type PlayerSettings, playerSettings, restPromise, type RestPromise } from "./player-settings.ts";
import { isFinalPhase, type PlayerPhase, type PlayerState } from "./player-state.ts";
import { endedIn } from "./trajectory-error.ts";

/** What the host may ask of the player. Every one of them moves along the path only. */
export type PlayerCommand = "start" | "pause" | "resume" | "stop";

/** How a path is played. */
export interface PlayOptions<Package extends object> {
  /** Where the path begins [rad]; the player refuses to start elsewhere. */
  readonly first_rad: ArrayLike<number>;
  readonly player?: Partial<PlayerSettings>;
  /** Set on the controller before the path. */
  readonly tool?: ToolSettings;
  /** Tells this run's registers from those of an earlier one, 1 to 2^31 − 1; default: from the clock. */
  readonly session?: number;
  /** As the method of that name, but from the first report on: before the player runs. */
  readonly onState?: (state: PlayerState, received: Package) => void;
  readonly signal?: AbortSignal | undefined;
}

/** How a path is streamed, and what comes back with the reports. */
export interface TrajectoryOptions<
  Names extends readonly string[] = readonly [],
  Optional extends readonly string[] = readonly [],
  Extra extends ExtraFields = NoExtra,
>
  extends OutputOptions<Optional, Extra>, PlayOptions<StreamedPackage<Names, Optional, Extra>> {
  /** Further fields to be received with the player's reports. */
  readonly outputs?: Names;
  /** Reports per second, default 500; at fewer the buffer fills more slowly: two knots a report at the most. */
  readonly frequencyHz?: number;
  readonly signal?: AbortSignal | undefined;
}

/** The connections a stream works over. */
export interface StreamParts {
  readonly client: RtdeClient;
  readonly scripts: PrimaryClient;
  readonly inputs: PlayerInputs;
  readonly outputs: OutputRecipe<object>;
  /** Lets data flow, once they are listened to. */
  readonly start?: () => Promise<void>;
  /** The stream needs them no more. */
  readonly release: () => void;
}

/** What comes with every report of a stream. */
export type StreamedPackage<
  Names extends readonly string[],
  Optional extends readonly string[],
  Extra extends ExtraFields,
> = OutputPackage<Names[number] | (typeof PLAYER_OUTPUTS)[number], Optional[number], Extra>;

const WANTED: Readonly<Record<PlayerCommand, number>> = {
  start: WANT.play,
  pause: WANT.pause,
  resume: WANT.play,
  stop: WANT.stop,
};

/**
 * A path streamed to the controller, where a program of ours plays it: the host is never in the loop.
 *
 * Knots go into a ring on the controller, two at a time, acknowledged before the next are sent, so that none can be lost
 * or doubled. `offer` and `send` are the back-pressure. Pausing, resuming, stopping, a ring that ran dry and a
 * host that died all move along the path; `rest` says how long that takes.
 */
export class TrajectoryStream<Package extends object = PlayerPackage> {
  /** Time and way to rest, from full rate. */
  readonly rest: RestPromise;
  readonly settings: PlayerSettings;
  /** Optional outputs that the controller does not have. */
  readonly missing: readonly string[];
  readonly #client: RtdeClient;
  readonly #scripts: PrimaryClient;
  readonly #inputs: PlayerInputs;
  readonly #report: PlayerReport;
  readonly #stateListeners = new Listeners<PlayerState, Package>();
  readonly #news: News;
  readonly #release: () => void;
  #sent = 0;
  #lastTimeS: number | undefined;
  #isClosed = false;

  /**
   * Opens RTDE and the primary interface, and starts the player on the controller. The arm does not move yet.
   *
   * @throws ConnectionError, RtdeError, ScriptError: the one thing that is in the way; nothing is left open then
   */
  static async open<
    const Names extends readonly (OutputName | (keyof Extra & string))[] = readonly [],
    const Optional extends readonly (OutputName | (keyof Extra & string))[] = readonly [],
    const Extra extends ExtraFields = NoExtra,
  >(
    robot: RobotStreams,
    options: TrajectoryOptions<Names, Optional, Extra>,
  ): Promise<TrajectoryStream<StreamedPackage<Names, Optional, Extra>>> {
    const to = { timeoutMs: options.timeoutMs, signal: options.signal };
    const { silenceMs } = robot;
    const client = new RtdeClient(await robot.rtde(to), { ...to, silenceMs });
    let scripts: PrimaryClient | undefined;
    try {
      await client.negotiate(to);
      const names = [...PLAYER_OUTPUTS, ...((options.outputs ?? []) as readonly OutputName[])];
      const outputs = await client.setupOutputs(names, options.frequencyHz ?? 500, {
        ...to,
        optional: (options.optional ?? []) as readonly OutputName[],
        ...(options.extraOutputs && { extraOutputs: options.extraOutputs }),
      });
      const inputs = await PlayerInputs.open(client, to);
      scripts = new PrimaryClient(await robot.primary(to), { silenceMs });
      const hangUp = () => {
        client.close();
        scripts?.close();
      };
      const parts = { client, scripts, inputs, outputs, start: () => client.start(to), release: hangUp };
      return await TrajectoryStream.over<StreamedPackage<Names, Optional, Extra>>(parts, options);
    } catch (error) {
      client.close();
      scripts?.close();
      throw error;
    }
  }

  /** As `open`, over connections that are there already: they carry `PLAYER_OUTPUTS` at the least. */
  static async over<Package extends object>(
    parts: StreamParts,
    options: PlayOptions<Package>,
  ): Promise<TrajectoryStream<Package>> {
    const settings = playerSettings(options.player);
    const session = options.session ?? sessionFromClock();
    const { first_rad, tool = {}, signal } = options;
    parts.inputs.begin(session);
    const stream = new TrajectoryStream<Package>(parts, session, settings);
    if (options.onState !== undefined) stream.onState(options.onState);
    await parts.start?.();
    await parts.scripts.run(playerProgram({ first_rad, tool, session, settings }), { signal });
    return stream;
  }

  private constructor(parts: StreamParts, session: number, settings: PlayerSettings) {
    this.settings = settings;
    this.rest = restPromise(settings);
    this.#client = parts.client;
    this.#scripts = parts.scripts;
    this.#inputs = parts.inputs;
    this.#report = new PlayerReport(session);
    this.#news = new News("the trajectory stream", parts.client);
    this.missing = parts.outputs.missing;
    const stopHearing = parts.outputs.onPackage((received) => this.#hear(received as PlayerPackage));
    this.#release = () => {
      stopHearing();
      parts.release();
    };
  }

  /** The player's newest report: one object, filled in place. */
  get state(): PlayerState {
    return this.#report.state;
  }

  /** Knots handed over so far. */
  get sentKnots(): number {
    return this.#sent;
  }

  /**
   * The least path time by which a knot came ahead of being needed, since the start [s]; Infinity before any.
   * Above 0 means: no knot was late.
   */
  get leastSlackS(): number {
    return this.#report.leastSlackS;
  }

  /** Calls back for every report, in order, with the package it came in. Both are reused: copy what is to be kept. */
  onState(listener: (state: PlayerState, received: Package) => void): () => void {
    return this.#stateListeners.add(listener);
  }

  /** Calls back once when the connection is over: without a reason after `close`. At once if it is over. */
  onClosed(listener: (reason: Error | undefined) => void): () => void {
    return this.#client.onClosed(listener);
  }

  /**
   * Hands over the next knot, if it can be taken now.
   *
   * @returns false: not now, try again after the next report
   * @throws RtdeError BAD_VALUE for a knot that cannot follow the last one; ConnectionError
   */
  offer(knot: Knot): boolean {
    checkKnot(knot, this.#lastTimeS);
    if (!this.#inputs.sendKnot(this.#sent + 1, this.state.acceptedKnot + 1, knot)) return false;
    this.#lastTimeS = knot.timeS;
    this.#sent += 1;
    return true;
  }

  /** Hands over the next knot as soon as it can be taken: await it, and the ring is kept full. */
  async send(knot: Knot, { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    await this.#news.until(() => {
      this.#checkAlive();
      return this.offer(knot);
    }, signal);
  }

  /** Asks for something and does not wait until it is so. */
  command(command: PlayerCommand): void {
    this.#inputs.want(WANTED[command]);
  }

  /** Asks the arm to come to rest on its path, or to stay there. @returns the state at rest */
  pause(signal?: AbortSignal): Promise<PlayerState> {
    this.command("pause");
    const heard = () => this.#report.heardWant === WANT.pause;
    return this.#until((phase) => heard() && (phase === "paused" || phase === "waiting"), signal);
  }

  /** Asks a paused arm to go on. @returns the state at full rate */
  resume(signal?: AbortSignal): Promise<PlayerState> {
    this.command("resume");
    return this.until(["playing"], signal);
  }

  /** Asks the arm to come to rest on its path and ends the player. @returns the state at rest, servo settled */
  stop(signal?: AbortSignal): Promise<PlayerState> {
    this.command("stop");
    return this.until(["stopped", "finished"], signal);
  }

  /**
   * Plays a whole path: starts the arm, keeps the ring full, and waits for the rest at its end. When `signal` fires
   * the arm is asked to stop on its path.
   *
   * @param knots may be worked out while the arm moves; the last one must say so
   * @throws TrajectoryError when the path was not played to its end; RtdeError BAD_VALUE; ConnectionError ABORTED
   */
  async play(
    knots: Iterable<Knot> | AsyncIterable<Knot>,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<PlayerState> {
    const over = new AbortController();
    const either = AbortSignal.any([over.signal, ...(signal ? [signal] : [])]);
    try {
      const finished = this.until(["finished"], either);
      return (await Promise.all([finished, this.#feed(knots, either)]))[0];
    } catch (error) {
      if (!this.#client.closed) this.command("stop");
      throw error;
    } finally {
      over.abort();
    }
  }

  /**
   * Waits until the player is in one of the phases.
   *
   * @throws TrajectoryError when it has ended in another one; what ended the connection; ConnectionError ABORTED
   */
  until(phases: readonly PlayerPhase[], signal?: AbortSignal): Promise<PlayerState> {
    return this.#until((phase) => phases.includes(phase), signal);
  }

  /**
   * Ends it. An arm that moves is asked to stop on its path first; where the robot has stopped it, the player is ended at once,
   * or the arm would go on when that is over. Safe to call twice.
   */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#client.closed) this.command("stop");
    if (this.#report.isHeld && !this.#scripts.closed) this.#scripts.stopProgram();
    this.#release();
  }

  /** @throws TrajectoryError when the player has ended */
  #checkAlive(): void {
    const { lost } = this.#report;
    if (isFinalPhase(this.state.phase) || lost) throw endedIn(this.state, lost ?? "program");
  }

  async #until(isSo: (phase: PlayerPhase) => boolean, signal?: AbortSignal): Promise<PlayerState> {
    await this.#news.until(() => {
      if (isSo(this.state.phase)) return true;
      this.#checkAlive();
      return false;
    }, signal);
    return { ...this.state };
  }

  async #feed(knots: Iterable<Knot> | AsyncIterable<Knot>, signal: AbortSignal): Promise<void> {
    this.command("start");
    const isWhole = await (Symbol.iterator in knots
      ? this.#feedAtOnce(knots[Symbol.iterator](), signal)
      : this.#feedAsTheyCome(knots, signal));
    if (isWhole) return;
    throw new RtdeError("BAD_VALUE", "The knots ended without one that says it is the last.");
  }

  /** Knots that are at hand are handed over inside the report that made room for them. */
  async #feedAtOnce(knots: Iterator<Knot>, signal: AbortSignal): Promise<boolean> {
    let before: Knot | undefined;
    let next = knots.next();
    await this.#news.until(() => {
      if (next.done !== true) this.#checkAlive();
      while (next.done !== true && this.offer(next.value)) {
        before = next.value;
        next = knots.next();
      }
      return next.done === true;
    }, signal);
    return before?.last === true;
  }

  async #feedAsTheyCome(knots: AsyncIterable<Knot>, signal: AbortSignal): Promise<boolean> {
    let before: Knot | undefined;
    for await (const knot of knots) {
      await this.send(knot, { signal });
      before = knot;
    }
    return before?.last === true;
  }

  #hear(received: PlayerPackage): void {
    this.#report.take(received);
    this.#inputs.keepAlive(received.timestamp);
    this.#stateListeners.emit(this.state, received as Package);
    this.#news.tell();
  }
}

/** Another number for every run. */
const sessionFromClock = (): number => (Date.now() % 2_000_000_000) + 1;
