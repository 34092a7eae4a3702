import { CellistError } from "../../errors.ts";
import { systemClock } from "../clock.ts";
import type { MessageFacts } from "../graph/endpoint.ts";
import type { EmbeddedGraph } from "../graph/embedded-graph.ts";
import type { ActionTypes, MessageTypes, ServiceTypes } from "../interfaces/generated/tables.ts";
import { LOG_LEVEL } from "../messages.ts";
import { nodeName, remap, resolveName } from "../names.ts";
import { LATCHED_QOS, type Qos } from "../qos.ts";
import { nanoseconds, rosTime } from "../time.ts";
import { topicFacts, topicInNamespace, type MessageOf, type MessageType, type TopicName } from "../topics.ts";
import { serveAction, type ActionHooks } from "./action-server.ts";
import { ActionClient } from "./action-client.ts";
import { SimulatedNodeClock, wallNodeClock, type NodeClock, type StopTimer } from "./graph-clock.ts";
import { serveParameters } from "./parameter-services.ts";
import { Parameters, type ParameterTable } from "./parameters.ts";

export type ServiceType = keyof ServiceTypes;
export type ActionType = keyof ActionTypes;
export type LogLevel = keyof typeof LOG_LEVEL;

/** Where log lines of a process go besides `/rosout`. */
export type LogSink = (node: string, level: LogLevel, text: string) => void;

/** What a node may have on the graph, by the names it uses; whatever is not here is refused. */
export interface NodeInterface {
  readonly subscribes?: readonly string[];
  readonly publishes?: readonly string[];
  readonly serves?: Readonly<Record<string, ServiceType>>;
  readonly actions?: Readonly<Record<string, ActionType>>;
}

export interface GraphNodeOptions<P extends ParameterTable> {
  readonly name: string;
  readonly namespace?: string;
  /** Topics, services and actions under other names: `{ "joint_states": "left/joint_states" }`. */
  readonly remap?: Readonly<Record<string, string>>;
  readonly parameters?: P;
  /** Values of parameters that are not the default. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  /** Go by `/clock`. */
  readonly useSimTime?: boolean;
  /** Restricts the node to what it declares; left out: anything goes (tools). */
  readonly declares?: NodeInterface;
  readonly logSink?: LogSink;
}

/** How a topic is heard. */
export interface SubscribeOptions {
  readonly qos?: Qos;
  /** Longest silence that is tolerated, on the node's clock; default: the quality of service's [s]. */
  readonly deadlineS?: number;
  /** Called once per longer silence; default: a warning in the log. */
  readonly onDeadlineMissed?: () => void;
}

export interface TopicPublisher<M> {
  publish(message: M): void;
  subscriptionCount(): number;
}

/**
 * A node on a graph: typed topics, services, actions, parameters, timers and a log. Names without a slash in front lie in
 * the node's namespace.
 *
 * Written once: what lies under it (this process, others, ROS 2) is the graph's matter.
 */
export class GraphNode<P extends ParameterTable = ParameterTable> {
  readonly name: string;
  readonly graph: EmbeddedGraph;
  readonly parameters: Parameters<P>;
  readonly clock: NodeClock;
  readonly #options: GraphNodeOptions<P>;
  readonly #stops: (() => void)[] = [];
  readonly #rosout: TopicPublisher<MessageOf<"/rosout">>;
  #destroyed = false;

  /** @throws CellistError `graph-name-taken`, `graph-name-invalid`, `parameter-invalid` */
  constructor(graph: EmbeddedGraph, options: GraphNodeOptions<P>) {
    this.name = nodeName(options.name, options.namespace);
    this.graph = graph;
    this.#options = options;
    this.parameters = new Parameters(this.name, options.parameters ?? ({} as P), options.overrides);
    graph.addNode(this.name);
    // ROS keeps one log and one time for the whole graph, whatever the namespace.
    this.#rosout = this.#advertise("/rosout", "rcl_interfaces/msg/Log", { ...LATCHED_QOS, depth: 100 });
    this.clock = options.useSimTime ? this.#simulatedClock() : wallNodeClock(systemClock());
    if (options.parameters) this.#stops.push(serveParameters(this));
  }

  /** A publisher of one of the project's topics. */
  publisher<T extends TopicName>(topic: T, qos?: Qos): TopicPublisher<MessageOf<`/${T}`>> {
    this.#mayUse("publishes", topic);
    const facts = topicFacts(topic);
    return this.#advertise(this.resolve(topicInNamespace(topic)), facts.type, qos ?? facts.qos);
  }

  /** A publisher of any topic of a known type; for topics under the node ("~/transition_event") and tools. */
  publisherOf<T extends MessageType>(topic: string, type: T, qos: Qos): TopicPublisher<MessageTypes[T]> {
    return this.#advertise(this.resolve(topic), type, qos);
  }

  /** Hears one of the project's topics. @returns stops it */
  subscribe<T extends TopicName>(
    topic: T,
    listener: (message: MessageOf<`/${T}`>, facts: MessageFacts) => void,
    options: SubscribeOptions = {},
  ): () => void {
    this.#mayUse("subscribes", topic);
    const facts = topicFacts(topic);
    const qos = options.qos ?? facts.qos;
    return this.subscribeTo(topicInNamespace(topic), facts.type, qos, listener as never, options);
  }

  /** Hears any topic of a known type. @returns stops it */
  subscribeTo<T extends MessageType>(
    topic: string,
    type: T,
    qos: Qos,
    listener: (message: MessageTypes[T], facts: MessageFacts) => void,
    { deadlineS = qos.deadlineS, onDeadlineMissed }: SubscribeOptions = {},
  ): () => void {
    const late = (): void => this.log("warn", `heard nothing on ${this.resolve(topic)} for ${deadlineS} s`);
    const watch =
      deadlineS === undefined ? undefined : this.#watchDeadline(deadlineS, onDeadlineMissed ?? late);
    const asked = deadlineS === undefined ? qos : { ...qos, deadlineS };
    const stop = this.graph.subscribe(this.name, this.resolve(topic), type, asked, (message, facts) => {
      watch?.seen();
      listener(message as MessageTypes[T], facts);
    });
    return this.#onDestroy(() => {
      watch?.stop();
      stop();
    });
  }

  /** Answers a service. A `CellistError` becomes the caller's error; anything else is this node's crash. */
  serve<T extends ServiceType>(
    name: string,
    type: T,
    handler: (
      request: ServiceTypes[T]["request"],
    ) => ServiceTypes[T]["response"] | Promise<ServiceTypes[T]["response"]>,
  ): () => void {
    const stop = this.graph.serve(this.name, this.resolve(name), type, (request) =>
      handler(request as never),
    );
    return this.#onDestroy(stop);
  }

  /**
   * Asks a service.
   *
   * @param timeoutS how long to wait for the answer [s]
   * @throws CellistError `service-missing`, `service-timeout`, or the service's own
   */
  call<T extends ServiceType>(
    name: string,
    type: T,
    request: ServiceTypes[T]["request"],
    timeoutS = Infinity,
  ): Promise<ServiceTypes[T]["response"]> {
    const full = this.resolve(name);
    const answer = this.graph.call(full, type, request);
    return (timeoutS === Infinity ? answer : withTimeout(answer, full, timeoutS)) as Promise<never>;
  }

  /** Offers an action. */
  serveAction<T extends ActionType>(name: string, type: T, hooks: ActionHooks<T>): () => void {
    return this.#onDestroy(serveAction(this, name, type, hooks));
  }

  /** Asks others for an action. */
  actionClient<T extends ActionType>(name: string, type: T): ActionClient<T> {
    return new ActionClient(this, name, type);
  }

  /** Calls back again and again on the node's clock. */
  timer(periodS: number, callback: () => void): StopTimer {
    return this.#onDestroy(this.clock.every(periodS, callback));
  }

  /** A line for people, on `/rosout` and in the run's log. */
  log(level: LogLevel, text: string): void {
    if (this.#destroyed) return;
    const stamp = rosTime(this.clock.nowNs());
    this.#options.logSink?.(this.name, level, text);
    const name = this.name.slice(1).replaceAll("/", ".");
    this.#rosout.publish({
      stamp,
      level: LOG_LEVEL[level],
      name,
      msg: text,
      file: "",
      function: "",
      line: 0,
    });
  }

  /** Full name on the graph of what this node calls `name`. */
  resolve(name: string): string {
    return remap(resolveName(name, this.name), this.#options.remap ?? {}, this.name);
  }

  /** Ends the node's life: something happened that nobody expected. */
  crash(error: unknown): void {
    this.graph.nodeFailed(this.name, error);
  }

  /** Everything the node gets from now on ends together. @returns ends it */
  beginScope(): () => void {
    const from = this.#stops.length;
    return () => {
      for (const stop of this.#stops.splice(from).reverse()) stop();
    };
  }

  /** Takes the node off the graph. Safe to call twice. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    for (const stop of this.#stops.splice(0).reverse()) stop();
    this.graph.removeNode(this.name);
  }

  #advertise<M>(topic: string, type: string, qos: Qos): TopicPublisher<M> {
    const port = this.graph.advertise(this.name, topic, type, qos);
    const { deadlineS } = qos;
    const late = (): void =>
      this.log("warn", `said nothing on ${topic} for ${deadlineS} s, though it promised to`);
    const watch = deadlineS === undefined ? undefined : this.#watchDeadline(deadlineS, late);
    if (watch) this.#onDestroy(() => watch.stop());
    return {
      publish: (message) => {
        watch?.seen();
        port.publish(message);
      },
      subscriptionCount: () => port.subscriptionCount(),
    };
  }

  #mayUse(what: "publishes" | "subscribes", name: string): void {
    const { declares } = this.#options;
    if (declares && !declares[what]?.includes(name))
      throw new CellistError("graph-name-invalid", `${this.name} does not declare that it ${what} ${name}`);
  }

  #onDestroy(stop: () => void): () => void {
    this.#stops.push(stop);
    return () => {
      const at = this.#stops.indexOf(stop);
      if (at >= 0) this.#stops.splice(at, 1);
      stop();
    };
  }

  #simulatedClock(): NodeClock {
    const clock = new SimulatedNodeClock();
    const { type, qos } = topicFacts("clock");
    this.subscribeTo("/clock", type as "rosgraph_msgs/msg/Clock", qos, (message) =>
      clock.set(nanoseconds(message.clock)),
    );
    return clock;
  }

  #watchDeadline(deadlineS: number, onMissed: () => void) {
    let seen = true;
    let silent = false;
    const stop = this.clock.every(deadlineS, () => {
      if (!seen && !silent) onMissed();
      silent = !seen;
      seen = false;
    });
    return { seen: () => void (seen = true), stop };
  }
}

async function withTimeout<T>(answer: Promise<T>, name: string, timeoutS: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const why = new CellistError("service-timeout", `${name} did not answer within ${timeoutS} s`);
    timer = setTimeout(() => reject(why), timeoutS * 1000);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
