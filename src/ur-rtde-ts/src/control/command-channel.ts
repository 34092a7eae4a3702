import { deferred } from "../connection/deferred.ts";
import { News } from "../connection/news.ts";
import { sleep } from "../connection/sleep.ts";
import { type PrimaryClient } from "../primary/primary-client.ts";
import { type ScriptRun } from "../primary/script-run.ts";
import { conditionOfNumbers, type RobotCondition } from "../robot/robot-condition.ts";
import { runtimeStates } from "../robot/robot-modes.ts";
import { type ToolSettings } from "../robot/tool-settings.ts";
import { type OutputRecipe } from "../rtde/output-recipe.ts";
import { type RtdeClient } from "../rtde/rtde-client.ts";
import { type CommandArguments, type CommandInputs } from "./command-inputs.ts";
import { ControlError, notReady } from "./control-error.ts";
import { controlProgram } from "./control-program.ts";
import {
  type CommandName,
  CONTROL_MODES,
  type ControlMode,
  CONTROL_REGISTERS as R,
} from "./control-registers.ts";
import { type ControlPackage } from "./control-report.ts";
import { type ControlSettings } from "./control-settings.ts";
import { HandWatch } from "./hand-watch.ts";

/** What a channel is made of. */
export interface ChannelParts {
  readonly client: RtdeClient;
  readonly scripts: PrimaryClient;
  readonly inputs: CommandInputs;
  readonly outputs: OutputRecipe<object>;
  readonly settings: ControlSettings;
  readonly tool: ToolSettings;
}

/** Why a program ended is told on another connection than that it ended: so long it may be behind [ms]. */
const reasonMs = 200;
/** A program that has started says so in its registers within one cycle; so long it may take [ms]. @assumed */
const echoMs = 5000;
/** Commands that were answered with a number and a vector. */
export interface Answer {
  readonly answer: number;
  readonly vector: readonly number[];
}

/**
 * Commands to the control program on the controller, and what becomes of them. It is started when it is needed, and
 * again after whatever ended it. Commands are numbered; one that takes no time keeps the next ones waiting until it is
 * done, one that moves the arm until it was read.
 */
export class CommandChannel {
  readonly news: News;
  readonly #parts: ChannelParts;
  readonly #hand = new HandWatch();
  #run: ScriptRun | undefined;
  /** The run is over, although its last words still stand in the registers. */
  #isOver = false;
  #starting: Promise<void> | undefined;
  #session = (Date.now() % 1_000_000_000) + 1;
  #number = 0;
  #turn: Promise<void> = Promise.resolve();
  #isRunning = false;
  #isLent = false;
  #isMoving = false;
  #isWaiting = false;
  #stops = 0;
  #held: { readonly name: CommandName; readonly args: CommandArguments } | undefined;

  constructor(parts: ChannelParts) {
    this.#parts = parts;
    this.news = new News("the control of the robot", parts.client);
    parts.outputs.onPackage((received) => this.#hear(received as ControlPackage));
  }

  /** The newest package. */
  get package(): ControlPackage {
    return this.#parts.outputs.package as ControlPackage;
  }

  get condition(): RobotCondition {
    return conditionOfNumbers(this.package.robot_mode, this.package.safety_status);
  }

  /** Whether the control program runs. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** What the arm does for the control program. */
  get mode(): ControlMode {
    if (!this.#isRunning) return "idle";
    const mode = CONTROL_MODES[this.package[`output_int_register_${R.mode}`]] ?? "idle";
    return mode === "hand-guided" && !this.#hand.isFree ? "idle" : mode;
  }

  /** Waits for the first state of the robot. */
  heard(signal?: AbortSignal): Promise<void> {
    return this.news.until(() => this.package.timestamp > 0, signal);
  }

  /**
   * Sees to it that the control program runs, and is not held by a stop: what it is told then it would do when nobody expects it.
   * @throws ControlError NOT_READY; ScriptError when the program cannot be started
   */
  async ready(signal?: AbortSignal): Promise<void> {
    await this.heard(signal);
    if (this.#isRunning && !this.condition.canMove) throw notReady(this.condition);
    if (this.#isRunning) return;
    this.#starting ??= this.#start(signal).finally(() => (this.#starting = undefined));
    await this.#starting;
  }

  /** Gives a command that takes no time, and waits until it is done. @returns what it was answered with */
  async ask(name: CommandName, args: CommandArguments = {}, signal?: AbortSignal): Promise<Answer> {
    return this.#inTurn(async () => {
      await this.ready(signal);
      const number = this.#send(name, args);
      await this.#until(() => this.package[`output_int_register_${R.finished}`] === number, signal);
      return { answer: this.package[`output_int_register_${R.answer}`], vector: this.#vector() };
    });
  }

  /**
   * Gives a command that moves the arm, and waits until it stands. When the signal fires, the arm is stopped.
   * @throws ControlError BUSY, STOPPED, ROBOT_STOPPED, PROGRAM_ENDED, NOT_READY; ConnectionError ABORTED
   */
  async move(name: CommandName, args: CommandArguments = {}, signal?: AbortSignal): Promise<Answer> {
    if (this.#isMoving) throw new ControlError("BUSY", "A move is under way; wait for it, or stop it first.");
    this.#isMoving = true;
    try {
      if (this.mode === "servoing" || this.mode === "speed") await this.stop("stop", undefined, signal);
      const stops = this.#stops;
      const number = await this.#inTurn(async () => {
        await this.ready(signal);
        const sent = this.#send(name, args);
        await this.#until(() => this.package[`output_int_register_${R.taken}`] >= sent, signal);
        return sent;
      });
      await this.#until(() => {
        if (this.#stops !== stops) throw new ControlError("STOPPED", "The arm was stopped on its way.");
        return this.package[`output_int_register_${R.moved}`] === number;
      }, signal);
      return { answer: this.package[`output_int_register_${R.answer}`], vector: this.#vector() };
    } catch (error) {
      if (signal?.aborted === true && this.#isRunning) await this.stop("stop").catch(() => undefined);
      throw error;
    } finally {
      this.#isMoving = false;
    }
  }

  /**
   * Brings the arm to rest. Nothing happens if the control program does not run: the arm stands then. One that the robot itself
   * has stopped stands, too; its program does the same as soon as it goes on.
   */
  async stop(name: "stop" | "stopL", deceleration?: number, signal?: AbortSignal): Promise<void> {
    if (!this.#isRunning) return;
    this.#held = undefined;
    const { stopDeceleration_radps2 } = this.#parts.settings;
    const args = { reals: [deceleration ?? stopDeceleration_radps2] };
    if (this.condition.canMove) await this.ask(name, args, signal);
    else this.#send(name, args);
    this.#stops += 1;
    this.news.tell();
  }

  /**
   * Gives the next target of a stream; it goes out at once, or behind a command that is being done.
   * @throws ControlError when the control program does not run, or a move is under way
   */
  stream(name: CommandName, args: CommandArguments): void {
    if (this.#isMoving) throw new ControlError("BUSY", "A move is under way; wait for it, or stop it first.");
    this.#checkAlive();
    if (this.#isWaiting) this.#held = { name, args };
    else this.#send(name, args);
  }

  /** Lends the controller to another program over the same connection, until it is taken back. */
  async lend(): Promise<void> {
    if (this.#isLent) throw lent();
    await this.stop("stop");
    this.#isLent = true;
  }

  takeBack(): void {
    this.#isLent = false;
  }

  /** Ends the control program, if it runs; one that a stop of the robot holds cannot hear it, and is ended from outside. */
  async end(): Promise<void> {
    if (!this.#isRunning) return;
    if (!this.condition.canMove) return this.#parts.scripts.stopProgram();
    await this.ask("end").catch(() => undefined); // the program that would answer is over
  }

  async #start(signal?: AbortSignal): Promise<void> {
    if (this.#isLent) throw lent();
    if (!this.condition.canMove) throw notReady(this.condition);
    const { inputs, scripts, tool, settings } = this.#parts;
    this.#session = (this.#session % 2_000_000_000) + 1;
    this.#number = 0;
    this.#held = undefined;
    inputs.begin(this.#session);
    const run = scripts.launch(controlProgram({ tool, session: this.#session, settings }), { signal });
    this.#run = run;
    this.#isOver = false;
    run.ended.then(
      () => (this.#isOver ||= this.#run === run),
      () => undefined, // told by whoever waits for what it does
    );
    await run.started;
    await this.news.within(echoMs, () => this.#isRunning, signal);
  }

  #hear(received: ControlPackage): void {
    const isOurs = received[`output_int_register_${R.sessionEcho}`] === this.#session;
    const isPlaying = received.runtime_state !== runtimeStates.STOPPED && received.runtime_state !== 0;
    const isRunning = isOurs && isPlaying && this.#run !== undefined && !this.#isOver;
    if (this.#isRunning && !isRunning) this.#isOver = true;
    this.#isRunning = isRunning;
    const isInHand = CONTROL_MODES[received[`output_int_register_${R.mode}`]] === "hand-guided";
    if (this.#hand.hear(isRunning && isInHand, this.condition.canMove))
      void this.ask("endFreedrive").catch(() => undefined); // a stop or an end that comes meanwhile holds the arm as well
    if (!this.#isLent) this.#parts.inputs.keepAlive(received.timestamp);
    this.news.tell();
  }

  #send(name: CommandName, args: CommandArguments): number {
    this.#number += 1;
    this.#parts.inputs.command(this.#number, name, args);
    return this.#number;
  }

  #vector(): number[] {
    const p = this.package as unknown as Readonly<Record<string, number>>;
    return Array.from({ length: 6 }, (_, i) => p[`output_double_register_${R.vector + i}`]!);
  }

  /** @throws ControlError when the control program does not run */
  #checkAlive(): void {
    if (this.#isRunning) return;
    if (!this.condition.canMove) throw notReady(this.condition, "ROBOT_STOPPED");
    throw new ControlError("PROGRAM_ENDED", "The control program does not run.");
  }

  /** Waits until it is so, as long as the control program runs; tells why it ended if it does. */
  async #until(isSo: () => boolean, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.news.until(() => {
        this.#checkAlive();
        return isSo();
      }, signal);
    } catch (error) {
      if (!(error instanceof ControlError) || error.code !== "PROGRAM_ENDED") throw error;
      throw await this.#whyEnded();
    }
  }

  async #whyEnded(): Promise<ControlError> {
    const ended = this.#run?.ended.then(
      () => undefined,
      (reason: Error) => reason,
    );
    const cause = await Promise.race([ended, sleep(reasonMs).then(() => undefined)]);
    const why = cause === undefined ? "somebody stopped or replaced it" : cause.message;
    return new ControlError("PROGRAM_ENDED", `The control program has ended: ${why}`, { cause });
  }

  /** One after the other; a target that came meanwhile goes out when the turn is over. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const mine = deferred();
    this.#turn = mine.promise;
    await before;
    this.#isWaiting = true;
    try {
      return await work();
    } finally {
      this.#isWaiting = false;
      mine.resolve();
      const held = this.#held;
      this.#held = undefined;
      if (held !== undefined && this.#isRunning) this.#send(held.name, held.args);
    }
  }
}

const lent = (): ControlError =>
  new ControlError("BUSY", "A path is being streamed; close its stream first.");
