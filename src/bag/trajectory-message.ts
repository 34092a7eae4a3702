import type * as cellist from "../cellist_msgs/messages.ts";
import { ROS_JOINT_NAMES } from "../math/joints.ts";
import type { JointTrajectoryMessage, JointTrajectoryPoint } from "../ros/messages.ts";
import { nanosecondsOf, rosTime } from "../ros/time.ts";
import type { JointTrajectory, Margins } from "../trajectory/joint-trajectory.ts";
import { headerAt } from "./log-time.ts";

/** The knots as trajectory_msgs/msg/JointTrajectory, for every tool that knows it. */
export const trajectoryMessage = (trajectory: JointTrajectory, timeNs: bigint): JointTrajectoryMessage => ({
  header: headerAt(timeNs),
  joint_names: ROS_JOINT_NAMES,
  points: Array.from(trajectory.timeS, (timeS, k) => ({
    positions: rowOf(trajectory.q_rad, k),
    velocities: rowOf(trajectory.qd_radps, k),
    accelerations: rowOf(trajectory.qdd_radps2, k),
    effort: [],
    time_from_start: rosTime(nanosecondsOf(timeS)),
  })),
});

/** What that message has no field for, exact knot times among it. */
export const trajectoryDetails = (
  { title, timeS, scoreStartS, margins, provenance }: JointTrajectory,
  servoLagS: number,
  timeNs: bigint,
): cellist.TrajectoryDetails => ({
  header: headerAt(timeNs),
  title,
  time_s: timeS,
  score_start_s: scoreStartS,
  servo_lag_s: servoLagS,
  margins: marginsMessage(margins),
  sha256: provenance.sha256,
});

/** The trajectory of the two messages above. */
export const trajectoryFromMessages = (
  { points }: JointTrajectoryMessage,
  details: cellist.TrajectoryDetails,
): JointTrajectory => ({
  title: details.title,
  timeS: Float64Array.from(details.time_s),
  q_rad: rows(points, (point) => point.positions),
  qd_radps: rows(points, (point) => point.velocities),
  qdd_radps2: rows(points, (point) => point.accelerations),
  scoreStartS: details.score_start_s,
  margins: marginsFromMessage(details.margins),
  provenance: { sha256: details.sha256 },
});

const JOINTS = ROS_JOINT_NAMES.length;

const rowOf = (values: Float64Array, row: number): Float64Array =>
  values.subarray(row * JOINTS, (row + 1) * JOINTS);

function rows(
  points: readonly JointTrajectoryPoint[],
  of: (point: JointTrajectoryPoint) => ArrayLike<number>,
): Float64Array {
  const values = new Float64Array(points.length * JOINTS);
  points.forEach((point, row) => values.set(of(point), row * JOINTS));
  return values;
}

const marginsMessage = (margins: Margins): cellist.Margins => ({
  joint_speed: limitUseMessage(margins.jointSpeed),
  joint_acceleration: limitUseMessage(margins.jointAcceleration),
  joint_jerk: limitUseMessage(margins.jointJerk),
  joint_position: limitUseMessage(margins.jointPosition),
  tcp_speed_max_mps: margins.tcpSpeed.maxMps,
  tcp_speed_limit_mps: margins.tcpSpeed.limitMps,
  tcp_speed_at_s: margins.tcpSpeed.atS,
  min_sigma: margins.singularity.minSigma,
  limit_sigma: margins.singularity.limitSigma,
  min_elbow_rad: margins.singularity.minElbow_rad,
  singularity_at_s: margins.singularity.atS,
  elbow_at_s: margins.singularity.elbowAtS,
  clearance_min_m: margins.clearance.minM,
  clearance_required_m: margins.clearance.requiredM,
  clearance_pair: margins.clearance.pair,
  clearance_at_s: margins.clearance.atS,
});

const limitUseMessage = ({ joint, atS, value, limit }: Margins["jointSpeed"]): cellist.LimitUse => ({
  joint,
  at_s: atS,
  value,
  limit,
});

const marginsFromMessage = (margins: cellist.Margins): Margins => ({
  jointSpeed: limitUseFromMessage(margins.joint_speed),
  jointAcceleration: limitUseFromMessage(margins.joint_acceleration),
  jointJerk: limitUseFromMessage(margins.joint_jerk),
  jointPosition: limitUseFromMessage(margins.joint_position),
  tcpSpeed: {
    maxMps: margins.tcp_speed_max_mps,
    limitMps: margins.tcp_speed_limit_mps,
    atS: margins.tcp_speed_at_s,
  },
  singularity: {
    minSigma: margins.min_sigma,
    limitSigma: margins.limit_sigma,
    minElbow_rad: margins.min_elbow_rad,
    atS: margins.singularity_at_s,
    elbowAtS: margins.elbow_at_s,
  },
  clearance: {
    minM: margins.clearance_min_m,
    requiredM: margins.clearance_required_m,
    pair: [margins.clearance_pair[0]!, margins.clearance_pair[1]!],
    atS: margins.clearance_at_s,
  },
});

const limitUseFromMessage = ({ joint, at_s, value, limit }: cellist.LimitUse): Margins["jointSpeed"] => ({
  joint,
  atS: at_s,
  value,
  limit,
});
