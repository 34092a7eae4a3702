import type { AskedTrial } from "../../../src/listening-test/server/asked-trial.ts";

/** `/api/state` with every field that some stage has. */
export interface State {
  readonly stage: "welcome" | "background" | "headphones" | "level" | "screened" | "trials" | "finished";
  readonly attempt: number;
  readonly round: number;
  readonly done: number;
  readonly total: number;
  readonly trial: AskedTrial;
}
