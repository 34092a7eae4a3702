import type { Position } from "./problem.ts";
import type { Result, Value } from "./values/value.ts";

/** Everything that a script can reach of the controller it runs on. The owner supplies one. */
export interface ScriptHost {
  /** Control cycle; `cycle()` of a run is called once per step [s]. */
  readonly stepS: number;
  /** Motion, payload, I/O, sockets: what needs the controller. A name given here replaces a standard built-in. */
  readonly builtins: readonly ScriptBuiltin[];
  readonly registers: RegisterPort;
  /** `textmsg`: one line for the controller's log. */
  textMessage(text: string): void;
  /** `popup`: returns what the script waits for when it is a blocking popup, else undefined. */
  popup(popup: ScriptPopup): ScriptWait | undefined;
  /** `$ 12 "Waypoint"`: the program node that runs now. */
  programLabel?(id: number, text: string): void;
  /** Uniform in [0, 1); the owner seeds it. */
  random(): number;
  /** Statements that all threads may run in one cycle before "thread used too much time"; 1e6 if left out. */
  readonly statementsPerCycle?: number;
}

export interface ScriptPopup {
  readonly text: string;
  readonly title: string;
  readonly warning: boolean;
  readonly error: boolean;
  readonly blocking: boolean;
}

/** The general-purpose registers of RTDE; each index is 0..47 (bits 0..127) and already checked. */
export interface RegisterPort {
  readInputInteger(index: number): number;
  readInputFloat(index: number): number;
  readInputBoolean(index: number): boolean;
  readOutputInteger(index: number): number;
  readOutputFloat(index: number): number;
  readOutputBoolean(index: number): boolean;
  writeOutputInteger(index: number, value: number): void;
  writeOutputFloat(index: number, value: number): void;
  writeOutputBoolean(index: number, value: boolean): void;
}

/** One parameter of a built-in, in the order of the script manual. */
export interface BuiltinParameter {
  readonly name: string;
  /** Value when the call leaves it out. */
  readonly default?: Value;
  /** May be left out without a default: the built-in then gets `undefined`. */
  readonly optional?: true;
}

/** Arguments in the order of the parameters. They belong to the script: copy what outlives the call. */
export type Arguments = readonly Result[];

/** A function that scripts may call. Throw `ScriptFault` to end the program with a runtime exception. */
export type ScriptBuiltin = InstantBuiltin | BlockingBuiltin;

/** Takes no physical time. */
export interface InstantBuiltin {
  readonly name: string;
  readonly parameters: readonly BuiltinParameter[];
  readonly blocking: false;
  call(args: Arguments, caller: Caller): Result;
}

/** Takes physical time: the calling thread stands still until the wait is over. */
export interface BlockingBuiltin {
  readonly name: string;
  readonly parameters: readonly BuiltinParameter[];
  readonly blocking: true;
  call(args: Arguments, caller: Caller): ScriptWait;
}

/** Who calls a built-in. The object is reused: read it during the call only. */
export interface Caller extends Position {
  /** Handle of the calling thread; 0 is the program itself. */
  readonly thread: number;
}

/** What a thread waits for. */
export interface ScriptWait {
  /** Nothing to wait for: the thread goes on in the same cycle. */
  readonly ready?: true;
  /** Asked once per cycle, first in the cycle after the call; true lets the thread go on in that cycle. */
  done(): boolean;
  /** Value of the call, asked once, after `done`. */
  result?(): Result;
  /** The thread was killed or the program stopped before `done`. */
  cancel?(): void;
}

/** A wait that is over at once, for a blocking built-in that had nothing to do. */
export const immediately = (value?: Value): ScriptWait => ({
  ready: true,
  done: () => true,
  result: () => value,
});

/** A wait of whole control cycles; one when less is asked for. */
export function cycles(count: number, result?: () => Result): ScriptWait {
  let left = Math.max(1, count);
  return { done: () => --left <= 0, ...(result === undefined ? {} : { result }) };
}
