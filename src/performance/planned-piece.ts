import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Score } from "../score/score.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";

/** A piece that can be played: read, bowed and planned, with the cell it was planned for. */
export interface PlannedPiece {
  readonly score: Score;
  readonly plan: BowPlan;
  readonly trajectory: JointTrajectory;
  readonly instrument: Instrument;
  /** Everything it was planned with, JSON-able; goes into the bag. */
  readonly settings: Readonly<Record<string, unknown>>;
}
