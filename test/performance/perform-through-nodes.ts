import { readFileSync } from "node:fs";
import { readLaunch, type LaunchValue } from "../../src/launch/launch-file.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import { conduct, CONDUCTOR_INTERFACE, type ConductOptions } from "../../src/performance/conductor.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";

/** Plays a piece in lock-step through the nodes of launch/performance.yaml, up to the finished bag. */
export async function performThroughNodes(
  bag: string,
  args: Readonly<Record<string, LaunchValue>>,
  options: Partial<ConductOptions> = {},
): Promise<void> {
  const text = readFileSync("launch/performance.yaml", "utf8");
  const plan = readLaunch(text, "performance", { lock_step: true, results: false, conduct: false, ...args });
  const running = await RunningLaunch.start(plan);
  const node = new GraphNode(running.graph, {
    name: "test",
    useSimTime: true,
    declares: CONDUCTOR_INTERFACE,
  });
  try {
    const performance = conduct(node, {
      settings: () => ({ calibration: { name: "reference" } }),
      makeBagPath: () => bag,
      confirm: () => "",
      ...options,
    });
    await Promise.race([performance, running.ended.then(() => performance)]);
  } finally {
    await running.stop();
  }
}
