import type { Header } from "../ros/messages.ts";
import { nanosecondsOf, rosTime } from "../ros/time.ts";

/**
 * Log time [ns] of a robot time: the robot's clock counted from the start of the performance, placed at an epoch. The
 * epoch is an argument, so that a lock-step run gives the same bytes every time.
 *
 * @param epochNs log time at the start of the performance: wall clock of a real one, any constant in lock-step
 * @param robotTimeS robot clock now [s]
 * @param startRobotTimeS robot clock at the start of the performance [s]
 */
export const logTimeNs = (epochNs: bigint, robotTimeS: number, startRobotTimeS: number): bigint =>
  epochNs + nanosecondsOf(robotTimeS - startRobotTimeS);

/** Header of a message logged at `timeNs`. */
export const headerAt = (timeNs: bigint, frame_id = ""): Header => ({ stamp: rosTime(timeNs), frame_id });
