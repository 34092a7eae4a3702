import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { PlannedMotion } from "../planning/plan-piece.ts";
import { motionOfTrajectory } from "./re-plan.ts";
import { contactsOfMotion, recordOfMotion } from "./replay-record.ts";

/** A UR5e's control period [s]. */
const PERIOD_S = 0.002;

/**
 * The performance of an arm that does exactly what is planned, when it is planned: what the judges of real performances can judge.
 * Hair and strings are where joints and calibration put them; forces are those of hair so deep.
 */
export function plannedRecord(
  { plan, trajectory }: PlannedMotion,
  instrument: Instrument,
): PerformanceRecord {
  const motion = motionOfTrajectory(trajectory, PERIOD_S);
  const contacts = contactsOfMotion(motion, instrument);
  return { ...recordOfMotion(motion, contacts, [], instrument), plan, trajectory };
}
