import { dirname } from "node:path";
import { readPerformance } from "../src/bag/read-performance.ts";
import { refusing } from "../src/performance/refusal-message.ts";
import { writeSound } from "../src/performance/write-sound.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { rosTime } from "../src/ros/time.ts";
import { loadWorkcell, WORKCELL_PARAMETERS, type Workcell } from "../src/shelf/workcell.ts";

/** A complete recording → its sound as a WAV file beside it, and /sound. */
export const node = defineNode({
  name: "sound",
  does: "renders the sound of a recorded performance from the bow's contact with the strings",
  parameters: WORKCELL_PARAMETERS,
  subscribes: ["recording"],
  publishes: ["sound", "refusal"],
  make({ node }) {
    const sounds = node.publisher("sound");
    const refuse = refusing(node);
    let workcell: Workcell;
    return {
      async configure() {
        workcell = await loadWorkcell(node.parameters.all());
      },
      activate() {
        node.subscribe("recording", ({ state, path: bag }) => {
          if (state !== "complete") return;
          refuse(async () => {
            const record = await readPerformance(bag);
            const { instrument, profile } = workcell;
            const { hairWidthM } = profile.simulation;
            const { path, integratedLufs } = await writeSound(dirname(bag), record, instrument, {
              hairWidthM,
            });
            const header = { stamp: rosTime(node.clock.nowNs()), frame_id: "" };
            sounds.publish({ header, bag, path, integrated_lufs: integratedLufs });
          });
        });
      },
    };
  },
});
