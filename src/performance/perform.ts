import { recordNoteEvent, recordPlan, recordRemark, recordState } from "../bag/write-performance.ts";
import { logTimeNs } from "../bag/log-time.ts";
import type { PerformanceLog } from "../bag/performance-log.ts";
import { urdfOf } from "../kinematics/urdf.ts";
import type { RobotLink, RobotState } from "../stream/robot-link.ts";
import { streamTrajectory, type StreamResult } from "../stream/stream-trajectory.ts";
import { NoteCaller } from "./note-caller.ts";
import type { PlannedPiece } from "./planned-piece.ts";

export interface PerformOptions {
  /** Nanoseconds that robot time 0 of the performance gets in the bag. */
  readonly epochNs: bigint;
  /** Servo lag the score clock allows for [s]. */
  readonly servoLagS: number;
  /** Path time played and path time in all, at most ten times a second of robot time. */
  readonly onProgress?: (playedS: number, totalS: number) => void;
}

/**
 * Plays a planned piece on an arm and records everything heard, from the connection to rest.
 *
 * The link is closed at the end, also when the performance failed; the log stays open for the caller.
 *
 * @throws CellistError when the arm could not start or stopped on the way
 */
export async function perform(
  link: RobotLink,
  piece: PlannedPiece,
  log: PerformanceLog,
  options: PerformOptions,
): Promise<StreamResult> {
  const { epochNs, servoLagS } = options;
  const { score, plan, trajectory, instrument, settings } = piece;
  const robotDescription = urdfOf(instrument.dh);
  recordPlan(log, epochNs, { score, plan, trajectory, settings, servoLagS, robotDescription });
  const totalS = trajectory.timeS.at(-1)!;
  const caller = new NoteCaller(plan, trajectory.scoreStartS + servoLagS);
  let startS: number | undefined;
  let cycle = 0;
  let last: RobotState | undefined;
  const timeOf = (state: RobotState): bigint =>
    logTimeNs(epochNs, state.robotTimeS, startS ?? state.robotTimeS);
  link.onState((state) => {
    startS ??= state.robotTimeS;
    last = state;
    recordState(log, timeOf(state), state);
    for (const event of caller.eventsUpTo(state.player.pathTimeS)) recordNoteEvent(log, timeOf(state), event);
    if (cycle++ % 50 === 0) options.onProgress?.(state.player.pathTimeS, totalS);
  });
  const remark = (level: "info" | "error", text: string): void =>
    recordRemark(log, last ? timeOf(last) : epochNs, { level, node: "performance", text });
  try {
    await link.connect();
    const result = await streamTrajectory(link, trajectory);
    remark("info", `finished: ${result.knots} knots, ${result.states} states`);
    options.onProgress?.(totalS, totalS);
    return result;
  } catch (error) {
    remark("error", (error as Error).message);
    throw error;
  } finally {
    await link.close();
  }
}
