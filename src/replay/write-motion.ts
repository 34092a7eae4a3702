import { headerAt, logTimeNs } from "../bag/log-time.ts";
import type { PerformanceLog } from "../bag/performance-log.ts";
import { rosPose } from "../bag/write-performance.ts";
import type { StringContacts } from "../instrument/hair/string-contacts.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { jointsAt, ROS_JOINT_NAMES } from "../math/joints.ts";
import { compose, fromUrPose, toUrPose } from "../math/pose.ts";
import type { EvenMotion } from "./even-motion.ts";

const STATES_A_BREATH = 500;

/** Writes a motion that no controller made: joints, tool and the hair as the calibration has it. */
export async function writeMotion(
  log: PerformanceLog,
  { periodS, q_rad, qd_radps }: EvenMotion,
  contacts: readonly StringContacts[],
  { dh, tcp_F }: Instrument,
): Promise<void> {
  const X_FT = fromUrPose("F", "T", tcp_F);
  for (let row = 0; row < contacts.length; row++) {
    const timeNs = logTimeNs(0n, row * periodS, 0);
    const header = headerAt(timeNs);
    const base = { ...header, frame_id: "base" };
    const position = jointsAt(q_rad, row);
    const tool = compose(forwardKinematics(dh, position), X_FT);
    const { forceN, bowSpeedMps, contactM, bowPositionM } = contacts[row]!;
    log.append("/joint_states", timeNs, {
      header,
      name: ROS_JOINT_NAMES,
      position,
      velocity: jointsAt(qd_radps, row),
      effort: [],
    });
    log.append("/tcp_pose", timeNs, { header: base, pose: rosPose(toUrPose(tool)) });
    log.append("/bow_state", timeNs, {
      header,
      force_n: forceN,
      bow_speed_mps: bowSpeedMps,
      contact_m: contactM,
      bow_position_m: bowPositionM,
      simulated: false,
    });
    if (row % STATES_A_BREATH === 0) await log.drained();
  }
}
