import type * as action_msgs from "../interfaces/generated/action_msgs.ts";
import type { Endpoint } from "../graph/endpoint.ts";
import { actionNames, GOAL_STATUS, goalKey } from "../node/action-names.ts";
import { EVENT_QOS } from "../qos.ts";
import { attempt, guarded, type BothGraphs, type BridgeSides } from "./bridge-sides.ts";
import { Kept } from "./kept.ts";
import { inOwnMemory } from "./own-memory.ts";
import { ANSWER, type RclActionClient, type RclClientGoal, type RclServerGoal } from "./rclnodejs-port.ts";

const SEND = "/_action/send_goal";
const CANCEL_PATIENCE_MS = 2000;

interface Action {
  readonly node: string;
  readonly name: string;
  readonly type: string;
}

/** Actions of both sides: goals go over with their feedback, their cancellation and their end. */
export class JoinedActions {
  readonly #sides: BridgeSides;
  readonly #offered = new Kept((action: Action) => this.#offer(action));
  readonly #shown = new Kept((action: Action) => this.#show(action));

  constructor(sides: BridgeSides) {
    this.#sides = sides;
  }

  /** Brings both sides up to date with each other. */
  keep({ ours, ros }: BothGraphs): void {
    this.#offered.keep(actionsOf(ours.endpoints));
    this.#shown.keep(actionsOf(ros.endpoints));
  }

  /** An action of ours, on ROS 2. */
  #offer({ node, name, type }: Action): () => void {
    const { graph, rcl, nodeOf, name: bridge } = this.#sides;
    const names = actionNames(name, type);
    const running = new Map<string, RclServerGoal>();
    /** Feedback of goals that are carried out here already and that ROS 2 does not run yet. */
    const early = new Map<string, object[]>();
    let verdict: number = ANSWER.reject;
    const execute = async (goal: RclServerGoal): Promise<object> => {
      const key = goalKey(goal.goalId.uuid);
      running.set(key, goal);
      for (const said of early.get(key) ?? []) goal.publishFeedback(inOwnMemory(said));
      early.delete(key);
      try {
        const { status, result } = (await graph.call(names.getResult.name, names.getResult.type, {
          goal_id: { uuid: Uint8Array.from(goal.goalId.uuid) },
        })) as { status: number; result: object };
        await end(goal, status);
        return inOwnMemory(result);
      } finally {
        running.delete(key);
      }
    };
    const cancel = async (goal: RclServerGoal): Promise<number> => {
      const goal_info = {
        goal_id: { uuid: Uint8Array.from(goal.goalId.uuid) },
        stamp: { sec: 0, nanosec: 0 },
      };
      const asked = graph.call(names.cancelGoal.name, names.cancelGoal.type, { goal_info });
      const { return_code } = (await asked.catch(() => ({
        return_code: 1,
      }))) as action_msgs.CancelGoal_Response;
      return return_code === 0 ? ANSWER.accept : ANSWER.reject;
    };
    const accepted = guarded(this.#sides, name, (goal: RclServerGoal) => goal.execute());
    const server = attempt(
      this.#sides,
      `the action ${name} is not offered on ROS 2`,
      () => new rcl.ActionServer(nodeOf(node), type, name, execute, () => verdict, accepted, cancel),
    );
    if (!server) return () => undefined;
    // rclnodejs wants to know at once whether a goal is taken; here that is asked first, and the request handed on then.
    const handOn = server.processGoalRequest.bind(server);
    server.processGoalRequest = guarded(this.#sides, name, (header, request) => {
      const goal = request.goal.toPlainObject(true);
      const goal_id = { uuid: Uint8Array.from(request.goal_id.uuid) };
      early.set(goalKey(goal_id.uuid), []);
      void graph
        .call(names.sendGoal.name, names.sendGoal.type, { goal_id, goal })
        .then((answer) => (answer as { accepted: boolean }).accepted)
        .catch((cause: Error) => {
          this.#sides.complain(`a goal for ${name} from ROS 2 was not taken: ${cause.message}`);
          return false;
        })
        .then((taken) => {
          verdict = taken ? ANSWER.accept : ANSWER.reject;
          if (!taken) early.delete(goalKey(goal_id.uuid));
          handOn(header, request);
        })
        .catch((cause: Error) => this.#sides.complain(`${name}: ${cause.message}`));
    });
    const feedback = guarded(this.#sides, name, (message: unknown) => {
      const said = message as { goal_id: { uuid: ArrayLike<number> }; feedback: object };
      const key = goalKey(said.goal_id.uuid);
      if (running.has(key)) running.get(key)!.publishFeedback(inOwnMemory(said.feedback));
      else early.get(key)?.push(said.feedback);
    });
    const stop = graph.subscribe(bridge, names.feedback.name, names.feedback.type, EVENT_QOS, feedback, {
      relay: true,
    });
    return () => {
      stop();
      attempt(this.#sides, name, () => server.destroy());
    };
  }

  /** An action on ROS 2, shown here as the services and topics that it is made of. */
  #show({ node, name, type }: Action): () => void {
    const { graph, rcl, watcher } = this.#sides;
    const names = actionNames(name, type);
    const goals = new Map<string, RclClientGoal>();
    let client: RclActionClient | undefined;
    const feedback = graph.advertise(node, names.feedback.name, names.feedback.type, EVENT_QOS);
    const send = async (request: unknown): Promise<unknown> => {
      const { goal_id, goal } = request as { goal_id: { uuid: ArrayLike<number> }; goal: object };
      client ??= new rcl.ActionClient(watcher, type, name);
      const tell = guarded(this.#sides, name, (said: object) =>
        feedback.publish({ goal_id, feedback: said }),
      );
      const sent = await client.sendGoal(inOwnMemory(goal), (said) => tell(said));
      if (sent.isAccepted()) goals.set(goalKey(goal_id.uuid), sent);
      const { sec, nanosec } = sent.stamp;
      return { accepted: sent.isAccepted(), stamp: { sec, nanosec } };
    };
    const result = async (request: unknown): Promise<unknown> => {
      const key = goalKey((request as { goal_id: { uuid: ArrayLike<number> } }).goal_id.uuid);
      const goal = goals.get(key);
      if (!goal) throw new Error(`${name} knows no such goal`);
      const said = await goal.getResult();
      goals.delete(key);
      return { status: goal.status, result: said };
    };
    const cancel = async (request: unknown): Promise<unknown> => {
      const { goal_info } = request as action_msgs.CancelGoal_Request;
      const goal = goals.get(goalKey(goal_info.goal_id.uuid));
      const unknown = { return_code: 2 };
      const { return_code } = goal ? await goal.cancelGoal() : unknown;
      return { return_code, goals_canceling: return_code === 0 ? [goal_info] : [] };
    };
    const stops = (
      [
        [names.sendGoal, send],
        [names.getResult, result],
        [names.cancelGoal, cancel],
      ] as const
    ).map(([part, handler]) =>
      attempt(this.#sides, `${part.name} on ROS 2 is not shown here`, () =>
        graph.serve(node, part.name, part.type, handler),
      ),
    );
    return () => {
      for (const stop of stops) stop?.();
      feedback.close();
      if (client) attempt(this.#sides, name, () => client!.destroy());
    };
  }
}

function actionsOf(endpoints: readonly Endpoint[]): ReadonlyMap<string, Action> {
  const servers = endpoints.filter(({ kind, name }) => kind === "server" && name.endsWith(SEND));
  return new Map(
    servers.map(({ id, node, name, type }) => [
      id,
      { node, name: name.slice(0, -SEND.length), type: type.replace(/_SendGoal$/, "") },
    ]),
  );
}

/** Ends a goal as it ended here. A cancelled one must first be known to ROS 2 as one that is being cancelled. */
async function end(goal: RclServerGoal, status: number): Promise<void> {
  if (status === GOAL_STATUS.succeeded) return goal.succeed();
  if (status !== GOAL_STATUS.canceled) return goal.abort();
  for (const by = Date.now() + CANCEL_PATIENCE_MS; !goal.isCancelRequested && Date.now() < by;)
    await new Promise((resolve) => setTimeout(resolve, 5));
  if (goal.isCancelRequested) goal.canceled();
  else goal.abort();
}
