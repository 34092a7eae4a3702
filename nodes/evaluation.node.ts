import { dirname } from "node:path";
import { readPerformance } from "../src/bag/read-performance.ts";
import { refusing } from "../src/performance/refusal-message.ts";
import { writeReport } from "../src/performance/write-report.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { rosTime } from "../src/ros/time.ts";

/** A complete recording → a report beside it, and /report. */
export const node = defineNode({
  name: "evaluation",
  does: "judges a recorded performance",
  parameters: {},
  subscribes: ["recording"],
  publishes: ["report", "refusal"],
  make({ node }) {
    const reports = node.publisher("report");
    const refuse = refusing(node);
    return {
      activate() {
        node.subscribe("recording", ({ state, path: bag }) => {
          if (state !== "complete") return;
          refuse(async () => {
            const report = await writeReport(dirname(bag), await readPerformance(bag));
            reports.publish({
              header: { stamp: rosTime(node.clock.nowNs()), frame_id: "" },
              bag,
              html_path: report.htmlPath,
              json_path: report.jsonPath,
              summary: report.summary,
              json: report.json,
            });
          });
        });
      },
    };
  },
});
