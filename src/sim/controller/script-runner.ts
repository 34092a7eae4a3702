import { type RuntimeState } from "ur-rtde-ts";
import { compileProgram, type ScriptProgram } from "../urscript/compile-program.ts";
import type { ScriptProblem } from "../urscript/problem.ts";
import type { ScriptLibrary } from "../urscript/script-library.ts";
import { startProgram, type ScriptRun } from "../urscript/start-program.ts";
import { type MessageListener, programKey } from "./controller-message.ts";
import type { SpeedScaling } from "./speed-scaling.ts";

/** Name of a program sent as single lines. @assumed */
const UNNAMED = "unnamed";

/** Who started a program: the pendant played it from its file, or a client sent it. */
export type ProgramSource = "pendant" | "client";

interface Loaded {
  readonly program: ScriptProgram;
  readonly source: ProgramSource;
}

/** What the runner needs of its controller. */
export interface RunnerSurroundings {
  readonly library: ScriptLibrary;
  readonly speed: SpeedScaling;
  readonly tell: MessageListener;
  /** Why no program may start now; undefined when one may. */
  readonly hindrance: () => string | undefined;
  /** The program is over: the arm must come to rest, and nothing of the program remain. */
  readonly ended: () => void;
}

/** Runs one program, and secondary programs beside it for a cycle each. */
export class ScriptRunner {
  readonly #around: RunnerSurroundings;
  #run: ScriptRun | undefined;
  #next: Loaded[] = [];
  #source: ProgramSource = "client";
  #secondary: ScriptProgram[] = [];
  /** It was paused by `hold`. */
  #held = false;
  #state: "STOPPED" | "PLAYING" | "PAUSING" | "PAUSED" | "RESUMING" = "STOPPED";

  constructor(around: RunnerSurroundings) {
    this.#around = around;
  }

  get state(): RuntimeState {
    return this.#state;
  }

  /** Name of the program that runs, or of the last one. */
  programName = "";

  get line(): number {
    return this.#run?.line ?? 0;
  }

  /** The program that runs, for whoever looks at its variables. */
  get run(): ScriptRun | undefined {
    return this.#run;
  }

  /** Whether the program that runs was played from its file: the pendant can let it go on after a stop. */
  get isPlayed(): boolean {
    return this.#run !== undefined && this.#source === "pendant";
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /**
   * Takes a script: it starts in the next cycle in place of the running one. A bad one changes nothing. Of several that
   * come within a cycle each gets to its first call that takes time, then the next one takes its place.
   */
  load(text: string, source: ProgramSource = "client"): void {
    const program = compileProgram(text, this.#around.library);
    if (!program.ok) return this.#report(program.why);
    if (program.value.secondary) this.#secondary.push(program.value);
    else this.#next.push({ program: program.value, source });
  }

  stop(): void {
    this.#next = [];
    this.#run?.stop();
    this.#finish();
  }

  /** False when nothing runs. @param rampS time from full speed to rest, if not the usual one [s] */
  pause(rampS?: number): boolean {
    if (this.#state !== "PLAYING" && this.#state !== "RESUMING") return false;
    this.#state = "PAUSING";
    this.#around.speed.setPaused(true, rampS);
    return true;
  }

  /** Lets a paused program go on; false when none is paused, or nothing may move now. */
  resume(): boolean {
    if (this.#state !== "PAUSED" && this.#state !== "PAUSING") return false;
    if (this.#around.hindrance() !== undefined) return false;
    this.#held = false;
    this.#state = "RESUMING";
    this.#run?.resume();
    this.#around.speed.setPaused(false);
    return true;
  }

  /** A pause that is not the program's or a person's: `letGo` ends it. */
  hold(): void {
    if (this.pause()) this.#held = true;
  }

  /** Ends what `hold` began; a pause that was there before stays. */
  letGo(): void {
    if (this.#held) this.resume();
  }

  /** One control cycle of all scripts. */
  step(): void {
    for (const program of this.#secondary.splice(0)) this.#runSecondary(program);
    const waiting = this.#next.splice(0);
    waiting.forEach((loaded, i) => {
      this.#begin(loaded);
      if (i < waiting.length - 1) this.#runOn();
    });
    if (this.#state === "PAUSING" && this.#around.speed.standing) this.#state = "PAUSED";
    if (this.#state === "RESUMING" && this.#around.speed.run === 1) this.#state = "PLAYING";
    if (this.#state !== "PAUSED") this.#runOn();
  }

  /** The program's own part of a cycle. */
  #runOn(): void {
    if (this.#run === undefined) return;
    const state = this.#run.cycle();
    if (state.kind === "paused") this.pause();
    else if (state.kind === "error") {
      this.#report(state.problem);
      this.#finish();
    } else if (state.kind === "finished") this.#finish();
  }

  #begin({ program, source }: Loaded): void {
    this.#run?.stop();
    this.#finish();
    const hindrance = this.#around.hindrance();
    if (hindrance !== undefined) {
      this.#around.tell({ kind: "text", text: `Program cannot start: ${hindrance}` });
      return;
    }
    this.#run = startProgram(program);
    this.#source = source;
    this.programName = program.name === "" ? UNNAMED : program.name;
    this.#state = "PLAYING";
    this.#around.speed.reset();
    this.#around.tell(programKey("STARTED", this.programName));
  }

  #finish(): void {
    if (this.#run === undefined) return;
    this.#run = undefined;
    this.#held = false;
    this.#state = "STOPPED";
    this.#around.speed.reset();
    this.#around.ended();
    this.#around.tell(programKey("STOPPED", this.programName));
  }

  #runSecondary(program: ScriptProgram): void {
    const state = startProgram(program).cycle();
    if (state.kind === "error") this.#report(state.problem);
  }

  #report({ line, column, text }: ScriptProblem): void {
    this.#around.tell({ kind: "runtime-exception", line, column, text });
  }
}
