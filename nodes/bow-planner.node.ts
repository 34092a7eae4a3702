import { heededFromMessage } from "../src/bag/heeded-message.ts";
import { bowPlanMessage } from "../src/bag/bow-plan-message.ts";
import { scoreFromMessage } from "../src/bag/score-message.ts";
import { refusing } from "../src/performance/refusal-message.ts";
import { NOTHING_HEEDED, type Heeded } from "../src/bowing/heeded.ts";
import { bowPiece } from "../src/planning/plan-piece.ts";
import { unplayable } from "../src/planning/unplayable.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import type { Score } from "../src/score/score.ts";
import { loadWorkcell, WORKCELL_PARAMETERS, type Workcell } from "../src/shelf/workcell.ts";

/** /score → /bow_plan, or /refusal with the reason; and anew without what the arm objects to. */
export const node = defineNode({
  name: "bow_planner",
  does: "decides string, direction, bow, speed and force of every note",
  parameters: WORKCELL_PARAMETERS,
  subscribes: ["score", "bow_objections"],
  publishes: ["bow_plan", "refusal"],
  make({ node }) {
    const plans = node.publisher("bow_plan");
    const refuse = refusing(node);
    let workcell: Workcell;
    let told: { readonly score: Score; readonly planSha256: string } | undefined;
    const plan = (score: Score, heeded: Heeded): void => {
      const bowed = bowPiece(score, workcell, heeded);
      if (!bowed.ok) throw unplayable(bowed.why, { score, written: score, tempo: 1 }, workcell);
      told = { score, planSha256: bowed.value.provenance.sha256 };
      plans.publish(bowPlanMessage(bowed.value, node.clock.nowNs()));
    };
    return {
      async configure() {
        workcell = await loadWorkcell(node.parameters.all());
      },
      activate() {
        node.subscribe("score", (message) => refuse(() => plan(scoreFromMessage(message), NOTHING_HEEDED)));
        node.subscribe("bow_objections", (message) =>
          refuse(() => {
            // Those to a plan that was replaced meanwhile say nothing about this one.
            if (told?.planSha256 === message.plan_sha256) plan(told.score, heededFromMessage(message));
          }),
        );
      },
    };
  },
});
