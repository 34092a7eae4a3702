import { evaluate, type Code } from "./code/code.ts";
import { Frame, type Runtime } from "./code/frame.ts";
import type { Signal } from "./code/signal.ts";
import { HALTED, KILLED } from "./code/stop-signals.ts";
import type { ScriptProgram } from "./compile-program.ts";
import type { FunctionUnit } from "./names/function-unit.ts";
import { ScriptFault, type Position, type ScriptProblem } from "./problem.ts";
import type { ScriptWait } from "./script-host.ts";
import { ScriptThread } from "./script-thread.ts";
import { expectInteger } from "./values/expect.ts";
import type { Result } from "./values/value.ts";

export type RunState =
  | { readonly kind: "running" }
  /** The program reached a `pause` statement; `resume()` lets it go on. */
  | { readonly kind: "paused" }
  /** It came to its end, to `halt`, or was stopped. */
  | { readonly kind: "finished" }
  | { readonly kind: "error"; readonly problem: ScriptProblem };

const RUNNING: RunState = { kind: "running" };
const PAUSED: RunState = { kind: "paused" };
const FINISHED: RunState = { kind: "finished" };

/** Statements that all threads together may run in one cycle. @assumed the controller's limit is not documented */
const STATEMENTS_PER_CYCLE = 1_000_000;
/** Threads alive at one time. @assumed the controller's limit is not documented */
const MAX_THREADS = 50;

/**
 * Starts a program. Nothing of it has run yet: the first `cycle()` runs its first statements.
 *
 * @param globals values that global variables have from before
 */
export const startProgram = (program: ScriptProgram, globals?: ReadonlyMap<string, Result>): ScriptRun =>
  new ScriptRun(program, globals);

/**
 * A running program. Its owner calls `cycle()` once per control cycle; all threads that can go on then do, one
 * after the other in the order of their birth, each until it reaches a call that takes physical time. Threads
 * are never interrupted elsewhere, so one script and one host always give one result.
 */
export class ScriptRun {
  readonly program: ScriptProgram;
  #state: RunState = RUNNING;
  #cycle = 0;
  /** Threads alive, by handle, in the order of their birth. */
  readonly #threads = new Map<number, ScriptThread>();
  #births = 0;
  readonly #joins = new WeakSet<ScriptWait>();
  #current: ScriptThread;
  readonly #runtime: Runtime;
  readonly #budget: number;

  constructor(program: ScriptProgram, globals: ReadonlyMap<string, Result> = new Map()) {
    this.program = program;
    this.#budget = program.library.host.statementsPerCycle ?? STATEMENTS_PER_CYCLE;
    this.#runtime = this.#makeRuntime(globals);
    const { unit, code } = program.entry;
    const slots: Result[] = [...unit.slots].map(() => undefined);
    const outside = new Frame(this.#runtime, [], undefined, 0);
    const frame = unit === program.text ? outside : new Frame(this.#runtime, slots, outside, 1);
    const at = unit.definition?.at ?? { line: 1, column: 1 };
    this.#current = this.#addThread(program.name, code, frame, at);
  }

  get state(): RunState {
    return this.#state;
  }

  /** Line of the text at which the program itself stands; for RTDE's `script_control_line`. */
  get line(): number {
    return this.#threads.get(0)?.at.line ?? 0;
  }

  /** Threads alive, the program itself first. */
  get threads(): readonly { readonly handle: number; readonly name: string; readonly at: Position }[] {
    return [...this.#threads.values()].map(({ handle, name, at }) => ({ handle, name, at }));
  }

  /** Value of a global variable, not to be changed; undefined while it has none. */
  global(name: string): Result {
    const slot = this.program.globalNames.indexOf(name);
    return slot < 0 ? undefined : this.#runtime.globals[slot];
  }

  /** Runs all threads for one control cycle. Does nothing while paused or after the end. */
  cycle(): RunState {
    if (this.#state.kind !== "running") return this.#state;
    this.#cycle += 1;
    this.#runtime.statementsLeft = this.#budget;
    let progress = true;
    while (progress && this.#isRunning()) {
      progress = false;
      // Threads born meanwhile are reached too; whoever goes on may end what another thread waits for.
      for (const thread of this.#threads.values())
        if (this.#isRunning() && this.#advance(thread)) progress = true;
    }
    return this.#state;
  }

  /** Lets a program go on that stands at a `pause` statement. */
  resume(): void {
    if (this.#state.kind === "paused") this.#state = RUNNING;
  }

  /** Ends the program; waits that are not over are cancelled. */
  stop(): void {
    if (this.#state.kind === "running" || this.#state.kind === "paused") this.#end(FINISHED);
  }

  #isRunning(): boolean {
    return this.#state.kind === "running";
  }

  /** Lets one thread go on if it can; true if it did. */
  #advance(thread: ScriptThread): boolean {
    const { wait } = thread;
    if (wait !== undefined) {
      if (thread.askedInCycle === this.#cycle && !thread.waitsForThread) return false;
      thread.askedInCycle = this.#cycle;
    }
    this.#current = thread;
    this.#runtime.caller.thread = thread.handle;
    this.#runtime.at = thread.at;
    try {
      if (wait !== undefined && !wait.done()) return false;
      this.#resume(thread);
    } catch (error) {
      this.#stopFor(error);
    }
    return true;
  }

  #resume(thread: ScriptThread): void {
    thread.wait = undefined;
    const step = thread.steps.next();
    thread.at = this.#runtime.at;
    if (step.done === true) {
      this.#bury(thread);
      if (thread.handle === 0) this.#end(FINISHED);
      return;
    }
    thread.wait = step.value;
    if (this.program.secondary)
      throw new ScriptFault("A secondary program cannot take physical time", thread.at);
    thread.waitsForThread = this.#joins.has(step.value);
    thread.askedInCycle = this.#cycle;
  }

  #stopFor(error: unknown): void {
    if (error === KILLED) return;
    if (error === HALTED) return this.#end(FINISHED);
    const fault = isStackOverflow(error) ? new ScriptFault("Script is nested too deeply") : error;
    if (!(fault instanceof ScriptFault)) {
      this.#end(FINISHED);
      throw error; // a mistake of ours or of the host, not of the script
    }
    const { line, column } = fault.at ?? this.#runtime.at;
    this.#end({ kind: "error", problem: { line, column, text: fault.message } });
  }

  #end(state: RunState): void {
    this.#state = state;
    for (const thread of this.#threads.values()) this.#bury(thread);
  }

  #bury(thread: ScriptThread): void {
    this.#threads.delete(thread.handle);
    thread.ended = true;
    thread.wait?.cancel?.();
    thread.wait = undefined;
  }

  #addThread(name: string, code: Code<Signal>, frame: Frame, at: Position): ScriptThread {
    const thread = new ScriptThread(this.#births++, name, (own) => evaluate(code, own), frame, at);
    this.#threads.set(thread.handle, thread);
    return thread;
  }

  #makeRuntime(globals: ReadonlyMap<string, Result>): Runtime {
    return {
      globals: this.program.globalNames.map((name) => globals.get(name)),
      statementsLeft: this.#budget,
      caller: { thread: 0, line: 0, column: 0 },
      at: { line: 0, column: 0 },
      startThread: (unit, frame) => this.#startThread(unit, frame),
      killThread: (handle) => this.#killThread(handle),
      waitForThread: (handle) => this.#waitForThread(handle),
      waitForResume: () => this.#waitForResume(),
    };
  }

  #startThread(unit: FunctionUnit, frame: Frame): number {
    if (this.program.secondary)
      throw new ScriptFault("A secondary program cannot start threads", this.#runtime.at);
    if (this.#threads.size >= MAX_THREADS)
      throw new ScriptFault(`More than ${MAX_THREADS} threads`, this.#runtime.at);
    return this.#addThread(
      unit.name,
      unit.code!,
      new Frame(frame.run, frame.slots, frame.outer, 1),
      this.#runtime.at,
    ).handle;
  }

  #find(handle: Result): ScriptThread | undefined {
    const wanted = expectInteger(handle, "thread handle");
    return wanted === 0 ? undefined : this.#threads.get(wanted);
  }

  #killThread(handle: Result): void {
    const thread = this.#find(handle);
    if (thread === undefined) return; // 0, or ended already
    this.#bury(thread);
    if (thread === this.#current) throw KILLED;
  }

  #waitForThread(handle: Result): ScriptWait {
    const thread = this.#find(handle);
    const wait: ScriptWait = { done: () => thread === undefined || thread.ended };
    this.#joins.add(wait);
    return wait;
  }

  #waitForResume(): ScriptWait {
    this.#state = PAUSED;
    return { done: () => true };
  }
}

/** A script within all limits can still need more stack than there is: deep expressions in deep calls. */
const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && error.message.includes("call stack");
