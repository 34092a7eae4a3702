import { CellistError } from "../../errors.ts";
import type { Qos } from "../qos.ts";
import { Encoders } from "./message-codec.ts";
import { Served } from "./served.ts";
import {
  topicConflict,
  type Endpoint,
  type GraphSnapshot,
  type Handler,
  type Listener,
  type MessageFacts,
  type NodeEntry,
  type Publisher,
} from "./endpoint.ts";
import type { GraphEvents } from "./graph-events.ts";
import type { Uplink } from "./uplink.ts";

interface LocalPublisher {
  readonly endpoint: Endpoint & { readonly qos: Qos };
  readonly retained: { readonly message: unknown; readonly cdr: Uint8Array }[];
  matched: readonly LocalSubscription[];
}
interface LocalSubscription {
  readonly endpoint: Endpoint & { readonly qos: Qos };
  readonly listener: Listener;
  closed: boolean;
}
interface Delivery {
  readonly to: readonly LocalSubscription[];
  readonly message: unknown;
  readonly facts: MessageFacts;
  readonly publisher?: LocalPublisher;
}

let graphs = 0;

/**
 * A ROS graph inside one process: topics with quality of service, services, discovery.
 *
 * Order is a promise, because lock-step runs must repeat bit for bit: subscriptions hear a message in the order in which
 * they were made, at once, and a message published from inside a callback waits until the one before it reached everybody.
 * Every message is checked against its type when it is published, by being encoded: the recorder takes those bytes.
 */
export class EmbeddedGraph {
  readonly place: string;
  readonly #events: GraphEvents;
  readonly #id: string;
  readonly #nodes = new Set<string>();
  readonly #publishers = new Set<LocalPublisher>();
  readonly #subscriptions = new Set<LocalSubscription>();
  readonly #served: Served;
  readonly #waiting: Delivery[] = [];
  readonly #outer = new Encoders();
  readonly #nested = new Encoders();
  readonly #told = new Set<string>();
  #count = 0;
  #delivering = false;
  #uplink: Uplink | undefined;

  /** @param place how this process or thread is called in introspection */
  constructor(events: GraphEvents = {}, place = "main") {
    this.#events = events;
    this.#served = new Served(events.onNodeError);
    this.place = place;
    this.#id = `${place}.${process.pid}.${++graphs}`;
  }

  /** @throws CellistError `graph-name-taken` */
  addNode(name: string): void {
    if (this.#nodes.has(name) || this.#uplink?.snapshot().nodes.some((node) => node.name === name))
      throw new CellistError("graph-name-taken", `there is already a node ${name} on this graph`);
    this.#nodes.add(name);
    this.#uplink?.changed();
  }

  /** Takes a node with everything it has off the graph. */
  removeNode(name: string): void {
    const its = ({ endpoint }: { readonly endpoint: Endpoint }): boolean => endpoint.node === name;
    for (const publisher of [...this.#publishers].filter(its)) this.#publishers.delete(publisher);
    for (const subscription of [...this.#subscriptions].filter(its)) this.#dropSubscription(subscription);
    this.#served.removeNode(name);
    this.#nodes.delete(name);
    this.#rematch();
  }

  /** A node's own work failed outside a callback. */
  nodeFailed(node: string, error: unknown): void {
    if (!this.#events.onNodeError) throw error;
    this.#events.onNodeError(node, error);
  }

  /** Says something of a node to who listens for it. */
  remark(node: string, sentence: string): void {
    this.#events.onRemark?.(node, sentence);
  }

  advertise(node: string, topic: string, type: string, qos: Qos): Publisher {
    const endpoint = { id: this.#nextId(), kind: "publisher", node, name: topic, type, qos } as const;
    const publisher: LocalPublisher = { endpoint, retained: [], matched: [] };
    this.#publishers.add(publisher);
    this.#rematch(topic);
    return {
      publish: (message) => this.#publish(publisher, message),
      subscriptionCount: () => publisher.matched.length + this.#remoteSubscriptions(endpoint),
      close: () => {
        this.#publishers.delete(publisher);
        this.#rematch(topic);
      },
    };
  }

  /** @returns stops the subscription */
  subscribe(
    node: string,
    topic: string,
    type: string,
    qos: Qos,
    listener: Listener,
    marks: Pick<Endpoint, "relay"> = {},
  ): () => void {
    const endpoint = {
      id: this.#nextId(),
      kind: "subscription",
      node,
      name: topic,
      type,
      qos,
      ...marks,
    } as const;
    const subscription: LocalSubscription = { endpoint, listener, closed: false };
    this.#subscriptions.add(subscription);
    this.#rematch(topic);
    if (qos.durability === "transient_local") this.#deliverRetained(subscription);
    return () => {
      this.#dropSubscription(subscription);
      this.#rematch(topic);
    };
  }

  /** @returns stops serving. @throws CellistError `graph-name-taken` */
  serve(node: string, name: string, type: string, handler: Handler): () => void {
    const endpoint = { id: this.#nextId(), kind: "server", node, name, type } as const;
    this.#served.add(endpoint, handler);
    this.#uplink?.changed();
    return () => {
      if (this.#served.remove(endpoint)) this.#uplink?.changed();
    };
  }

  /**
   * Asks a service, here or elsewhere.
   *
   * @param request an object, or CDR bytes
   * @throws CellistError `service-missing`, `message-invalid`, `service-failed` with the server's own sentence
   */
  async call(name: string, type: string, request: unknown): Promise<unknown> {
    if (this.#served.has(name)) return this.#served.call(name, type, request);
    const answer = this.#uplink?.call(name, type, this.#served.encodeRequest(name, type, request));
    if (answer) return answer;
    throw new CellistError("service-missing", `no node serves ${name}`, { service: name });
  }

  /** Everything in this process. */
  localSnapshot(): GraphSnapshot {
    return {
      nodes: [...this.#nodes].map((name): NodeEntry => ({ name, place: this.place })),
      endpoints: [
        ...[...this.#publishers, ...this.#subscriptions].map(({ endpoint }) => endpoint),
        ...this.#served.endpoints,
      ],
    };
  }

  /** Everything on the graph. */
  snapshot(): GraphSnapshot {
    const [here, there] = [this.localSnapshot(), this.#uplink?.snapshot()];
    return {
      nodes: [...here.nodes, ...(there?.nodes ?? [])],
      endpoints: [...here.endpoints, ...(there?.endpoints ?? [])],
    };
  }

  /** Connects this process with the rest of a graph. Once. */
  setUplink(uplink: Uplink): void {
    this.#uplink = uplink;
    uplink.changed();
  }

  /**
   * A message from elsewhere, for the subscriptions here.
   *
   * @param decode asked only where somebody listens; undefined: what came is no message, and nobody hears it
   * @param to one of the subscriptions, otherwise all that match
   */
  deliverFrom(publisher: Endpoint, decode: () => unknown, cdr: Uint8Array, to?: string): void {
    const subscriptions = [...this.#subscriptions].filter(
      ({ endpoint }) => (to === undefined || endpoint.id === to) && this.#fits(publisher, endpoint),
    );
    if (subscriptions.length === 0) return;
    const { name, type, node } = publisher;
    const facts = { topic: name, type, node, retained: to !== undefined, cdr };
    const message = decode();
    if (message !== undefined) this.#deliver({ to: subscriptions, message, facts });
  }

  /** What transient local publishers here keep for a subscription elsewhere. */
  retainedFor(subscription: Endpoint): readonly { readonly publisher: Endpoint; readonly cdr: Uint8Array }[] {
    return [...this.#publishers]
      .filter(({ endpoint }) => this.#fits(endpoint, subscription))
      .flatMap(({ endpoint, retained }) => retained.map(({ cdr }) => ({ publisher: endpoint, cdr })));
  }

  #publish(publisher: LocalPublisher, message: unknown): void {
    const { endpoint, retained } = publisher;
    const { name, type, node, qos } = endpoint;
    // A message that has to wait keeps bytes of its own: the encoder is used again before its turn comes.
    const cdr = this.#delivering
      ? this.#nested.encode(type, message, `message on ${name}`).slice()
      : this.#outer.encode(type, message, `message on ${name}`);
    if (qos.durability === "transient_local") {
      retained.push({ message, cdr: cdr.slice() });
      if (retained.length > qos.depth) retained.shift();
    }
    const facts = { topic: name, type, node, retained: false, cdr };
    this.#deliver({ to: publisher.matched, message, facts, publisher });
  }

  #deliver(delivery: Delivery): void {
    this.#waiting.push(delivery);
    if (this.#delivering) return;
    const errors: unknown[] = [];
    this.#delivering = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#hear(next, errors);
    this.#delivering = false;
    if (errors.length > 0) throw errors[0];
  }

  #hear({ to, message, facts, publisher }: Delivery, errors: unknown[]): void {
    for (const subscription of to) {
      if (subscription.closed) continue;
      try {
        subscription.listener(message, facts);
      } catch (error) {
        if (this.#events.onNodeError) this.#events.onNodeError(subscription.endpoint.node, error);
        else errors.push(error);
      }
    }
    if (publisher) this.#uplink?.published(publisher.endpoint, facts.cdr);
  }

  #deliverRetained(subscription: LocalSubscription): void {
    for (const { endpoint, retained } of [...this.#publishers]) {
      if (!this.#fits(endpoint, subscription.endpoint)) continue;
      const { name: topic, type, node } = endpoint;
      for (const { message, cdr } of [...retained])
        this.#deliver({ to: [subscription], message, facts: { topic, type, node, retained: true, cdr } });
    }
  }

  #dropSubscription(subscription: LocalSubscription): void {
    subscription.closed = true;
    this.#subscriptions.delete(subscription);
  }

  /** Finds again who hears whom. @param topic undefined = all */
  #rematch(topic?: string): void {
    for (const publisher of this.#publishers) {
      if (topic !== undefined && publisher.endpoint.name !== topic) continue;
      publisher.matched = [...this.#subscriptions].filter(({ endpoint }) =>
        this.#fits(publisher.endpoint, endpoint),
      );
    }
    this.#uplink?.changed();
  }

  /** Whether a subscription hears a publisher; says once why not where only type or quality of service stand between. */
  #fits(publisher: Endpoint, subscription: Endpoint): boolean {
    if (subscription.kind !== "subscription" || publisher.name !== subscription.name) return false;
    const conflict = topicConflict(publisher, subscription);
    if (conflict === undefined) return true;
    const key = `${publisher.id} ${subscription.id}`;
    if (!this.#told.has(key)) {
      this.#told.add(key);
      const sentence = `${subscription.node} does not hear ${publisher.name} of ${publisher.node}: ${conflict}`;
      this.#events.onRemark?.(subscription.node, sentence);
    }
    return false;
  }

  #remoteSubscriptions(publisher: Endpoint): number {
    const there = this.#uplink?.snapshot().endpoints ?? [];
    return there.filter(
      (endpoint) => endpoint.kind === "subscription" && !endpoint.relay && this.#fits(publisher, endpoint),
    ).length;
  }

  #nextId(): string {
    return `${this.#id}/${++this.#count}`;
  }
}
