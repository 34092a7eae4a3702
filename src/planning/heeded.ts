import type { Objection } from "../bowing/objection.ts";

/** What the next bowing is to be made with. */
export interface Heeded {
  readonly objections: readonly Objection[];
  /** See `BowPlan`. */
  readonly foresight: boolean;
}

export const NOTHING_HEEDED: Heeded = { objections: [], foresight: true };
