import { CellistError } from "../../errors.ts";
import { EVENT_QOS } from "../qos.ts";
import type { GraphNode } from "./graph-node.ts";

/** Primary states. @source lifecycle_msgs/msg/State */
const STATES = { unconfigured: 1, inactive: 2, active: 3, finalized: 4 } as const;
export type LifecycleState = keyof typeof STATES;

/** Transitions: number, label, from, to. @source lifecycle_msgs/msg/Transition; design.ros2.org, "Managed nodes" */
const TRANSITIONS = {
  configure: { id: 1, from: ["unconfigured"], to: "inactive" },
  cleanup: { id: 2, from: ["inactive"], to: "unconfigured" },
  activate: { id: 3, from: ["inactive"], to: "active" },
  deactivate: { id: 4, from: ["active"], to: "inactive" },
  shutdown: { id: 7, from: ["unconfigured", "inactive", "active"], to: "finalized" },
} as const satisfies Record<string, { id: number; from: readonly LifecycleState[]; to: LifecycleState }>;
export type LifecycleTransition = keyof typeof TRANSITIONS;
const SHUTDOWNS = [5, 6, 7];
const SHUTDOWN_ID: Readonly<Record<LifecycleState, number>> = {
  unconfigured: 5,
  inactive: 6,
  active: 7,
  finalized: 7,
};

/** What a node does at its transitions. A throw leaves it where it was (`CellistError`) or ends it (anything else). */
export type LifecycleHooks = { readonly [K in LifecycleTransition]?: () => void | Promise<void> };

/** The life of one node: its state, and the services by which others move it. */
export class Lifecycle {
  readonly #node: GraphNode;
  readonly #hooks: LifecycleHooks;
  readonly #events;
  #state: LifecycleState = "unconfigured";
  #moving = false;

  constructor(node: GraphNode, hooks: LifecycleHooks) {
    this.#node = node;
    this.#hooks = hooks;
    this.#events = node.publisherOf("~/transition_event", "lifecycle_msgs/msg/TransitionEvent", EVENT_QOS);
    this.#serve();
  }

  get state(): LifecycleState {
    return this.#state;
  }

  /** @throws CellistError `node-refused` when there is no such way from here, or what the node's own hook threw */
  async change(transition: LifecycleTransition): Promise<void> {
    const { from, to, id } = TRANSITIONS[transition];
    const before = this.#state;
    if (this.#moving || !(from as readonly string[]).includes(before))
      throw new CellistError(
        "node-refused",
        `${this.#node.name} cannot ${transition}: it is ${this.#moving ? "in the middle of a change" : before}`,
      );
    this.#moving = true;
    try {
      await this.#hooks[transition]?.();
      if (this.#state === before) this.#state = to; // it may have crashed meanwhile
    } catch (error) {
      if (!(error instanceof CellistError)) this.#state = "finalized";
      throw error;
    } finally {
      this.#moving = false;
      this.#tell(transition, id, before);
    }
  }

  /** Ends the node's life at once, as after a crash. */
  finalize(): void {
    const before = this.#state;
    if (before === "finalized") return;
    this.#state = "finalized";
    this.#tell("shutdown", SHUTDOWN_ID[before], before);
  }

  #tell(label: LifecycleTransition, id: number, before: LifecycleState): void {
    this.#events.publish({
      timestamp: BigInt.asUintN(64, this.#node.clock.nowNs()),
      transition: { id: label === "shutdown" ? SHUTDOWN_ID[before] : id, label },
      start_state: stateMessage(before),
      goal_state: stateMessage(this.#state),
    });
  }

  #serve(): void {
    this.#node.serve("~/change_state", "lifecycle_msgs/srv/ChangeState", async ({ transition }) => {
      const name = transitionOf(transition);
      if (name === undefined) return { success: false };
      try {
        await this.change(name);
        return { success: true };
      } catch (error) {
        this.#node.log("error", (error as Error).message);
        return { success: false };
      }
    });
    this.#node.serve("~/get_state", "lifecycle_msgs/srv/GetState", () => ({
      current_state: stateMessage(this.#state),
    }));
    this.#node.serve("~/get_available_states", "lifecycle_msgs/srv/GetAvailableStates", () => ({
      available_states: (Object.keys(STATES) as LifecycleState[]).map(stateMessage),
    }));
    this.#node.serve("~/get_available_transitions", "lifecycle_msgs/srv/GetAvailableTransitions", () => ({
      available_transitions: (Object.keys(TRANSITIONS) as LifecycleTransition[])
        .filter((name) => (TRANSITIONS[name].from as readonly string[]).includes(this.#state))
        .map((label) => ({
          transition: { id: label === "shutdown" ? SHUTDOWN_ID[this.#state] : TRANSITIONS[label].id, label },
          start_state: stateMessage(this.#state),
          goal_state: stateMessage(TRANSITIONS[label].to),
        })),
    }));
  }
}

const stateMessage = (state: LifecycleState) => ({ id: STATES[state], label: state });

/** By number, or by label where the number is 0, as `ros2 lifecycle set` allows. */
function transitionOf({ id, label }: { id: number; label: string }): LifecycleTransition | undefined {
  const names = Object.keys(TRANSITIONS) as LifecycleTransition[];
  if (id === 0) return names.find((name) => name === label);
  return SHUTDOWNS.includes(id) ? "shutdown" : names.find((name) => TRANSITIONS[name].id === id);
}

/** All ways from one state to another. */
export const LIFECYCLE_TRANSITIONS = Object.keys(TRANSITIONS) as readonly LifecycleTransition[];
