import { heededMessage } from "../src/bag/heeded-message.ts";
import { bowPlanFromMessage } from "../src/bag/bow-plan-message.ts";
import { headerAt } from "../src/bag/log-time.ts";
import { scoreFromMessage } from "../src/bag/score-message.ts";
import { trajectoryDetails, trajectoryMessage } from "../src/bag/trajectory-message.ts";
import { refusing } from "../src/performance/refusal-message.ts";
import { planAnswerer } from "../src/planning/answer-plans.ts";
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
    let answerTo: ReturnType<typeof planAnswerer>;
    return {
      async configure() {
        workcell = await loadWorkcell(node.parameters.all());
        workcell.cell.remarks.forEach((remark) => node.log("info", remark));
        answerTo = planAnswerer(workcell);
      },
      activate() {
        node.subscribe("score", (message) => void (score = scoreFromMessage(message)));
        node.subscribe("bow_plan", (message) =>
          refuse(() => {
            const tempo = node.parameters.get("tempo");
            const plan = bowPlanFromMessage(message);
            const answer = answerTo(plan);
            const now = node.clock.nowNs();
            if (answer.is === "refuse")
              throw unplayable(answer.why, { score, written: scaleTempo(score, 1 / tempo), tempo }, workcell);
            if (answer.is === "object") {
              objections.publish({
                header: headerAt(now),
                plan_sha256: plan.provenance.sha256,
                ...heededMessage(answer.heeded),
              });
              return;
            }
            const { trajectory } = answer.planned;
            trajectories.publish(trajectoryMessage(trajectory, now));
            details.publish(trajectoryDetails(trajectory, workcell.profile.stream.servoLagS, now));
          }),
        );
      },
    };
  },
});
