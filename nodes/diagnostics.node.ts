import { DiagnosticSummary } from "../src/performance/diagnostic-summary.ts";
import { Health } from "../src/performance/health.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { rosTime } from "../src/ros/time.ts";

/** How often the summary is told, as ROS 2's aggregator does [s]. */
const SUMMARY_S = 1;

/** What all nodes say → /diagnostics: arm, stream, plan, recording, log; and all of /diagnostics → /diagnostics_agg. */
export const node = defineNode({
  name: "diagnostics",
  does: "says how well arm, stream, plan, recording and nodes are, and sums up what everybody says of themselves",
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
    stale: {
      type: "double",
      default: 5,
      min: 0.1,
      max: 3600,
      what: "whoever told its state and is silent for so long is stale [s]",
      readOnly: true,
    },
  },
  subscribes: ["player_state", "trajectory_details", "refusal", "recording", "rosout", "diagnostics"],
  publishes: ["diagnostics", "diagnostics_agg"],
  make({ node }) {
    const told = node.publisher("diagnostics");
    const summaries = node.publisher("diagnostics_agg");
    return {
      activate() {
        const { period, least_states_hz, least_ahead, stale } = node.parameters.all();
        const summary = new DiagnosticSummary(stale);
        const health = new Health({ leastStatesHz: least_states_hz, leastAheadS: least_ahead });
        node.subscribe("player_state", (state) => health.hearState(state));
        node.subscribe("trajectory_details", (plan) => health.hearPlan(plan));
        node.subscribe("refusal", (refusal) => health.hearRefusal(refusal));
        node.subscribe("recording", (recording) => health.hearRecording(recording));
        node.subscribe("rosout", (line, { node: from }) => {
          if (from !== node.name) health.hearLog(line);
        });
        node.subscribe("diagnostics", ({ status }) => summary.hear(status, node.clock.nowNs()));
        node.timer(SUMMARY_S, () => {
          const nowNs = node.clock.nowNs();
          const header = { stamp: rosTime(nowNs), frame_id: "" };
          summaries.publish({ header, status: summary.look(nowNs) });
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
