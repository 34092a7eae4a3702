import type { PerformanceRecord } from "../../src/evaluation/performance-record.ts";
import type { StringContacts } from "../../src/instrument/hair/string-contacts.ts";
import type { Instrument } from "../../src/instrument/instrument.ts";
import type { PlannedMotion } from "../../src/planning/plan-piece.ts";
import { motionOfTrajectory } from "../../src/replay/re-plan.ts";
import { contactsOfMotion } from "../../src/replay/replay-record.ts";

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
  const timeS = Float64Array.from(contacts, (_, row) => row * PERIOD_S);
  const four = (of: (contact: StringContacts) => readonly number[]): Float64Array =>
    Float64Array.from(contacts.flatMap((contact) => [...of(contact)]));
  return {
    plan,
    trajectory,
    settings: {},
    robotTimeS: timeS,
    q_rad: motion.q_rad,
    qd_radps: motion.qd_radps,
    targetQ_rad: motion.q_rad,
    pathTimeS: timeS,
    rate: new Float64Array(contacts.length).fill(1),
    aheadS: new Float64Array(contacts.length),
    contacts: {
      source: "estimated",
      forceN: four((c) => c.forceN),
      bowSpeedMps: four((c) => c.bowSpeedMps),
      contactM: four((c) => c.contactM),
      bowPositionM: four((c) => c.bowPositionM),
    },
    servoLagS: 0,
  };
}
