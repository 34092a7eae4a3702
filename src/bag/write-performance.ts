import type { BowPlan } from "../bowing/bow-plan.ts";
import type * as cellist from "../cellist_msgs/messages.ts";
import { ROS_JOINT_NAMES } from "../math/joints.ts";
import type { UrPose } from "../math/pose.ts";
import { provenanceOf } from "../provenance.ts";
import { LOG_LEVEL, type Header, type Quaternion, type Vector3 } from "../ros/messages.ts";
import { rosTime } from "../ros/time.ts";
import type { Score } from "../score/score.ts";
import type { StringContacts } from "../instrument/hair/string-contacts.ts";
import type { RobotState } from "../stream/robot-link.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { bowPlanMessage } from "./bow-plan-message.ts";
import { headerAt } from "./log-time.ts";
import type { PerformanceLog } from "./performance-log.ts";
import type { TopicSink } from "./topic-sink.ts";
import { scoreMessage } from "./score-message.ts";
import { trajectoryDetails, trajectoryMessage } from "./trajectory-message.ts";

/** Everything that is known before the first sound. */
export interface PlannedPerformance {
  readonly score: Score;
  readonly plan: BowPlan;
  readonly trajectory: JointTrajectory;
  /** JSON-able: profile, calibration name and hash, robot, seed, versions, wall-clock start. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Servo lag of the controller that the score clock allows for [s]. */
  readonly servoLagS: number;
  /** URDF of the arm, if at hand. */
  readonly robotDescription?: string;
}

/** Logs what is going to be performed, and hands it to the disk at once. */
export function recordPlan(log: PerformanceLog, timeNs: bigint, planned: PlannedPerformance): void {
  const json = JSON.stringify(planned.settings);
  log.append("/settings", timeNs, { json, sha256: provenanceOf(planned.settings).sha256 });
  log.append("/score", timeNs, scoreMessage(planned.score, timeNs));
  log.append("/bow_plan", timeNs, bowPlanMessage(planned.plan, timeNs));
  log.append("/joint_trajectory", timeNs, trajectoryMessage(planned.trajectory, timeNs));
  log.append("/trajectory_details", timeNs, trajectoryDetails(planned.trajectory, planned.servoLagS, timeNs));
  if (planned.robotDescription !== undefined)
    log.append("/robot_description", timeNs, { data: planned.robotDescription });
  log.flush();
}

/** What the host knows about a cycle that the robot's state does not say. */
export interface CycleNotes {
  /** Hair on the strings as estimated from the joints; for an arm that does not tell `state.contact`. */
  readonly estimatedContact?: StringContacts;
  /** How much later than planned the last knot was handed over [s]. */
  readonly knotLatenessS?: number;
}

/** Logs one control period: joints, targets, tool, player and, where known, hair on the strings. */
export function recordState(log: TopicSink, timeNs: bigint, state: RobotState, notes: CycleNotes = {}): void {
  const header = headerAt(timeNs);
  const base = { ...header, frame_id: "base" };
  const joints = { header, name: ROS_JOINT_NAMES };
  const [fx, fy, fz, tx, ty, tz] = state.tcpWrench;
  log.append("/joint_states", timeNs, {
    ...joints,
    position: state.q_rad,
    velocity: state.qd_radps,
    effort: state.currentA,
  });
  log.append("/joint_targets", timeNs, { ...joints, position: state.targetQ_rad, velocity: [], effort: [] });
  log.append("/tcp_pose", timeNs, { header: base, pose: rosPose(state.tcpPose) });
  const wrench = { force: { x: fx, y: fy, z: fz }, torque: { x: tx, y: ty, z: tz } };
  log.append("/wrench", timeNs, { header: base, wrench });
  log.append("/player_state", timeNs, playerMessage(header, state, notes.knotLatenessS ?? NaN));
  const contact = state.contact ?? notes.estimatedContact;
  if (contact) log.append("/bow_state", timeNs, bowMessage(header, contact, state.contact !== undefined));
}

const playerMessage = (header: Header, state: RobotState, knotLatenessS: number): cellist.PlayerState => ({
  header,
  robot_time_s: state.robotTimeS,
  phase: state.player.phase,
  accepted_knot: state.player.acceptedKnot,
  path_time_s: state.player.pathTimeS,
  rate: state.player.rate,
  ahead_s: state.player.aheadS,
  knot_lateness_s: knotLatenessS,
  robot_mode: state.robotMode,
  safety_status: state.safetyStatus,
  speed_scaling: state.speedScaling,
});

const bowMessage = (header: Header, contact: StringContacts, simulated: boolean): cellist.BowState => ({
  header,
  force_n: contact.forceN,
  bow_speed_mps: contact.bowSpeedMps,
  contact_m: contact.contactM,
  bow_position_m: contact.bowPositionM,
  simulated,
});

/** A UR pose as geometry_msgs has it: a rotation vector r turns by θ = |r|: quaternion (r/θ · sin θ/2, cos θ/2). */
export function rosPose([x, y, z, rx, ry, rz]: UrPose): { position: Vector3; orientation: Quaternion } {
  const angle = Math.hypot(rx, ry, rz);
  const k = angle < 1e-12 ? 0.5 : Math.sin(angle / 2) / angle;
  return { position: { x, y, z }, orientation: { x: k * rx, y: k * ry, z: k * rz, w: Math.cos(angle / 2) } };
}

/** A note that begins or ends, by the score. */
export interface NoteEvent {
  readonly noteIndex: number;
  readonly midi: number;
  readonly string: string;
  readonly direction: string;
  readonly event: "onset" | "offset";
  readonly scoreTimeS: number;
}

export function recordNoteEvent(log: TopicSink, timeNs: bigint, event: NoteEvent): void {
  log.append("/note_events", timeNs, {
    header: headerAt(timeNs),
    note_index: event.noteIndex,
    midi: event.midi,
    string_name: event.string,
    direction: event.direction,
    event: event.event,
    score_time_s: event.scoreTimeS,
  });
}

/** Logs one sentence for people: a refusal, a pause, a warning. */
export function recordRemark(
  log: TopicSink,
  timeNs: bigint,
  remark: { readonly level: keyof typeof LOG_LEVEL; readonly node: string; readonly text: string },
): void {
  log.append("/rosout", timeNs, {
    stamp: rosTime(timeNs),
    level: LOG_LEVEL[remark.level],
    name: remark.node,
    msg: remark.text,
    file: "",
    function: "",
    line: 0,
  });
}
