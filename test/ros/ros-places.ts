import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { GraphPeers } from "../../src/ros/peer/graph-peers.ts";
import type { Environment } from "../../src/ros/rcl/probe.ts";
import { RosBridge } from "../../src/ros/rcl/ros-bridge.ts";
import type { TwoPlaces } from "../cases/graph.cases.ts";
import { openBus } from "./stand-in/bus.ts";

/** A graph with a bridge to ROS 2, and what the bridge says. */
export function bridged(place: string, env: Environment, said: string[] = []) {
  const graph = new EmbeddedGraph({}, place);
  const peers = new GraphPeers(graph);
  const bridge = new RosBridge(peers, {
    env,
    restartS: 0.05,
    say: (level, text) => void said.push(`${level} ${text}`),
  });
  return { graph, peers, bridge };
}

/** Two graphs that meet on ROS 2 only. */
export async function twoPlacesOnRos(env: Environment): Promise<TwoPlaces> {
  const said: string[] = [];
  const [here, there] = [bridged("here", env, said), bridged("there", env, said)];
  for (
    const end = Date.now() + 60_000;
    said.filter((text) => text === "info joined with ROS 2").length < 2;
  ) {
    if (Date.now() > end) throw new Error(`the bridges did not come up: ${said.join("; ")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const close = async (): Promise<void> =>
    void (await Promise.all([here.bridge.close(), there.bridge.close()]));
  return { here: here.graph, there: there.graph, thereFromHere: "ROS 2", close };
}

const PACKAGES = [
  "std_msgs",
  "std_srvs",
  "sensor_msgs",
  "trajectory_msgs",
  "control_msgs",
  "geometry_msgs",
  "rcl_interfaces",
  "cellist_msgs",
];

/** An environment in which the stand-in for rclnodejs is found, and a bus for it. */
export async function standInForRos(): Promise<{
  readonly env: Environment;
  readonly close: () => Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), "cellist-ros-"));
  const put = (path: string, content = ""): void => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  put("ros/lib/librcl.so");
  put("ros/bin/ros2");
  put("rclnodejs/build/Release/rclnodejs.node");
  for (const name of PACKAGES) put(`rclnodejs/generated/${name}/x.js`);
  const main = fileURLToPath(new URL("stand-in/index.ts", import.meta.url));
  put("rclnodejs/package.json", JSON.stringify({ name: "rclnodejs", main: "index.mjs" }));
  put("rclnodejs/index.mjs", `export { default } from ${JSON.stringify(main)};`);
  const bus = join(folder, "bus.sock");
  const { close } = await openBus(bus);
  return {
    env: {
      ...process.env,
      ROS_DISTRO: "jazzy",
      AMENT_PREFIX_PATH: join(folder, "ros"),
      LD_LIBRARY_PATH: join(folder, "ros/lib"),
      PATH: [join(folder, "ros/bin"), process.env["PATH"]].join(delimiter),
      CELLIST_RCLNODEJS: join(folder, "rclnodejs"),
      STAND_IN_BUS: bus,
    },
    close: async () => {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
}
