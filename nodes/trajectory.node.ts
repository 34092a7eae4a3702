import { objectionMessage } from "../src/bag/bow-objection-message.ts";
import { bowPlanFromMessage } from "../src/bag/bow-plan-message.ts";
import { headerAt } from "../src/bag/log-time.ts";
import { scoreFromMessage } from "../src/bag/score-message.ts";
import { trajectoryDetails, trajectoryMessage } from "../src/bag/trajectory-message.ts";
import { refusing } from "../src/performance/refusal-message.ts";
import type { BowPlan } from "../src/bowing/bow-plan.ts";
import type { Objection } from "../src/bowing/objection.ts";
import { afterBowing, NOTHING_TRIED, type Tried } from "../src/planning/easiest-bowing.ts";
import { planFollower, type FollowPlan, type MotionRefusal } from "../src/planning/follow-plan.ts";
import type { PlannedMotion } from "../src/planning/plan-piece.ts";
import { unplayable } from "../src/planning/unplayable.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { scaleTempo } from "../src/score/scale-tempo.ts";
import type { Score } from "../src/score/score.ts";
import { loadWorkcell, WORKCELL_PARAMETERS, type Workcell } from "../src/shelf/workcell.ts";

/**
 * /bow_plan → /joint_trajectory and /trajectory_details; or /bow_objections, where the arm cannot follow, or follows with little to spare,
 * and another bowing may help; or /refusal with the reason and a tempo that works.
 */
export const node = defineNode({
  name: "trajectory",
  does: "turns a bow plan into joint motion inside every limit",
  parameters: {
    ...WORKCELL_PARAMETERS,
    tempo: {
      type: "double",
      default: 1,
      min: 0.1,
      max: 4,
      what: "share of the written tempo that the score has [-]",
      readOnly: true,
    },
  },
  subscribes: ["score", "bow_plan"],
  publishes: ["joint_trajectory", "trajectory_details", "bow_objections", "refusal"],
  make({ node }) {
    const trajectories = node.publisher("joint_trajectory");
    const details = node.publisher("trajectory_details");
    const objections = node.publisher("bow_objections");
    const refuse = refusing(node);
    let workcell: Workcell;
    let score: Score;
    /** Of one score, from its first plan on. */
    let follow: FollowPlan;
    let tried: Tried;
    /** Chosen among bowings, and asked for again. */
    let chosen: PlannedMotion | undefined;
    const object = ({ provenance }: BowPlan, to: readonly Objection[]): void =>
      objections.publish({
        header: headerAt(node.clock.nowNs()),
        plan_sha256: provenance.sha256,
        objections: to.map(objectionMessage),
      });
    const play = ({ trajectory }: PlannedMotion): void => {
      const now = node.clock.nowNs();
      trajectories.publish(trajectoryMessage(trajectory, now));
      details.publish(trajectoryDetails(trajectory, workcell.profile.stream.servoLagS, now));
    };
    const cannot = (why: MotionRefusal) => {
      const tempo = node.parameters.get("tempo");
      return unplayable(why, { score, written: scaleTempo(score, 1 / tempo), tempo }, workcell);
    };
    const answer = (plan: BowPlan): void => {
      if (chosen && isSame(chosen.plan, plan)) return play(chosen);
      // A plan that heeds no objections is the first of its score.
      if (plan.objections.length === 0)
        [follow, tried, chosen] = [planFollower(workcell), NOTHING_TRIED, undefined];
      const next = afterBowing(tried, plan, follow(plan), Infinity);
      if (next.is === "refuse") throw cannot(next.why);
      if (next.is === "bow anew") {
        tried = next.tried;
        return object(plan, next.objections);
      }
      chosen = next.planned;
      if (isSame(chosen.plan, plan)) play(chosen);
      else object(plan, chosen.plan.objections);
    };
    return {
      async configure() {
        workcell = await loadWorkcell(node.parameters.all());
        [follow, tried] = [planFollower(workcell), NOTHING_TRIED];
      },
      activate() {
        node.subscribe("score", (message) => void (score = scoreFromMessage(message)));
        node.subscribe("bow_plan", (message) => refuse(() => answer(bowPlanFromMessage(message))));
      },
    };
  },
});

const isSame = (a: BowPlan, b: BowPlan): boolean => a.provenance.sha256 === b.provenance.sha256;
