import type { PerformanceReport } from "../../src/evaluation/performance-report.ts";
import { quantile } from "../../src/evaluation/judge-onsets.ts";
import type { PieceContext } from "../../src/planning/piece-context.ts";
import type { PlannedMotion } from "../../src/planning/plan-piece.ts";
import { levelSteps } from "../../src/score/bow-level.ts";
import type { Score } from "../../src/score/score.ts";
import type { LimitUse } from "../../src/trajectory/joint-trajectory.ts";
import { ratioOfForte, speedsOf, timeWithin } from "./bow-speeds.ts";
import { tiltErrors } from "./bow-turns.ts";
import type { plannedRecord } from "../../src/replay/planned-record.ts";
import { roomOf } from "./room.ts";

/** What a report tells of a performance, played or planned. Null = the piece has none of it. */
export interface PlayedFigures {
  /**
   * Median time of a change of string on the string [s]: from the last moment the old one bears half its force to the first the new one
   * does. To the neighbour, and over strings in between.
   */
  readonly adjacentS: number | null;
  readonly skipS: number | null;
  /** Median lead of rolls to a neighbour over the bow changes they go with, 360 being the time of the notes before and after [deg]. */
  readonly leadDeg: number | null;
  readonly deadShare: number;
  readonly onsetP95S: number | null;
  readonly driftS: number | null;
  /** Most that a note was commanded away from its time [s]: an arm that falls behind its path shows here. */
  readonly commandOffS: number;
  readonly reversals: number;
  /** See `timeWithin`, and the share of notes that no bow can play at their dynamic's speed [-]. */
  readonly speedWithin: number | null;
  readonly speedBeyond: number;
  readonly forteRatio: number | null;
}

/** What only the plan tells. */
export interface PlannedFigures {
  /** From the middle of the string's window while it sounds and the bow does not roll [rad]; null = double stops only. */
  readonly tiltMax_rad: number | null;
  readonly tiltP95_rad: number | null;
  /** The same of double stops, from the line through both strings, where it leans so that each gets its force [rad]; null = none. */
  readonly pairTiltMax_rad: number | null;
  readonly elbow_rad: number;
  /** Largest shares of the joints' limits [-]. */
  readonly speedUse: number;
  readonly accelerationUse: number;
  readonly jerkUse: number;
  /** Outside the planned contact, and the stick over strings under the hair [m]; see `roomOf`. */
  readonly clearanceM: number;
  readonly nearest: string;
  readonly stickM: number;
}

export function playedFigures(
  report: PerformanceReport,
  { plan }: PlannedMotion,
  score: Score,
  { instrument, profile }: PieceContext,
): PlayedFigures {
  const median = (from: number, to: number): number | null => {
    const times = report.crossings.flatMap(({ lifted, exchangeS, from: a, into: b }) => {
      const steps = levelSteps(a, b);
      return !lifted && exchangeS !== null && steps >= from && steps <= to ? [exchangeS] : [];
    });
    return quantile(times.sort((a, b) => a - b), 0.5); // prettier-ignore
  };
  const leads = report.crossings.flatMap(({ to, leadS, from, into }) =>
    leadS === null || levelSteps(from, into) > 1
      ? []
      : [(360 * leadS) / (plan.notes[to]!.endS - plan.notes[to - 1]!.startS)],
  );
  const speeds = speedsOf(plan, report.notes, { score, instrument, settings: profile.bowing });
  return {
    adjacentS: median(0, 1),
    skipS: median(1.5, 3),
    leadDeg: quantile(leads.sort((a, b) => a - b), 0.5), // prettier-ignore
    deadShare: report.deadTime.share,
    onsetP95S: report.onsets.p95AbsS,
    driftS: report.onsets.driftS,
    commandOffS: Math.max(...report.notes.map(({ onset }) => Math.abs(onset.commandedS - onset.plannedS))),
    reversals: report.reversals.length,
    speedWithin: timeWithin(speeds),
    speedBeyond: speeds.filter(({ beyond }) => beyond).length / speeds.length,
    forteRatio: ratioOfForte(speeds),
  };
}

export function plannedFigures(
  planned: PlannedMotion,
  record: ReturnType<typeof plannedRecord>,
  { instrument, cell }: PieceContext,
): PlannedFigures {
  const { one, two } = tiltErrors(record, instrument);
  const { margins } = planned.trajectory;
  const room = roomOf(planned, instrument, cell);
  const use = ({ value, limit }: LimitUse): number => value / limit;
  return {
    tiltMax_rad: one.at(-1) ?? null,
    tiltP95_rad: quantile(one, 0.95),
    pairTiltMax_rad: two.at(-1) ?? null,
    elbow_rad: margins.singularity.minElbow_rad,
    speedUse: use(margins.jointSpeed),
    accelerationUse: use(margins.jointAcceleration),
    jerkUse: use(margins.jointJerk),
    clearanceM: room.elsewhereM,
    nearest: room.pair,
    stickM: Math.min(room.stickOverOtherM, room.stickOverPlayedM),
  };
}
