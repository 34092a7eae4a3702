import type { Frame } from "./code/frame.ts";
import type { Position } from "./problem.ts";
import type { ScriptWait } from "./script-host.ts";

/** One thread of a running program; handle 0 is the program itself. */
export class ScriptThread {
  readonly handle: number;
  readonly name: string;
  readonly steps: Generator<ScriptWait, unknown, void>;
  /** What it stands at; undefined when it can go on. */
  wait: ScriptWait | undefined = undefined;
  /** It waits for another thread, which takes no physical time by itself. */
  waitsForThread = false;
  /** Cycle in which its wait was begun or last asked. */
  askedInCycle = -1;
  ended = false;
  /** Where it stands in the text. */
  at: Position;

  constructor(
    handle: number,
    name: string,
    steps: (frame: Frame) => Generator<ScriptWait, unknown, void>,
    frame: Frame,
    at: Position,
  ) {
    this.handle = handle;
    this.name = name;
    this.steps = steps(frame);
    this.at = at;
  }
}
