import { randomBytes } from "node:crypto";
import { CellistError } from "../../errors.ts";
import type * as action_msgs from "../interfaces/generated/action_msgs.ts";
import type { ActionTypes } from "../interfaces/generated/tables.ts";
import { EVENT_QOS } from "../qos.ts";
import { rosTime } from "../time.ts";
import { actionNames, goalKey, goalState, type GoalEnd } from "./action-names.ts";
import type { ActionType, GraphNode } from "./graph-node.ts";

/** A goal that was accepted. */
export interface SentGoal<T extends ActionType> {
  /** Its end. Look at `end` first: an aborted goal has a result, too. */
  readonly result: Promise<{ readonly end: GoalEnd; readonly result: ActionTypes[T]["result"] }>;
  /** Asks it to end. */
  cancel(): Promise<void>;
}

/** Asks a node for an action. */
export class ActionClient<T extends ActionType> {
  readonly #node: GraphNode;
  readonly #names: ReturnType<typeof actionNames>;

  constructor(node: GraphNode, action: string, type: T) {
    this.#node = node;
    this.#names = actionNames(node.resolve(action), type);
  }

  /** @throws CellistError `action-rejected`, `service-missing` */
  async send(
    goal: ActionTypes[T]["goal"],
    onFeedback?: (feedback: ActionTypes[T]["feedback"]) => void,
  ): Promise<SentGoal<T>> {
    const { graph, name } = this.#node;
    const { sendGoal, getResult, cancelGoal, feedback } = this.#names;
    const goal_id = { uuid: new Uint8Array(randomBytes(16)) };
    const key = goalKey(goal_id.uuid);
    const stop = onFeedback
      ? graph.subscribe(name, feedback.name, feedback.type, EVENT_QOS, (message) => {
          const said = message as {
            goal_id: { uuid: ArrayLike<number> };
            feedback: ActionTypes[T]["feedback"];
          };
          if (goalKey(said.goal_id.uuid) === key) onFeedback(said.feedback);
        })
      : (): void => undefined;
    try {
      const answer = (await graph.call(sendGoal.name, sendGoal.type, { goal_id, goal })) as {
        accepted: boolean;
      };
      if (!answer.accepted)
        throw new CellistError(
          "action-rejected",
          `${sendGoal.name.split("/_action")[0]} did not take the goal; its node's log says why`,
        );
    } catch (error) {
      stop();
      throw error;
    }
    const result = graph
      .call(getResult.name, getResult.type, { goal_id })
      .then((answer) => {
        const { status, result } = answer as { status: number; result: ActionTypes[T]["result"] };
        return { end: goalState(status) as GoalEnd, result };
      })
      .finally(stop);
    const goal_info: action_msgs.GoalInfo = { goal_id, stamp: rosTime(0n) };
    return {
      result,
      cancel: async () => void (await graph.call(cancelGoal.name, cancelGoal.type, { goal_info })),
    };
  }
}
