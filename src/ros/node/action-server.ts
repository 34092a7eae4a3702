import { CellistError } from "../../errors.ts";
import type * as action_msgs from "../interfaces/generated/action_msgs.ts";
import type { ActionTypes } from "../interfaces/generated/tables.ts";
import { EVENT_QOS, LATCHED_QOS } from "../qos.ts";
import { rosTime, type RosTime } from "../time.ts";
import { actionNames, GOAL_STATUS, goalKey, type GoalEnd, type GoalState } from "./action-names.ts";
import type { ActionType, GraphNode } from "./graph-node.ts";

/** One accepted goal, while it is carried out. */
export interface GoalHandle<T extends ActionType> {
  readonly goal: ActionTypes[T]["goal"];
  readonly feedback: (feedback: ActionTypes[T]["feedback"]) => void;
  /** Called once when somebody wants it to end; at once when that was already so. */
  readonly onCancel: (listener: () => void) => void;
}

/** What an action does. */
export interface ActionHooks<T extends ActionType> {
  /** Why this goal is not taken; undefined = it is. ROS carries no reason: it goes to the log. */
  refuse?(goal: ActionTypes[T]["goal"]): string | undefined;
  /** Carries a goal out. A throw ends it: aborted, or canceled where that was asked for. */
  execute(
    handle: GoalHandle<T>,
  ): Promise<{ readonly end: GoalEnd; readonly result: ActionTypes[T]["result"] }>;
  /** The result that says why it could not be done. */
  failed(error: Error): ActionTypes[T]["result"];
}

interface Goal {
  readonly info: action_msgs.GoalInfo;
  state: GoalState;
  cancel: (() => void)[] | undefined;
  readonly done: Promise<{ readonly status: number; readonly result: unknown }>;
}

/** Results that stay for clients who ask late. */
const KEPT_GOALS = 10;

/** Offers an action on a node, as the services and topics that ROS 2 makes of one. @returns takes it away */
export function serveAction<T extends ActionType>(
  node: GraphNode,
  action: string,
  type: T,
  hooks: ActionHooks<T>,
): () => void {
  const names = actionNames(node.resolve(action), type);
  const goals = new Map<string, Goal>();
  const { graph, name } = node;
  const feedback = graph.advertise(name, names.feedback.name, names.feedback.type, EVENT_QOS);
  const status = graph.advertise(name, names.status.name, names.status.type, LATCHED_QOS);
  const tell = (): void =>
    status.publish({
      status_list: [...goals.values()].map(({ info, state }) => ({
        goal_info: info,
        status: GOAL_STATUS[state],
      })),
    });

  function accept(uuid: ArrayLike<number>, goal: ActionTypes[T]["goal"], stamp: RosTime): void {
    const key = goalKey(uuid);
    const entry: Goal = {
      info: { goal_id: { uuid }, stamp },
      state: "executing",
      cancel: [],
      done: Promise.resolve().then(() => carryOut(entry, goal)),
    };
    goals.set(key, entry);
    for (const old of [...goals.keys()].slice(0, -KEPT_GOALS)) if (isOver(goals.get(old)!)) goals.delete(old);
    tell();
  }

  async function carryOut(entry: Goal, goal: ActionTypes[T]["goal"]) {
    const finish = (end: GoalEnd, result: unknown) => {
      entry.state = end;
      entry.cancel = undefined;
      tell();
      return { status: GOAL_STATUS[end], result };
    };
    try {
      const { end, result } = await hooks.execute({
        goal,
        feedback: (said) => feedback.publish({ goal_id: entry.info.goal_id, feedback: said }),
        onCancel: (listener) =>
          entry.state === "canceling" ? listener() : void entry.cancel?.push(listener),
      });
      return finish(end, result);
    } catch (error) {
      if (!(error instanceof CellistError))
        node.log("error", `${action} failed: ${(error as Error).message}`);
      return finish(entry.state === "canceling" ? "canceled" : "aborted", hooks.failed(error as Error));
    }
  }

  const stops = [
    graph.serve(name, names.sendGoal.name, names.sendGoal.type, (request) => {
      const { goal_id, goal } = request as {
        goal_id: { uuid: ArrayLike<number> };
        goal: ActionTypes[T]["goal"];
      };
      const stamp = rosTime(node.clock.nowNs());
      const why = goals.has(goalKey(goal_id.uuid)) ? "its number was used before" : hooks.refuse?.(goal);
      if (why !== undefined) node.log("warn", `${action}: goal not taken: ${why}`);
      else accept(goal_id.uuid, goal, stamp);
      return { accepted: why === undefined, stamp };
    }),
    graph.serve(name, names.getResult.name, names.getResult.type, async (request) => {
      const entry = goals.get(goalKey((request as { goal_id: { uuid: ArrayLike<number> } }).goal_id.uuid));
      if (!entry) throw new CellistError("service-failed", `${action} knows no such goal`);
      return entry.done;
    }),
    graph.serve(name, names.cancelGoal.name, names.cancelGoal.type, (request) =>
      cancel(goals, (request as action_msgs.CancelGoal_Request).goal_info, tell),
    ),
  ];
  return () => {
    stops.forEach((stop) => stop());
    feedback.close();
    status.close();
  };
}

const isOver = ({ state }: Goal): boolean =>
  state === "succeeded" || state === "canceled" || state === "aborted";
const NONE = "0".repeat(32);

/** Cancels one goal, or all when the request names none. @source action_msgs/srv/CancelGoal */
function cancel(
  goals: ReadonlyMap<string, Goal>,
  { goal_id }: action_msgs.GoalInfo,
  tell: () => void,
): action_msgs.CancelGoal_Response {
  const key = goalKey(goal_id.uuid);
  const wanted = key === NONE ? [...goals.values()] : [goals.get(key)].filter((entry) => entry !== undefined);
  const running = wanted.filter((entry) => !isOver(entry));
  for (const entry of running) {
    if (entry.state === "canceling") continue;
    entry.state = "canceling";
    entry.cancel?.splice(0).forEach((listener) => listener());
  }
  if (running.length > 0) tell();
  const [ok, unknown, over] = [0, 2, 3];
  const code = running.length > 0 || key === NONE ? ok : wanted.length === 0 ? unknown : over;
  return { return_code: code, goals_canceling: running.map(({ info }) => info) };
}
