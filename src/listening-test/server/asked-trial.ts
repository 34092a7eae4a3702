import type { Method } from "../design/method.ts";

/** What a browser is told of the question to come: nothing of who plays, nor of what the question is for. */
export interface AskedTrial {
  readonly position: number;
  readonly method: Method;
  readonly practice: boolean;
  readonly slots: number;
  readonly durationS: number;
}

export type ParticipantState =
  | { readonly stage: "background" }
  | {
      readonly stage: "headphones";
      readonly attempt: number;
      readonly round: number;
      readonly rounds: number;
    }
  | { readonly stage: "level" }
  | { readonly stage: "screened" }
  | {
      readonly stage: "trials";
      readonly done: number;
      readonly total: number;
      readonly trial: AskedTrial;
      readonly methods: readonly Method[];
      readonly traps: boolean;
    }
  | { readonly stage: "finished" };
