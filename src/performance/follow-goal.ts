import type * as control from "../ros/interfaces/generated/control_msgs.ts";
import { CLEARANCE_SETTINGS, makeClearanceCheck } from "../collision/clearance.ts";
import { pathJoint_rad } from "../evaluation/path-joints.ts";
import { ROS_JOINT_NAMES } from "../math/joints.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { provenanceOf } from "../provenance.ts";
import { nanoseconds } from "../ros/time.ts";
import type { Workcell } from "../shelf/workcell.ts";
import { checkPath } from "../trajectory/check-path.ts";
import { derivatives } from "../trajectory/derivatives.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { explainTrajectoryRefusal, type TrajectoryRefusal } from "../trajectory/refusal.ts";

/** Error codes of control_msgs/action/FollowJointTrajectory. */
export const FOLLOW_ERROR = { none: 0, invalidGoal: -1, invalidJoints: -2, goalTolerance: -5 } as const;

/** Why a goal is not followed, as FollowJointTrajectory tells it. */
export interface FollowRefusal {
  readonly code: number;
  readonly why: string;
}

const J = ROS_JOINT_NAMES.length;
/** Fastest joint at either end that still counts as rest [rad/s]. @assumed */
const REST_RADPS = 1e-3;

/**
 * A trajectory that somebody else planned, held against the same limits as our own: joints, hand, singularity, clearance
 * of the whole path. What is played is what was checked: the quintic through its points, sampled and knotted anew.
 */
export function motionFromGoal(
  goal: control.FollowJointTrajectory_Goal,
  { instrument, profile, cell }: Workcell,
): Outcome<JointTrajectory, FollowRefusal> {
  const given = knotsOf(goal);
  if (!given.ok) return given;
  const path = sampled(given.value, profile.trajectory.sampleS);
  const d = derivatives(path.q_rad, path.sampleS);
  const { limits, trajectory: settings } = profile;
  const requiredM = limits.clearanceM;
  const clearance = makeClearanceCheck(instrument, cell, { ...CLEARANCE_SETTINGS, requiredM });
  const checked = checkPath(path, d, { instrument, limits, clearance, settings });
  if (!checked.ok) {
    const why = { ...checked.why, note: 0 } as TrajectoryRefusal;
    return refuse({
      code: FOLLOW_ERROR.invalidGoal,
      why: explainTrajectoryRefusal(why, "on the path of the goal"),
    });
  }
  const count = path.q_rad.length / J;
  const every = Math.max(1, Math.round(settings.knotS / path.sampleS));
  const rows = [...Array.from({ length: Math.ceil((count - 1) / every) }, (_, i) => i * every), count - 1];
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from(rows.flatMap((row) => Array.from(values.subarray(row * J, row * J + J))));
  return ok({
    title: "a goal of follow_joint_trajectory",
    timeS: Float64Array.from(rows, (row) => row * path.sampleS),
    q_rad: pick(path.q_rad),
    qd_radps: pick(d.qd),
    qdd_radps2: pick(d.qdd),
    scoreStartS: 0,
    margins: checked.value,
    provenance: provenanceOf("follow", Array.from(given.value.q_rad), Array.from(given.value.timeS), limits),
  });
}

type Knots = Pick<JointTrajectory, "timeS" | "q_rad" | "qd_radps" | "qdd_radps2">;

function knotsOf({
  trajectory,
  path_tolerance,
}: control.FollowJointTrajectory_Goal): Outcome<Knots, FollowRefusal> {
  const { joint_names, points } = trajectory;
  const order = ROS_JOINT_NAMES.map((name) => joint_names.indexOf(name));
  if (joint_names.length !== J || order.includes(-1))
    return refuse({
      code: FOLLOW_ERROR.invalidJoints,
      why: `the joints must be ${ROS_JOINT_NAMES.join(", ")}`,
    });
  const no = (why: string) => refuse({ code: FOLLOW_ERROR.invalidGoal, why });
  if (path_tolerance.length > 0) return no("path tolerances are not watched here; leave them empty");
  if (points.length < 2) return no(`${points.length} points are no path; two at least are needed`);
  const column = (
    of: (point: (typeof points)[number]) => ArrayLike<number>,
    optional: boolean,
  ): Float64Array =>
    Float64Array.from(
      points.flatMap((point) => {
        const values = of(point);
        return order.map((at) =>
          optional && values.length === 0 ? 0 : values.length === J ? values[at]! : NaN,
        );
      }),
    );
  const knots: Knots = {
    timeS: Float64Array.from(points, (point) => Number(nanoseconds(point.time_from_start)) / 1e9),
    q_rad: column((point) => point.positions, false),
    qd_radps: column((point) => point.velocities, true),
    qdd_radps2: column((point) => point.accelerations, true),
  };
  for (const values of [knots.q_rad, knots.qd_radps, knots.qdd_radps2])
    if (!values.every(Number.isFinite))
      return no("every point needs six finite positions, and six or no speeds and accelerations");
  if (knots.timeS[0] !== 0) return no("the first point must be at time 0, where the arm is");
  if (!knots.timeS.every((t, i) => i === 0 || t > knots.timeS[i - 1]!))
    return no("the times of the points must grow");
  const atEnds = [...knots.qd_radps.subarray(0, J), ...knots.qd_radps.subarray(-J)];
  if (atEnds.some((v) => Math.abs(v) > REST_RADPS)) return no("the path must begin and end at rest");
  return ok(knots);
}

function sampled(knots: Knots, aboutS: number) {
  const totalS = knots.timeS.at(-1)!;
  const pieces = Math.max(1, Math.round(totalS / aboutS));
  const sampleS = totalS / pieces;
  const q_rad = new Float64Array((pieces + 1) * J);
  for (let k = 0; k <= pieces; k++)
    for (let j = 0; j < J; j++) q_rad[k * J + j] = pathJoint_rad(knots as JointTrajectory, k * sampleS, j);
  return { q_rad, sampleS, startS: 0 };
}

/** Why the end misses the goal's own tolerances, if it does. */
export function missedGoal(
  { trajectory, goal_tolerance }: control.FollowJointTrajectory_Goal,
  reached_rad: ArrayLike<number>,
): string | undefined {
  const last = trajectory.points.at(-1)!.positions;
  for (const { name, position } of goal_tolerance) {
    const [at, joint] = [
      trajectory.joint_names.indexOf(name),
      (ROS_JOINT_NAMES as readonly string[]).indexOf(name),
    ];
    if (position <= 0 || at < 0 || joint < 0) continue;
    const offRad = Math.abs(reached_rad[joint]! - last[at]!);
    if (offRad > position) return `${name} ended ${offRad.toFixed(4)} rad away; ${position} is allowed`;
  }
  return undefined;
}
