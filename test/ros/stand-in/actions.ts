type Node = {
  createService(
    type: string,
    name: string,
    options: object,
    callback: (request: never, response: never) => void,
  ): { id: string };
  destroyService(service: { id: string }): void;
};
type Ask = (service: string, request: object) => Promise<object>;
interface GoalId {
  readonly uuid: Uint8Array;
}
interface Responder {
  send(answer: object): void;
}

const keyOf = ({ uuid }: GoalId): string => Buffer.from(uuid).toString("hex");
const [EXECUTING, CANCELING, SUCCEEDED, CANCELED, ABORTED] = [2, 3, 4, 5, 6];
const ACCEPT = 2;
const stamp = { sec: 1, nanosec: 2 };

/** A goal as rclnodejs's action server has it: its states may be gone through in their order only. */
class ServerGoal {
  status = EXECUTING;
  execute: () => void = () => undefined;
  readonly goalId: GoalId;
  readonly publishFeedback: (feedback: object) => void;

  constructor(goalId: GoalId, publishFeedback: (feedback: object) => void) {
    this.goalId = goalId;
    this.publishFeedback = publishFeedback;
  }

  get isCancelRequested(): boolean {
    return this.status === CANCELING;
  }

  succeed(): void {
    this.#end(SUCCEEDED, [EXECUTING, CANCELING]);
  }

  abort(): void {
    this.#end(ABORTED, [EXECUTING, CANCELING]);
  }

  canceled(): void {
    this.#end(CANCELED, [CANCELING]);
  }

  #end(status: number, from: readonly number[]): void {
    if (!from.includes(this.status))
      throw new Error(`goal_handle attempted invalid transition from ${this.status} to ${status}`);
    this.status = status;
  }
}

/** Action servers and clients on the stand-in's services. */
export const actionClasses = (ask: Ask) => ({
  ActionServer: class {
    readonly #services: { id: string }[] = [];
    readonly #node: Node;
    readonly #goals = new Map<string, { goal: ServerGoal; done: Promise<object> }>();
    readonly #hooks;

    constructor(
      node: Node,
      type: string,
      name: string,
      execute: (goal: ServerGoal) => Promise<object>,
      onGoal: (goal: object) => number,
      onAccepted: (goal: ServerGoal) => void,
      onCancel: (goal: ServerGoal) => Promise<number>,
    ) {
      this.#node = node;
      this.#hooks = { name, execute, onGoal, onAccepted, onCancel };
      const serve = (
        what: string,
        service: string,
        callback: (request: never, response: never) => void,
      ): void =>
        void this.#services.push(node.createService(service, `${name}/_action/${what}`, {}, callback));
      serve("send_goal", `${type}_SendGoal`, (request: { goal_id: GoalId; goal: object }, response) =>
        this.processGoalRequest(response, {
          ...request,
          goal: { ...request.goal, toPlainObject: () => request.goal },
        }),
      );
      serve("get_result", `${type}_GetResult`, (request: { goal_id: GoalId }, response: Responder) => {
        const entry = this.#goals.get(keyOf(request.goal_id));
        void entry?.done.then((result) => response.send({ status: entry.goal.status, result }));
      });
      serve(
        "cancel_goal",
        "action_msgs/srv/CancelGoal",
        (request: { goal_info: { goal_id: GoalId } }, response: Responder) => {
          const entry = this.#goals.get(keyOf(request.goal_info.goal_id))!;
          void onCancel(entry.goal).then((said) => {
            if (said === ACCEPT) entry.goal.status = CANCELING;
            response.send({
              return_code: said === ACCEPT ? 0 : 1,
              goals_canceling: said === ACCEPT ? [request.goal_info] : [],
            });
          });
        },
      );
    }

    processGoalRequest(header: Responder, request: { goal_id: GoalId; goal: object }): void {
      const { name, execute, onGoal, onAccepted } = this.#hooks;
      const accepted = onGoal(request.goal) === ACCEPT;
      header.send({ accepted, stamp });
      if (!accepted) return;
      const key = keyOf(request.goal_id);
      const tell = (feedback: object): void => void ask(`${name}/_action/feedback/${key}`, { feedback });
      const goal = new ServerGoal(request.goal_id, tell);
      let finish!: (result: object) => void;
      const done = new Promise<object>((resolve) => (finish = resolve));
      this.#goals.set(key, { goal, done });
      goal.execute = () => void execute(goal).then(finish);
      onAccepted(goal);
    }

    destroy(): void {
      this.#services.forEach((service) => this.#node.destroyService(service));
    }
  },

  ActionClient: class {
    readonly #node: Node;
    readonly #name: string;
    #count = 0;

    constructor(node: Node, _type: string, name: string) {
      this.#node = node;
      this.#name = name;
    }

    async sendGoal(goal: object, onFeedback: (feedback: object) => void) {
      const uuid = Uint8Array.from({ length: 16 }, (_, i) =>
        i === 0 ? ++this.#count : process.pid >> (i % 4),
      );
      const goal_id = { uuid };
      const at = (what: string): string => `${this.#name}/_action/${what}`;
      const hear = (message: { feedback: object }): void => onFeedback(message.feedback);
      this.#node.createService("", `${at("feedback")}/${keyOf(goal_id)}`, {}, hear);
      const answer = (await ask(at("send_goal"), { goal_id, goal })) as { accepted: boolean };
      return {
        status: 1,
        stamp,
        isAccepted: () => answer.accepted,
        async getResult() {
          const { status, result } = (await ask(at("get_result"), { goal_id })) as {
            status: number;
            result: object;
          };
          this.status = status;
          return result;
        },
        cancelGoal: () => ask(at("cancel_goal"), { goal_info: { goal_id, stamp } }),
      };
    }

    destroy(): void {
      /* its services go with the node */
    }
  },
});
