/** Thrown to end a thread or the program at once; not an error, so it has no stack worth keeping. */
export class StopSignal extends Error {
  override readonly name = "StopSignal";
}

/** `halt`: the program ends here. */
export const HALTED = new StopSignal("halt");

/** A thread that kills itself ends here. */
export const KILLED = new StopSignal("kill");
