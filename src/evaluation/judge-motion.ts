import type { PerformanceRecord } from "./performance-record.ts";
import type { JointSpeedReport, TrackingReport } from "./performance-report.ts";
import { pathJoint_rad } from "./path-joints.ts";
import { pathTimeAt, type ScoreClock } from "./score-clock.ts";

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

/** How well the joints follow their targets, and the planned path. */
export function judgeTracking(record: PerformanceRecord): TrackingReport {
  const { robotTimeS, targetQ_rad, trajectory, servoLagS } = record;
  const target = errorsOf(record, (k, joint) => targetQ_rad[6 * k + joint]!);
  const path = errorsOf(record, (k, joint) => {
    const commandedS = robotTimeS[k]! - servoLagS;
    if (commandedS < robotTimeS[0]!) return undefined;
    return pathJoint_rad(trajectory, pathTimeAt(record, commandedS), joint);
  });
  return {
    rms_rad: target.rms,
    max_rad: target.max,
    pathRms_rad: path.rms,
    pathMax_rad: path.max,
    lagS: lagS(record),
  };
}

/** Joints minus what was wanted of them; undefined = not known yet. */
function errorsOf(
  { robotTimeS, q_rad }: PerformanceRecord,
  wanted_rad: (k: number, joint: number) => number | undefined,
) {
  const [squares, max, counts] = [JOINTS.map(() => 0), JOINTS.map(() => 0), JOINTS.map(() => 0)];
  for (let k = 0; k < robotTimeS.length; k++)
    for (const joint of JOINTS) {
      const wanted = wanted_rad(k, joint);
      if (wanted === undefined) continue;
      const error = Math.abs(q_rad[6 * k + joint]! - wanted);
      squares[joint]! += error * error;
      max[joint] = Math.max(max[joint]!, error);
      counts[joint]!++;
    }
  return { rms: squares.map((sum, j) => (counts[j]! > 0 ? Math.sqrt(sum / counts[j]!) : 0)), max };
}

/**
 * How far the joints are behind their targets: the lag with the least squares of `q(t) − target(t − lag)`, to first order.
 *
 * @returns null for an arm that did not move
 */
function lagS({ robotTimeS, q_rad, targetQ_rad }: PerformanceRecord): number | null {
  let [behind, squares] = [0, 0];
  for (let k = 1; k + 1 < robotTimeS.length; k++)
    for (const joint of JOINTS) {
      const at = 6 * k + joint;
      const speedRadps =
        (targetQ_rad[at + 6]! - targetQ_rad[at - 6]!) / (robotTimeS[k + 1]! - robotTimeS[k - 1]!);
      behind += (targetQ_rad[at]! - q_rad[at]!) * speedRadps;
      squares += speedRadps * speedRadps;
    }
  return squares > 0 ? behind / squares : null;
}
