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

/** Follows one program through the controller's messages. */
export class ScriptRun {
  readonly #script: string;
  readonly #program: string | undefined;
  readonly #options: RunOptions;
  readonly #done: (error: Error | undefined) => void;
  #timer: NodeJS.Timeout | undefined;
  #started = false;
  #finished = false;

  /** @param done called once: without an error when what was waited for has happened */
  constructor(script: string, options: RunOptions, done: (error: Error | undefined) => void) {
    this.#script = script;
    this.#program = /^[ \t]*def[ \t]+(\w+)/m.exec(script)?.[1]?.slice(0, keyNameLength);
    this.#options = options;
    this.#done = done;
    const timeoutMs = options.startTimeoutMs ?? 5000;
    this.#timer = setTimeout(() => this.finish(this.#timeout("start", timeoutMs)), timeoutMs);
  }

  hear(message: RobotMessage): void {
    switch (message.kind) {
      case "runtime-exception":
        this.finish(scriptException(this.#script, message.line, message.column, message.text));
        return;
      case "error-code":
        if (message.level === "violation" || message.level === "fault" || message.level === "critical") {
          const name = `C${message.code}A${message.argument}`;
          this.finish(
            new ScriptError("ROBOT_ERROR", `The robot reports ${name} (${message.level}). ${message.text}`),
          );
        }
        return;
      case "key":
        if (this.#program === undefined || message.text === this.#program) this.#hearKey(message.title);
        return;
      default:
    }
  }

  finish(error: Error | undefined): void {
    if (this.#finished) return;
    this.#finished = true;
    clearTimeout(this.#timer);
    // Not at once: the constructor's caller may be still putting its listeners in place.
    queueMicrotask(() => this.#done(error));
  }

  #hearKey(title: string): void {
    if (title === "PROGRAM_XXX_STARTED") this.#hearStart();
    // Before its start, a stop is that of the program it replaces, which may have the same name.
    else if (title === "PROGRAM_XXX_STOPPED" && this.#started) this.finish(undefined);
  }

  #hearStart(): void {
    this.#started = true;
    clearTimeout(this.#timer);
    const { waitFor = "start", endTimeoutMs } = this.#options;
    if (waitFor === "start") this.finish(undefined);
    else if (endTimeoutMs !== undefined) {
      this.#timer = setTimeout(() => this.finish(this.#timeout("end", endTimeoutMs)), endTimeoutMs);
    }
  }

  #timeout(what: string, timeoutMs: number): ScriptError {
    const program = this.#program ?? "the script";
    return new ScriptError(
      "TIMEOUT",
      `The controller did not say within ${timeoutMs} ms that ${program} did ${what}.`,
    );
  }
}
