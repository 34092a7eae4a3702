import { deferred } from "../connection/deferred.ts";
import { aborted } from "../connection/errors.ts";
import { type RobotMessage } from "./robot-message.ts";
import { ScriptError, scriptException } from "./script-error.ts";

/** What `run` waits for. */
export interface RunOptions {
  /** Resolve when the program starts (default), or only `"end"`, when it has ended. */
  readonly waitFor?: "start" | "end";
  /** Longest wait for the program to start [ms], default 5000. */
  readonly startTimeoutMs?: number;
  /** Longest wait for it to end, once started [ms]; default: for ever. */
  readonly endTimeoutMs?: number;
  /** Gives up waiting; a program that was sent runs all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** Names are cut to so many characters in key messages. @source observed by UR's client library */
const keyNameLength = 31;

/** One program, followed through the controller's messages. */
export class ScriptRun {
  /** Resolves when the controller says that it runs; rejects if it could not be compiled, or nothing was heard. */
  readonly started: Promise<void>;
  /** Resolves when it has ended by itself or was stopped; rejects with the place where it failed. */
  readonly ended: Promise<void>;
  readonly #script: string;
  readonly #program: string | undefined;
  readonly #options: RunOptions;
  readonly #start = deferred();
  readonly #end = deferred();
  #onOver: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStarted = false;
  #isOver = false;
  readonly #giveUp = () => this.fail(aborted("waiting for a script", this.#options.signal));

  /** @param script with its lines ended, as it is sent */
  constructor(script: string, options: RunOptions) {
    this.#script = script;
    this.#program = /^[ \t]*def[ \t]+(\w+)/m.exec(script)?.[1]?.slice(0, keyNameLength);
    this.#options = options;
    this.started = this.#start.promise;
    this.ended = this.#end.promise;
    const { startTimeoutMs = 5000, signal } = options;
    this.#timer = setTimeout(() => this.fail(this.#timeout("start", startTimeoutMs)), startTimeoutMs);
    signal?.addEventListener("abort", this.#giveUp, { once: true });
    if (signal?.aborted === true) this.#giveUp();
  }

  /** Calls back when there is nothing more to hear, at once if it is so already. */
  onOver(listener: () => void): void {
    this.#onOver = listener;
    if (this.#isOver) listener();
  }

  hear(message: RobotMessage): void {
    switch (message.kind) {
      case "runtime-exception": {
        const stage = this.#isStarted ? "run" : "compile";
        this.fail(scriptException(this.#script, { ...message, stage }));
        return;
      }
      case "error-code":
        if (message.level === "violation" || message.level === "fault" || message.level === "critical") {
          const name = `C${message.code}A${message.argument}`;
          const text = `The robot reports ${name} (${message.level}). ${message.text}`;
          this.fail(new ScriptError("ROBOT_ERROR", text, message.text));
        }
        return;
      case "key":
        if (this.#program === undefined || message.text === this.#program) this.#hearKey(message.title);
        return;
      default:
    }
  }

  /** It is known what became of it: what was waited for will not come. */
  fail(error: Error): void {
    if (this.#isOver) return;
    this.#finish();
    this.#start.reject(error);
    this.#end.reject(error);
  }

  /** Follows it no further: `ended` then never settles. */
  leave(): void {
    if (!this.#isOver) this.#finish();
  }

  #finish(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener("abort", this.#giveUp);
    this.#onOver();
  }

  #hearKey(title: string): void {
    if (title === "PROGRAM_XXX_STARTED") this.#hearStart();
    // Before its start, a stop is that of the program it replaces, which may have the same name.
    else if (title === "PROGRAM_XXX_STOPPED" && this.#isStarted) {
      this.#finish();
      this.#end.resolve();
    }
  }

  #hearStart(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    clearTimeout(this.#timer);
    this.#start.resolve();
    const { endTimeoutMs } = this.#options;
    if (endTimeoutMs === undefined) return;
    this.#timer = setTimeout(() => this.fail(this.#timeout("end", endTimeoutMs)), endTimeoutMs);
  }

  #timeout(what: string, timeoutMs: number): ScriptError {
    const program = this.#program ?? "the script";
    return new ScriptError(
      "TIMEOUT",
      `The controller did not say within ${timeoutMs} ms that ${program} did ${what}.`,
    );
  }
}
