import { bowPlanFromMessage } from "../bag/bow-plan-message.ts";
import type { TopicSink } from "../bag/topic-sink.ts";
import { trajectoryFromMessages } from "../bag/trajectory-message.ts";
import type { BowPlan } from "../bowing/bow-plan.ts";
import type * as cellist from "../cellist_msgs/messages.ts";
import { CellistError } from "../errors.ts";
import type { JointTrajectoryMessage } from "../ros/messages.ts";
import type { ActionHooks } from "../ros/node/action-server.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import type { Workplace } from "../ros/node/workplace.ts";
import { preflight } from "../rtde/preflight.ts";
import type { Workcell } from "../shelf/workcell.ts";
import type { RobotState } from "../stream/robot-link.ts";
import { knotAt, type StreamResult } from "../stream/stream-trajectory.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import {
  armAtHand,
  checkBeforeMoving,
  refuseBeyondBase,
  urAddress,
  type ArmChoice,
} from "./arm-of-driver.ts";
import type { Arm, ArmPlayer } from "./arm-player.ts";
import { FOLLOW_ERROR, missedGoal, motionFromGoal } from "./follow-goal.ts";
import { confirmationOf } from "./confirmation.ts";
import { followFeedback } from "./follow-feedback.ts";
import type { PlannedMotion } from "./perform.ts";

/** What lies before the driver: the plan heard last, the arm it drives, and the answers to who asks it to play. */
export class DriverDesk {
  workcell!: Workcell;
  controller: cellist.ControllerAddress | undefined;
  plan: BowPlan | undefined;
  trajectory: JointTrajectory | undefined;
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

  /** Hears what is to be played and on what. */
  listen(): void {
    let knots: JointTrajectoryMessage | undefined;
    this.#node.subscribe("controller", (address) => void (this.controller = address));
    this.#node.subscribe("bow_plan", (message) => void (this.plan = bowPlanFromMessage(message)));
    this.#node.subscribe("joint_trajectory", (message) => void (knots = message));
    this.#node.subscribe("trajectory_details", (details) => {
      if (knots) this.trajectory = trajectoryFromMessages(knots, details);
    });
  }

  /** Reads a real arm's state for the person who is going to confirm it. Moves nothing. */
  async preflight(): Promise<cellist.Preflight_Response> {
    const { robot } = this.#choice();
    if (robot === "sim") return { ready: true, message: "a simulated arm", confirm: "" };
    const { instrument, profile } = this.workcell;
    const found = await preflight(urAddress(this.#choice()), instrument, knotAt(this.#planned(), 0).q_rad);
    refuseBeyondBase(this.#planned(), found.baseTurns_rad, profile.limits);
    const message = confirmationOf(robot, found, this.#planned());
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
        ...resultMessage(streamedUntil(error)),
        code: error instanceof CellistError ? error.code : "robot-stopped",
        message: error.message,
      }),
    };
  }

  /** The action that follows a trajectory planned by others, once it has been held against every limit. */
  following(): ActionHooks<"control_msgs/action/FollowJointTrajectory"> {
    const resultOf = (error_code: number, error_string: string) => ({ error_code, error_string });
    return {
      execute: async (handle) => {
        handle.onCancel(() => void this.#player.stop());
        const motion = motionFromGoal(handle.goal, this.workcell);
        if (!motion.ok) return { end: "aborted", result: resultOf(motion.why.code, motion.why.why) };
        let reached_rad: ArrayLike<number> = [];
        const confirm = { robot: this.#followConfirmed(), mayStandTurned: false };
        await this.#play({ trajectory: motion.value }, confirm, (state) => {
          reached_rad = state.q_rad;
          handle.feedback(followFeedback(state, motion.value, this.#node.clock.nowNs()));
        });
        const missed = missedGoal(handle.goal, reached_rad);
        if (missed !== undefined)
          return { end: "aborted", result: resultOf(FOLLOW_ERROR.goalTolerance, missed) };
        return { end: "succeeded", result: resultOf(FOLLOW_ERROR.none, "") };
      },
      failed: ({ message }) => resultOf(FOLLOW_ERROR.invalidGoal, message),
    };
  }

  async #perform(
    goal: cellist.Perform_Goal,
    feedback: (feedback: cellist.Perform_Feedback) => void,
  ): Promise<StreamResult> {
    const trajectory = this.#planned();
    if (goal.trajectory_sha256 !== "" && goal.trajectory_sha256 !== trajectory.provenance.sha256)
      throw new CellistError("robot-not-ready", "the trajectory asked for is not the one planned last");
    const motion = { trajectory, ...(this.plan && { plan: this.plan }) };
    const confirm = { robot: goal.confirm, mayStandTurned: true };
    return this.#play(motion, confirm, ({ player: { pathTimeS, phase } }, totalS) =>
      feedback({ path_time_s: pathTimeS, total_s: totalS, phase }),
    );
  }

  /** The robot as a person has confirmed it, and whether places are meant: then its base may stand whole turns away. */
  #play(
    motion: PlannedMotion,
    { robot, mayStandTurned }: { readonly robot: string; readonly mayStandTurned: boolean },
    onProgress: (state: RobotState, totalS: number) => void,
  ): Promise<StreamResult> {
    const prepare = async (): Promise<Arm> => {
      const choice = this.#choice();
      const baseTurns_rad = await checkBeforeMoving(choice, this.workcell, motion.trajectory, robot);
      // Who plans joints elsewhere means their numbers, not places.
      if (baseTurns_rad !== 0 && !mayStandTurned)
        throw new CellistError(
          "robot-not-ready",
          "the goal begins with the base a whole turn away from where the arm stands; plan it from there",
        );
      return { ...armAtHand(choice, this.workcell, this.controller, this.#place), baseTurns_rad };
    };
    const servoLagS = this.workcell.profile.stream.servoLagS;
    return this.#player.play(prepare, motion, this.#sink, () => ({
      epochNs: this.#node.clock.nowNs(),
      servoLagS,
      onProgress,
    }));
  }

  /** @throws CellistError `not-confirmed`, with how it is done: this action has no field for it */
  #followConfirmed(): string {
    const { robot } = this.#choice();
    const confirmed = this.#node.parameters.get("follow_confirmed") as string;
    if (robot === "sim" || confirmed === robot) return confirmed;
    throw new CellistError(
      "not-confirmed",
      `nobody has allowed ${robot} to follow what others plan; nothing has moved. Whoever stands beside it starts the launch with ` +
        `follow_confirmed:=${robot}`,
    );
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

/** How a stream went until it broke off; nothing where it did not begin. */
function streamedUntil(error: Error): StreamResult {
  const streamed = error instanceof CellistError ? error.detail["streamed"] : undefined;
  return (streamed as StreamResult | undefined) ?? { knots: 0, states: 0, leastAheadS: 0, longestGapS: 0 };
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
