import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { conduct, CONDUCTOR_INTERFACE, tellTake, type Controls } from "../src/performance/conductor.ts";
import { performanceSettings } from "../src/performance/performance-settings.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { loadWorkcell, WORKCELL_PARAMETERS, type Workcell } from "../src/shelf/workcell.ts";

/** Plan, arm, recording, playing and results of one performance, one after the other. */
export const node = defineNode({
  name: "conductor",
  does: "has one piece performed, recorded, heard and judged, once or several times, and then ends the launch",
  parameters: {
    ...WORKCELL_PARAMETERS,
    out: {
      type: "string",
      default: "out/performance",
      what: "folder for the results; it must not hold a performance yet",
      readOnly: true,
    },
    confirm: {
      type: "string",
      default: "",
      what: "address of the real robot, from the person who stands beside it",
      readOnly: true,
    },
    robot: { type: "string", default: "sim", what: "goes into the bag's settings", readOnly: true },
    tempo: {
      type: "double",
      default: 1,
      min: 0.1,
      max: 4,
      what: "goes into the bag's settings [-]",
      readOnly: true,
    },
    seed: { type: "integer", default: -1, min: -1, what: "goes into the bag's settings", readOnly: true },
    lock_step: { type: "bool", default: false, what: "goes into the bag's settings", readOnly: true },
    results: { type: "bool", default: true, what: "waits for sound and report", readOnly: true },
    takes: {
      type: "integer",
      default: 1,
      min: 1,
      max: 1000,
      what: "how often it is performed; more than one: each in a folder take-N",
      readOnly: true,
    },
  },
  ...CONDUCTOR_INTERFACE,
  make({ node, finished }) {
    let workcell: Workcell;
    let controls: Controls | undefined;
    const run = async (take: number): Promise<void> => {
      const { robot, tempo, seed, lock_step: lockStep, out, confirm, results, takes } = node.parameters.all();
      const folder = takes === 1 ? out : join(out, `take-${take}`);
      const bag = await conduct(node, {
        settings: (score) => performanceSettings(workcell, score, { robot, tempo, seed, lockStep }),
        makeBagPath: () => {
          mkdirSync(folder, { recursive: true });
          return join(folder, "performance.mcap");
        },
        confirm: () => confirm,
        onPlaying: (its) => void (controls = its),
      });
      await tellTake(node, bag, { take, takes, results });
    };
    const runAll = async (): Promise<void> => {
      for (let take = 1; take <= node.parameters.get("takes"); take++) await run(take);
    };
    return {
      async configure() {
        workcell = await loadWorkcell(node.parameters.all());
      },
      activate: () =>
        void runAll().then(
          () => finished(),
          (error: Error) => finished(error),
        ),
      deactivate: () => controls?.stop(),
    };
  },
});
