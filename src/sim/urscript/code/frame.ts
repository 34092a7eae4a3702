import type { FunctionUnit } from "../names/function-unit.ts";
import { ScriptFault, type Position } from "../problem.ts";
import type { ScriptWait } from "../script-host.ts";
import type { Result } from "../values/value.ts";

/** Deepest call of functions. @assumed the controller's limit is not documented; 100 is safe for the stack */
const MAX_CALL_DEPTH = 100;

/** What compiled code sees of the running program. */
export interface Runtime {
  readonly globals: Result[];
  /** Statements that may still run in this cycle. */
  statementsLeft: number;
  /** Reused for every call of a built-in. */
  readonly caller: { thread: number; line: number; column: number };
  /** Where the current thread stands. */
  at: Position;
  /** Starts a thread; returns its handle. */
  startThread(unit: FunctionUnit, frame: Frame): number;
  killThread(handle: Result): void;
  waitForThread(handle: Result): ScriptWait;
  waitForResume(): ScriptWait;
}

/** One call of a function. */
export class Frame {
  readonly run: Runtime;
  /** Parameters, then local variables. */
  readonly slots: Result[];
  /** The call of the function around this one whose variables it may read. */
  readonly outer: Frame | undefined;
  readonly depth: number;
  returned: Result = undefined;

  constructor(run: Runtime, slots: Result[], outer: Frame | undefined, depth: number) {
    this.run = run;
    this.slots = slots;
    this.outer = outer;
    this.depth = depth;
  }
}

/** The frame of a function called from another. */
export function calledFrame(caller: Frame, slots: Result[], outer: Frame | undefined, at: Position): Frame {
  if (caller.depth >= MAX_CALL_DEPTH)
    throw new ScriptFault(`Functions call each other more than ${MAX_CALL_DEPTH} deep`, at);
  return new Frame(caller.run, slots, outer, caller.depth + 1);
}

/** Takes `count` statements from the budget of this cycle. */
export function spend(run: Runtime, count: number, at: Position): void {
  run.statementsLeft -= count;
  if (run.statementsLeft < 0) throw new ScriptFault("Thread used too much time", at);
}
