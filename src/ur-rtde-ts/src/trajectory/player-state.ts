/** What the player program on the controller is doing; the place in the list is its number in the register. */
export const PLAYER_PHASES = [
  "absent", // no player program of this stream is running
  "waiting", // running, at rest, fewer knots than needed to start
  "playing",
  "pausing",
  "paused", // at rest on the path, goes on when resumed
  "resuming",
  "stopping",
  "stopped", // at rest on the path after a stop
  "starved", // the buffer ran dry: braking on the path, or at rest there (rate 0)
  "finished", // at rest at the path's end
  "refused", // the arm was not where the path begins; it did not move
  "abandoned", // the host fell silent: braking on the path, or at rest there (rate 0)
] as const;
export type PlayerPhase = (typeof PLAYER_PHASES)[number];

/** Phases after which the player program has ended, or is about to. */
const FINAL: ReadonlySet<PlayerPhase> = new Set([
  "stopped",
  "starved",
  "finished",
  "refused",
  "abandoned",
] as const);

export const isFinalPhase = (phase: PlayerPhase): boolean => FINAL.has(phase);

/** What the player program reports, each control cycle. */
export interface PlayerState {
  readonly phase: PlayerPhase;
  /** Index from 0 of the last knot it took into its buffer; -1 before the first. */
  readonly acceptedKnot: number;
  /** Path time being commanded now [s]. The arm follows one servo lag later. */
  readonly pathTimeS: number;
  /** How fast path time runs: 1 as written, 0 at rest. */
  readonly rate: number;
  /** Path time still in the buffer [s]. */
  readonly aheadS: number;
}
