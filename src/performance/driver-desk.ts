import type { TopicSink } from "../bag/topic-sink.ts";
import type { BowPlan } from "../bowing/bow-plan.ts";
import type * as cellist from "../cellist_msgs/messages.ts";
import { CellistError } from "../errors.ts";
import type { JointTrajectoryMessage } from "../ros/messages.ts";
import type { ActionHooks } from "../ros/node/action-server.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import type { Workplace } from "../ros/node/workplace.ts";
import { preflight } from "../rtde/preflight.ts";
import type { Workcell } from "../shelf/workcell.ts";
import { knotAt, type StreamResult } from "../stream/stream-trajectory.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { armAtHand, checkBeforeMoving, urAddress, type ArmChoice } from "./arm-of-driver.ts";
import type { Arm, ArmPlayer } from "./arm-player.ts";

/** What lies before the driver: the plan heard last, the arm it drives, and the answers to who asks it to play. */
export class DriverDesk {
  workcell!: Workcell;
  controller: cellist.ControllerAddress | undefined;
  plan: BowPlan | undefined;
  knots: JointTrajectoryMessage | undefined;
  trajectory: JointTrajectory | undefined;
  servoLagS = 0;
  readonly #node: GraphNode;
  readonly #place: Workplace;
  readonly #player: ArmPlayer;
  readonly #sink: TopicSink;

  constructor(node: GraphNode, place: Workplace, player: ArmPlayer, sink: TopicSink) {
    this.#node = node;
    this.#place = place;
    this.#player = player;
    this.#sink = sink;
  }

  /** Reads a real arm's state for the person who is going to confirm it. Moves nothing. */
  async preflight(): Promise<cellist.Preflight_Response> {
    const { robot } = this.#choice();
    if (robot === "sim") return { ready: true, message: "a simulated arm", confirm: "" };
    const { instrument } = this.workcell;
    const found = await preflight(urAddress(this.#choice()), instrument, knotAt(this.#planned(), 0).q_rad);
    const { jointSpeed, tcpSpeed, clearance } = this.#planned().margins;
    const message =
      `${robot} (${found.robotMode}, safety ${found.safetyStatus}) will play ${this.#planned().title}: ` +
      `joints up to ${jointSpeed.value.toFixed(2)} of ${jointSpeed.limit.toFixed(2)} rad/s, hand up to ` +
      `${tcpSpeed.maxMps.toFixed(2)} of ${tcpSpeed.limitMps.toFixed(2)} m/s, ${(clearance.minM * 1e3).toFixed(0)} mm clear.`;
    return { ready: true, message, confirm: robot };
  }

  /** The action that plays the planned trajectory. */
  performing(): ActionHooks<"cellist_msgs/action/Perform"> {
    return {
      execute: async (handle) => {
        handle.onCancel(() => void this.#player.stop());
        const result = await this.#perform(handle.goal, (said) => handle.feedback(said));
        return { end: "succeeded", result: resultMessage(result) };
      },
      failed: (error) => ({
        ...resultMessage({ knots: 0, states: 0, leastAheadS: 0, longestGapS: 0 }),
        code: error instanceof CellistError ? error.code : "robot-stopped",
        message: error.message,
      }),
    };
  }

  async #perform(
    goal: cellist.Perform_Goal,
    feedback: (feedback: cellist.Perform_Feedback) => void,
  ): Promise<StreamResult> {
    const trajectory = this.#planned();
    if (goal.trajectory_sha256 !== "" && goal.trajectory_sha256 !== trajectory.provenance.sha256)
      throw new CellistError("robot-not-ready", "the trajectory asked for is not the one planned last");
    const { instrument } = this.workcell;
    const prepare = async (): Promise<Arm> => {
      await checkBeforeMoving(
        this.#choice(),
        { instrument, first_rad: knotAt(trajectory, 0).q_rad },
        goal.confirm,
      );
      return armAtHand(this.#choice(), this.workcell, this.controller, this.#place);
    };
    const motion = { trajectory, ...(this.plan && { plan: this.plan }) };
    return this.#player.play(prepare, motion, this.#sink, () => ({
      epochNs: this.#node.clock.nowNs(),
      servoLagS: this.servoLagS,
      onProgress: ({ player: { pathTimeS, phase } }, totalS) =>
        feedback({ path_time_s: pathTimeS, total_s: totalS, phase }),
    }));
  }

  #planned(): JointTrajectory {
    if (this.trajectory) return this.trajectory;
    throw new CellistError("robot-not-ready", "nothing is planned yet: no /trajectory_details was heard");
  }

  #choice(): ArmChoice {
    const { parameters } = this.#node;
    return { robot: parameters.get("robot") as string, portOffset: parameters.get("port_offset") as number };
  }
}

const resultMessage = ({
  knots,
  states,
  leastAheadS,
  longestGapS,
}: StreamResult): cellist.Perform_Result => ({
  knots,
  states,
  least_ahead_s: leastAheadS,
  longest_gap_s: longestGapS,
  code: "",
  message: "",
});
