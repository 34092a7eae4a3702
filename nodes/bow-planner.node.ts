import { bowPlanMessage } from "../src/bag/bow-plan-message.ts";
import { scoreFromMessage } from "../src/bag/score-message.ts";
import { planBowing } from "../src/bowing/plan-bowing.ts";
import { refusing } from "../src/performance/refusal-message.ts";
import { unplayable } from "../src/planning/unplayable.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { loadWorkcell, WORKCELL_PARAMETERS, type Workcell } from "../src/shelf/workcell.ts";

/** /score → /bow_plan, or /refusal with the reason. */
export const node = defineNode({
  name: "bow_planner",
  does: "decides string, direction, bow, speed and force of every note",
  parameters: WORKCELL_PARAMETERS,
  subscribes: ["score"],
  publishes: ["bow_plan", "refusal"],
  make({ node }) {
    const plans = node.publisher("bow_plan");
    const refuse = refusing(node);
    let workcell: Workcell;
    return {
      async configure() {
        workcell = await loadWorkcell(node.parameters.all());
      },
      activate() {
        node.subscribe("score", (message) =>
          refuse(() => {
            const score = scoreFromMessage(message);
            const plan = planBowing(score, workcell.instrument, workcell.profile.bowing);
            if (!plan.ok)
              throw unplayable(
                { stage: "bowing", why: plan.why },
                { score, written: score, tempo: 1 },
                workcell,
              );
            plans.publish(bowPlanMessage(plan.value, node.clock.nowNs()));
          }),
        );
      },
    };
  },
});
