import type { PerformanceLog } from "../bag/performance-log.ts";
import type { TopicSink } from "../bag/topic-sink.ts";
import type { StringContacts } from "../instrument/hair/string-contacts.ts";
import { jointsAt } from "../math/joints.ts";
import { LockStepRobot } from "../performance/lock-step.ts";
import { perform } from "../performance/perform.ts";
import type { MessageOf, Topic } from "../ros/topics.ts";
import { RtdeRobotLink } from "../rtde/rtde-robot-link.ts";
import type { Workcell } from "../shelf/workcell.ts";
import { startSimulatedRobot } from "../sim/simulated-robot.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { Rows } from "../bag/rows.ts";
import type { EvenMotion } from "./even-motion.ts";
import { UNMEASURED_MARGINS } from "./unmeasured-margins.ts";

/** Control period of a UR5e [s]. */
const PERIOD_S = 0.002;
/** Distance of the knots that are streamed [s]. */
const KNOT_S = 0.04;

/** What a simulated controller made of recorded commands. */
export interface ControllerReplay {
  /** From the start of the path to its end, at the controller's period. */
  readonly motion: EvenMotion;
  /** True contact of hair and strings in the simulation, a row a state. */
  readonly contacts: readonly StringContacts[];
}

/**
 * Sends a recorded motion to the simulated controller again, through the same streaming as a performance, in lock-step.
 *
 * @param log takes everything that was heard
 * @throws CellistError as `perform`: the controller refuses the motion or stops on the way
 */
export async function replayOnController(
  recorded: EvenMotion,
  { instrument, profile }: Workcell,
  log: PerformanceLog,
  seed: number,
): Promise<ControllerReplay> {
  const trajectory = knotsOf(recorded);
  const first_rad = jointsAt(recorded.q_rad, 0);
  const { forceNoiseN, forceBiasN } = profile.simulation;
  const plant = { forceNoiseN, forceBiasN: forceBiasN as [number, number, number] };
  const robot = await startSimulatedRobot({
    instrument,
    realTime: false,
    seed,
    plant,
    poweredOn: true,
    startQ_rad: first_rad,
  });
  const turn = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    await log.drained();
  };
  let hang: (why: Error) => void = () => undefined;
  const hung = new Promise<never>((_, reject) => (hang = reject));
  const sink = new PathSink(log, trajectory.timeS.at(-1)!);
  try {
    const streams = new LockStepRobot(robot, turn).streams((why) => hang(why));
    const link = new RtdeRobotLink(streams, { instrument, player: profile.stream, first_rad, session: 1 });
    await Promise.race([perform(link, { trajectory }, sink, { epochNs: 0n, servoLagS: 0 }), hung]);
  } finally {
    await robot.close();
  }
  return sink.finish();
}

/** Passes everything on, and keeps what happened while the path was played. */
class PathSink implements TopicSink {
  readonly #log: PerformanceLog;
  readonly #endS: number;
  readonly #q = new Rows(6);
  readonly #qd = new Rows(6);
  readonly #contacts: StringContacts[] = [];
  #state: MessageOf<"/joint_states"> | undefined;
  #playing = false;

  constructor(log: PerformanceLog, endS: number) {
    this.#log = log;
    this.#endS = endS;
  }

  append<T extends Topic>(topic: T, timeNs: bigint, message: MessageOf<T>): void {
    this.#log.append(topic, timeNs, message);
    if (topic === "/joint_states") this.#state = message as MessageOf<"/joint_states">;
    if (topic === "/player_state") {
      const { path_time_s } = message as MessageOf<"/player_state">;
      this.#playing = path_time_s > 0 && path_time_s < this.#endS;
      if (!this.#playing) return;
      this.#q.push(this.#state!.position);
      this.#qd.push(this.#state!.velocity);
    }
    if (topic !== "/bow_state" || !this.#playing) return;
    const bow = message as MessageOf<"/bow_state">;
    const four = (row: ArrayLike<number>) => Array.from(row) as [number, number, number, number];
    this.#contacts.push({
      forceN: four(bow.force_n),
      bowSpeedMps: four(bow.bow_speed_mps),
      contactM: four(bow.contact_m),
      bowPositionM: four(bow.bow_position_m),
    });
  }

  finish(): ControllerReplay {
    const motion = { periodS: PERIOD_S, q_rad: this.#q.toArray(), qd_radps: this.#qd.toArray() };
    return { motion, contacts: this.#contacts };
  }
}

/** Knots of a recorded motion: it begins and ends at rest, as the streaming asks. */
export function knotsOf({ periodS, q_rad, qd_radps }: EvenMotion): JointTrajectory {
  const every = Math.round(KNOT_S / periodS);
  const count = q_rad.length / 6;
  const rows = Array.from({ length: Math.floor((count - 1) / every) + 1 }, (_, k) => k * every);
  const at = (of: (row: number, joint: number) => number): Float64Array =>
    Float64Array.from(rows.flatMap((row) => [0, 1, 2, 3, 4, 5].map((joint) => of(row, joint))));
  const inside = (row: number): boolean => row > 0 && row < rows.at(-1)!;
  const near = Math.round(every / 2);
  return {
    title: "replay",
    timeS: Float64Array.from(rows, (row) => row * periodS),
    q_rad: at((row, joint) => q_rad[6 * row + joint]!),
    qd_radps: at((row, joint) => (inside(row) ? qd_radps[6 * row + joint]! : 0)),
    qdd_radps2: at((row, joint) => {
      if (!inside(row)) return 0;
      const [a, b] = [Math.max(0, row - near), Math.min(count - 1, row + near)];
      return (qd_radps[6 * b + joint]! - qd_radps[6 * a + joint]!) / ((b - a) * periodS);
    }),
    scoreStartS: 0,
    margins: UNMEASURED_MARGINS,
    provenance: { sha256: "" },
  };
}
