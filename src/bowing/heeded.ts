import type { Objection } from "./objection.ts";

/** What a bowing is made with: what the arm said to those before it, and what is tried where that led nowhere. */
export interface Heeded {
  /** What the arm could not follow in plans before this one, and this one is to avoid. */
  readonly objections: readonly Objection[];
  /** What crossings would ask of the arm is priced before the arm is asked; without it only objections tell. */
  readonly foresight: boolean;
}

export const NOTHING_HEEDED: Heeded = { objections: [], foresight: true };

export const heedsNothing = ({ objections, foresight }: Heeded): boolean =>
  objections.length === 0 && foresight;
