import { Health } from "../src/performance/health.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { rosTime } from "../src/ros/time.ts";

/** What all nodes say → /diagnostics every second: arm, stream, plan, recording, log. */
export const node = defineNode({
  name: "diagnostics",
  does: "says how well arm, stream, plan, recording and nodes are",
  parameters: {
    period: { type: "double", default: 1, min: 0.1, max: 60, what: "how often [s]", readOnly: true },
    least_states_hz: {
      type: "double",
      default: 400,
      min: 0,
      max: 1000,
      what: "fewer states of the arm a second are a warning [Hz]",
      readOnly: true,
    },
    least_ahead: {
      type: "double",
      default: 0.1,
      min: 0,
      max: 10,
      what: "less path time in the controller's buffer while playing is a warning [s]",
      readOnly: true,
    },
  },
  subscribes: ["player_state", "trajectory_details", "refusal", "recording", "rosout"],
  publishes: ["diagnostics"],
  make({ node }) {
    const told = node.publisher("diagnostics");
    return {
      activate() {
        const { period, least_states_hz, least_ahead } = node.parameters.all();
        const health = new Health({ leastStatesHz: least_states_hz, leastAheadS: least_ahead });
        node.subscribe("player_state", (state) => health.hearState(state));
        node.subscribe("trajectory_details", (plan) => health.hearPlan(plan));
        node.subscribe("refusal", (refusal) => health.hearRefusal(refusal));
        node.subscribe("recording", (recording) => health.hearRecording(recording));
        node.subscribe("rosout", (line, { node: from }) => {
          if (from !== node.name) health.hearLog(line);
        });
        let lastNs = node.clock.nowNs();
        node.timer(period, () => {
          const nowNs = node.clock.nowNs();
          const status = health.look(Number(nowNs - lastNs) / 1e9);
          lastNs = nowNs;
          told.publish({ header: { stamp: rosTime(nowNs), frame_id: "" }, status });
        });
      },
    };
  },
});
