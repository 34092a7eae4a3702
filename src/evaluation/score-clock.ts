import type { ClockReport } from "./performance-report.ts";
import type { PerformanceRecord } from "./performance-record.ts";

/** Where in the score the arm is at every state of a record. */
export interface ScoreClock extends ClockReport {
  /** Score second of each state, as the arm does it; never runs backwards; length n. */
  readonly scoreS: Float64Array;
  /** This clock's reading when the arm does what the plan has at a score second. */
  commandedS(plannedS: number): number;
}

/** Path time that runs slower than this is being held up [-]. */
const FULL_RATE = 0.999;

/**
 * Puts a record on the score clock.
 *
 * The arm does what is commanded one servo lag later. Score zero is the robot's time at which the commanded path time
 * crosses the score's start, plus the lag; from there score seconds are the robot's own seconds, so a path that plays
 * slow or fast shows as an error.
 *
 *     s(t) = t − (t_zero + lag)
 *
 * A performance that was held up between its first and last note (pause, starvation) cannot be judged so: then path time
 * is the clock, and the time held up is reported apart.
 *
 *     s(t) = path(t − lag) − scoreStart
 */
export function scoreClock(record: PerformanceRecord): ScoreClock {
  const { robotTimeS, servoLagS, trajectory } = record;
  const { heldUpS, holdUps } = holdUpsIn(record);
  const zeroS = robotTimeAt(record, trajectory.scoreStartS) + servoLagS;
  const kind = holdUps > 0 ? "path" : "robot";
  const scoreAt = (robotS: number): number =>
    kind === "robot" ? robotS - zeroS : pathTimeAt(record, robotS - servoLagS) - trajectory.scoreStartS;
  return {
    kind,
    scoreZeroRobotS: zeroS,
    servoLagS,
    heldUpS,
    holdUps,
    scoreS: robotTimeS.map(scoreAt),
    commandedS: (plannedS) =>
      kind === "path" ? plannedS : robotTimeAt(record, trajectory.scoreStartS + plannedS) + servoLagS - zeroS,
  };
}

/** True where the player holds the path up. */
export const isHeldUp = (record: Pick<PerformanceRecord, "rate">, k: number): boolean =>
  record.rate[k]! < FULL_RATE;

function holdUpsIn(record: PerformanceRecord): { readonly heldUpS: number; readonly holdUps: number } {
  const { robotTimeS, pathTimeS, trajectory, plan } = record;
  const endS = trajectory.scoreStartS + (plan.notes.at(-1)?.endS ?? 0);
  let [heldUpS, holdUps, before] = [0, 0, false];
  for (let k = 1; k < robotTimeS.length; k++) {
    const playing = pathTimeS[k]! > trajectory.scoreStartS && pathTimeS[k]! < endS;
    const held = playing && isHeldUp(record, k);
    if (held) heldUpS += robotTimeS[k]! - robotTimeS[k - 1]! - (pathTimeS[k]! - pathTimeS[k - 1]!);
    if (held && !before) holdUps++;
    before = held;
  }
  return { heldUpS, holdUps };
}

/** Robot time at which the commanded path first reached a path time; beyond the record it goes on at full rate [s]. */
function robotTimeAt({ robotTimeS, pathTimeS }: PerformanceRecord, pathS: number): number {
  const last = robotTimeS.length - 1;
  if (last < 0) return pathS;
  const k = lowerBound(pathTimeS, pathS);
  if (k > last) return robotTimeS[last]! + pathS - pathTimeS[last]!;
  if (k === 0) return robotTimeS[0]! + pathS - pathTimeS[0]!;
  const share = (pathS - pathTimeS[k - 1]!) / (pathTimeS[k]! - pathTimeS[k - 1]!);
  return robotTimeS[k - 1]! + share * (robotTimeS[k]! - robotTimeS[k - 1]!);
}

/** Commanded path time at a robot time; held at both ends of the record [s]. */
export function pathTimeAt({ robotTimeS, pathTimeS }: PerformanceRecord, robotS: number): number {
  const last = robotTimeS.length - 1;
  const k = lowerBound(robotTimeS, robotS);
  if (k > last) return pathTimeS[last]!;
  if (k === 0) return pathTimeS[0]!;
  const share = (robotS - robotTimeS[k - 1]!) / (robotTimeS[k]! - robotTimeS[k - 1]!);
  return pathTimeS[k - 1]! + share * (pathTimeS[k]! - pathTimeS[k - 1]!);
}

/** First place in a rising series that is at or above `value`; its length where none is. */
export function lowerBound(rising: Float64Array, value: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
