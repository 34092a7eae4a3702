import type { PerformanceRecord } from "./performance-record.ts";
import type { JointSpeedReport, TrackingReport } from "./performance-report.ts";
import { lowerBound, type ScoreClock } from "./score-clock.ts";

const JOINTS = [0, 1, 2, 3, 4, 5] as const;

/** Fastest moment of each joint, as measured, against the limit the plan was made with. */
export function judgeJointSpeeds(record: PerformanceRecord, clock: ScoreClock): readonly JointSpeedReport[] {
  const limitRadps = record.trajectory.margins.jointSpeed.limit;
  return JOINTS.map((joint) => {
    let [maxRadps, at] = [0, 0];
    for (let k = 0; k < clock.scoreS.length; k++) {
      const speed = Math.abs(record.qd_radps[6 * k + joint]!);
      if (speed > maxRadps) [maxRadps, at] = [speed, k];
    }
    return { maxRadps, limitRadps, atS: clock.scoreS[at] ?? 0 };
  });
}

/** How well the joints follow their targets. */
export function judgeTracking(record: PerformanceRecord): TrackingReport {
  const now = errorsOf(record, 0);
  const lagAllowed = errorsOf(record, record.servoLagS);
  return {
    rms_rad: now.rms,
    max_rad: now.max,
    lagAllowedRms_rad: lagAllowed.rms,
    lagAllowedMax_rad: lagAllowed.max,
  };
}

/** Joint minus its target `lagS` earlier; targets between samples by linear interpolation. */
function errorsOf({ robotTimeS, q_rad, targetQ_rad }: PerformanceRecord, lagS: number) {
  const [squares, max] = [JOINTS.map(() => 0), JOINTS.map(() => 0)];
  let n = 0;
  for (let k = 0; k < robotTimeS.length; k++) {
    const wantedS = robotTimeS[k]! - lagS;
    if (wantedS < robotTimeS[0]!) continue;
    const high = Math.max(1, lowerBound(robotTimeS, wantedS));
    const share =
      lagS === 0 ? 1 : (wantedS - robotTimeS[high - 1]!) / (robotTimeS[high]! - robotTimeS[high - 1]!);
    const above = lagS === 0 ? k : high;
    for (const joint of JOINTS) {
      const [a, b] = [targetQ_rad[6 * Math.max(0, above - 1) + joint]!, targetQ_rad[6 * above + joint]!];
      const error = Math.abs(q_rad[6 * k + joint]! - (a + share * (b - a)));
      squares[joint]! += error * error;
      max[joint] = Math.max(max[joint]!, error);
    }
    n++;
  }
  return { rms: squares.map((sum) => (n > 0 ? Math.sqrt(sum / n) : 0)), max };
}
