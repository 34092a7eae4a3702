import { hairOf } from "./hair.ts";
import { judgeCrossings } from "./judge-crossings.ts";
import { judgeDeadTime } from "./judge-dead-time.ts";
import { judgeJointSpeeds, judgeTracking } from "./judge-motion.ts";
import { judgeNotes } from "./judge-notes.ts";
import { judgeOnsets } from "./judge-onsets.ts";
import { judgeReversals } from "./judge-reversals.ts";
import { judgeStreaming } from "./judge-streaming.ts";
import { judgeWrongStrings } from "./judge-wrong-strings.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import type { NoteReport, PerformanceReport } from "./performance-report.ts";
import { scoreClock } from "./score-clock.ts";
import { verdictOn } from "./verdict.ts";

/**
 * Judges a performance against its plan: every note, every crossing, and the whole.
 *
 * Score seconds are the robot's own seconds from the moment the arm reaches the score's start (commanded path time plus
 * servo lag); a performance that was held up is mapped piecewise, by path time. See `scoreClock`.
 */
export function evaluatePerformance(record: PerformanceRecord): PerformanceReport {
  const { plan, trajectory, settings } = record;
  const clock = scoreClock(record);
  const hair = hairOf(record, clock);
  const notes = judgeNotes(record, hair, clock);
  const { kind, scoreZeroRobotS, servoLagS, heldUpS, holdUps } = clock;
  const judged = {
    title: plan.title,
    contacts: record.contacts.forceN.some((force) => !Number.isNaN(force))
      ? record.contacts.source
      : ("unknown" as const),
    clock: { kind, scoreZeroRobotS, servoLagS, heldUpS, holdUps },
    notes,
    completeness: { played: notes.filter((note) => note.played).length, planned: notes.length },
    onsets: judgeOnsets(notes),
    crossings: judgeCrossings(plan, hair, notes),
    deadTime: judgeDeadTime(plan, hair),
    reversals: judgeReversals(plan, hair),
    wrongStrings: judgeWrongStrings(plan, hair),
    straightness: leastStraight(notes),
    margins: trajectory.margins,
    achievedJointSpeed: judgeJointSpeeds(record, clock),
    tracking: judgeTracking(record),
    streaming: judgeStreaming(record),
    settings,
    provenance: { bowPlanSha256: plan.provenance.sha256, trajectorySha256: trajectory.provenance.sha256 },
  };
  return { ...judged, verdict: verdictOn(judged) };
}

function leastStraight(notes: readonly NoteReport[]): PerformanceReport["straightness"] {
  let worst: PerformanceReport["straightness"] = null;
  for (const { index, straightnessM } of notes)
    if (straightnessM !== null && straightnessM > (worst?.maxM ?? -1))
      worst = { maxM: straightnessM, noteIndex: index };
  return worst;
}
