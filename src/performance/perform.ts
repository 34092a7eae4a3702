import { logTimeNs } from "../bag/log-time.ts";
import type { TopicSink } from "../bag/topic-sink.ts";
import { recordNoteEvent, recordRemark, recordState } from "../bag/write-performance.ts";
import type { BowPlan } from "../bowing/bow-plan.ts";
import { contactsFromJoints } from "../instrument/hair/string-contacts.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { RobotLink, RobotState } from "../stream/robot-link.ts";
import { streamTrajectory, type StreamResult } from "../stream/stream-trajectory.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { NoteCaller } from "./note-caller.ts";

/** A motion to play, and the music in it, if there is any. */
export interface PlannedMotion {
  readonly trajectory: JointTrajectory;
  readonly plan?: BowPlan;
}

export interface PerformOptions {
  /** Log time that robot time 0 of the performance gets [ns]. */
  readonly epochNs: bigint;
  /** Tells from the joints where the hair is on the strings of an arm that has no sensor there. */
  readonly instrument?: Instrument;
  /** Servo lag the score clock allows for [s]. */
  readonly servoLagS: number;
  /** Every 50th state, with the path time in all [s]. */
  readonly onProgress?: (state: RobotState, totalS: number) => void;
}

/**
 * Plays a planned motion on an arm and tells everything heard, from the connection to rest.
 *
 * The link is closed at the end, also when the performance failed.
 *
 * @throws CellistError when the arm could not start or stopped on the way
 */
export async function perform(
  link: RobotLink,
  { trajectory, plan }: PlannedMotion,
  sink: TopicSink,
  options: PerformOptions,
): Promise<StreamResult> {
  const { epochNs, servoLagS, instrument } = options;
  const totalS = trajectory.timeS.at(-1)!;
  const caller = plan && new NoteCaller(plan, trajectory.scoreStartS + servoLagS);
  let startS: number | undefined;
  let cycle = 0;
  let last: RobotState | undefined;
  const timeOf = (state: RobotState): bigint =>
    logTimeNs(epochNs, state.robotTimeS, startS ?? state.robotTimeS);
  link.onState((state) => {
    startS ??= state.robotTimeS;
    last = state;
    recordState(sink, timeOf(state), state, {
      ...(!state.contact &&
        instrument && { estimatedContact: contactsFromJoints(instrument, state.q_rad, state.qd_radps) }),
    });
    for (const event of caller?.eventsUpTo(state.player.pathTimeS) ?? [])
      recordNoteEvent(sink, timeOf(state), event);
    if (cycle++ % 50 === 0) options.onProgress?.(state, totalS);
  });
  const remark = (level: "info" | "error", text: string): void =>
    recordRemark(sink, last ? timeOf(last) : epochNs, { level, node: "performance", text });
  try {
    await link.connect();
    const result = await streamTrajectory(link, trajectory);
    remark("info", `finished: ${result.knots} knots, ${result.states} states`);
    if (last) options.onProgress?.(last, totalS);
    return result;
  } catch (error) {
    remark("error", (error as Error).message);
    throw error;
  } finally {
    await link.close();
  }
}
