import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { readLaunch } from "../../src/launch/launch-file.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import { conduct, CONDUCTOR_INTERFACE } from "../../src/performance/conductor.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { RosBridge } from "../../src/ros/rcl/ros-bridge.ts";
import { shortMidi } from "../performance/short-piece.ts";
import { performThroughNodes } from "../performance/perform-through-nodes.ts";
import { standInForRos } from "./ros-places.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-bridge-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("loses nothing of a performance in lock-step when the bridge to ROS 2 is killed in the middle, and starts it again", async () => {
  const ros = await standInForRos();
  const piece = join(folder, "short.mid");
  writeFileSync(piece, shortMidi(3));
  const [alone, bridged] = [join(folder, "alone.mcap"), join(folder, "bridged.mcap")];
  await performThroughNodes(alone, { piece, seed: 3 });

  const said: string[] = [];
  const joined = (): number => said.filter((text) => text === "info joined with ROS 2").length;
  const until = async (isSo: () => boolean): Promise<void> => {
    for (const end = Date.now() + 60_000; !isSo();) {
      if (Date.now() > end) throw new Error(`it never came: ${said.join("; ")}`);
      await sleep(10);
    }
  };
  let bridge!: RosBridge;
  const given = { lock_step: true, results: false, conduct: false, piece, seed: 3 };
  const plan = readLaunch(readFileSync("launch/performance.yaml", "utf8"), "performance", given);
  const running = await RunningLaunch.start(plan, {
    bridge: (peers) =>
      (bridge = new RosBridge(peers, {
        env: ros.env,
        restartS: 0.05,
        say: (level, text) => void said.push(`${level} ${text}`),
      })),
  });
  await until(() => joined() === 1);
  const declares = CONDUCTOR_INTERFACE;
  const node = new GraphNode(running.graph, { name: "test", useSimTime: true, declares });
  let states = 0;
  await conduct(node, {
    settings: () => ({ calibration: { name: "reference" } }),
    makeBagPath: () => bridged,
    confirm: () => "",
    onProgress: () => {
      if (++states === 10) process.kill(bridge.pid!, "SIGKILL");
    },
  });
  expect(states).toBeGreaterThan(20);
  await until(() => joined() === 2);
  expect(said).toContain("warn the bridge to ROS 2 ended (by SIGKILL); started again in 0.05 s");
  await running.stop();
  expect(readFileSync(bridged).equals(readFileSync(alone))).toBe(true);
  await ros.close();
}, 180_000);
