import type { LifecycleState, LifecycleTransition } from "../ros/node/lifecycle.ts";

/** A node that lives in this process, in a thread or in another process, as a launch sees it. */
export interface HostedNode {
  /** Full name on the graph. */
  readonly name: string;
  readonly state: LifecycleState;
  /** @throws CellistError `node-refused`, `node-crashed`, by the node's name */
  moveOn(transition: LifecycleTransition): Promise<void>;
  /** Ends its life at once, as after a crash. */
  finalize(): void;
  /** Takes it off the graph. Safe to call twice. */
  destroy(): void;
}
