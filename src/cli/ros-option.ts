import { CellistError } from "../errors.ts";
import type { LogSink } from "../ros/node/graph-node.ts";
import type { GraphPeers } from "../ros/peer/graph-peers.ts";
import { canUseRos, probeRos } from "../ros/rcl/probe.ts";
import { RosBridge } from "../ros/rcl/ros-bridge.ts";

/** Whether a graph is joined with ROS 2: where it can be, in any case, or not. */
export const ROS_CHOICES = ["auto", "on", "off"] as const;
export type RosChoice = (typeof ROS_CHOICES)[number];

type Bridge = (peers: GraphPeers) => { readonly close: () => Promise<void> };

/**
 * How a launch is joined with ROS 2, as an option of `RunningLaunch.start`.
 *
 * @returns nothing where ROS 2 is not to be used, or cannot be
 * @throws CellistError `ros-unusable` when it must be and cannot
 */
export function bridgeToRos(choice: RosChoice, sink: LogSink): { readonly bridge?: Bridge } {
  if (choice === "off") return {};
  const findings = probeRos(process.env);
  if (!canUseRos(findings)) {
    if (choice === "auto") return {};
    const missing = findings.filter(({ ok }) => !ok).map(({ what }) => what);
    throw new CellistError(
      "ros-unusable",
      `ROS 2 cannot be used: ${missing.join("; ")} missing (cellist doctor says what to do)`,
    );
  }
  return {
    bridge: (peers) =>
      new RosBridge(peers, { env: process.env, say: (level, text) => sink("/ros_bridge", level, text) }),
  };
}
