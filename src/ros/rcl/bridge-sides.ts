import type { EmbeddedGraph } from "../graph/embedded-graph.ts";
import type { Endpoint, GraphSnapshot } from "../graph/endpoint.ts";
import type { RclLibrary, RclNode } from "./rclnodejs-port.ts";
import type { RosGraph } from "./read-ros-graph.ts";

/** Both sides of a bridge, and what its parts need to join them. */
export interface BridgeSides {
  readonly rcl: RclLibrary;
  /** The bridge's end of the embedded graph: what lies on ROS 2 is shown here. */
  readonly graph: EmbeddedGraph;
  /** The bridge's own node on ROS 2. */
  readonly watcher: RclNode;
  /** By which name the bridge itself listens on the embedded graph. */
  readonly name: string;
  /** The ROS 2 node that stands for one of ours. */
  readonly nodeOf: (name: string) => RclNode;
  /** Says what could not be joined, every sentence once; the bridge goes on. */
  readonly complain: (sentence: string) => void;
  /** Says what happened, every time. */
  readonly warn: (sentence: string) => void;
}

/** What is on either side at one moment. */
export interface BothGraphs {
  readonly ours: GraphSnapshot;
  readonly ros: RosGraph;
}

/** Part of an action: joined as a whole, not piece by piece. */
export const isOfAction = ({ name }: Endpoint): boolean => name.includes("/_action/");

/** Runs what ROS 2 may refuse; says why it did, and hands back undefined. */
export function attempt<T>(sides: Pick<BridgeSides, "complain">, what: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (cause) {
    sides.complain(`${what}: ${(cause as Error).message}`);
    return undefined;
  }
}

/** A callback that rclnodejs may call: a throw in one would end the process with SIGABRT. */
export const guarded =
  <A extends readonly unknown[]>(
    sides: Pick<BridgeSides, "complain">,
    what: string,
    work: (...args: A) => void,
  ) =>
  (...args: A): void => {
    attempt(sides, what, () => work(...args));
  };
