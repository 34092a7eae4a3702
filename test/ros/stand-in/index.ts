/**
 * A stand-in for rclnodejs 2.2.0 where no ROS 2 is: the part of it that the bridge uses, with its habits (a throw in a
 * callback aborts the process; who sent a message is told only to a function with two parameters; a publisher hears
 * itself; of a typed array it sends what stands at the beginning of the memory behind it), over sockets of this machine instead of DDS. It proves the bridge, not rclnodejs.
 */
import { decodeCdr } from "../../../src/ros/graph/message-codec.ts";
import { actionClasses } from "./actions.ts";
import { BusEnd, type Said } from "./bus.ts";

interface Qos {
  readonly depth: number;
  readonly reliability: number;
  readonly durability: number;
}
/** Something of a node that others can see. */
interface Entity {
  readonly id: string;
  readonly owner: string;
  readonly kind: "node" | "publisher" | "subscription" | "service";
  readonly node: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly qos?: Qos;
}
type Callback = (...args: never[]) => unknown;

const seen = new Map<string, Entity>();
const mine = new Map<
  string,
  { readonly entity: Entity; readonly hear?: Callback; readonly raw?: boolean; readonly history: Buffer[] }
>();
const asked = new Map<string, (answer: object) => void>();
let bus: BusEnd;
let ids = 0;

/** What rclnodejs does with an error in a callback: nobody can catch it. */
function abortingOnThrow(work: () => void): void {
  try {
    work();
  } catch (error) {
    console.error(
      `terminate called after throwing an instance of 'Napi::Error': ${(error as Error).message}`,
    );
    process.abort();
  }
}

const fits = (speaker: Entity, listener: Entity): boolean =>
  speaker.name === listener.name &&
  speaker.type === listener.type &&
  !(speaker.qos!.reliability === 2 && listener.qos!.reliability === 1) &&
  !(speaker.qos!.durability === 2 && listener.qos!.durability === 1);

function hear(said: Said): void {
  if (said.op === "hello") for (const { entity } of mine.values()) bus.say("here", { entity });
  if (said.op === "here") meet(said["entity"] as Entity);
  if (said.op === "gone") seen.delete(said["id"] as string);
  if (said.op === "left") for (const [id, { owner }] of seen) if (owner === said.from) seen.delete(id);
  if (said.op === "message") receive(said);
  if (said.op === "request") serve(said);
  if (said.op === "response") {
    const answer = asked.get(said["call"] as string);
    asked.delete(said["call"] as string);
    abortingOnThrow(() => answer?.(said["body"] as object));
  }
}

/** Latched messages go to whoever comes late and asks for them. */
function meet(entity: Entity): void {
  if (seen.has(entity.id)) return;
  seen.set(entity.id, entity);
  if (entity.kind !== "subscription" || entity.qos!.durability !== 1) return;
  for (const { entity: speaker, history } of mine.values())
    if (speaker.kind === "publisher" && speaker.qos!.durability === 1 && fits(speaker, entity))
      for (const cdr of history) bus.say("message", { speaker, cdr, to: [entity.id] });
}

function receive({ speaker, cdr, to }: Said): void {
  for (const { entity, hear: callback, raw } of [...mine.values()]) {
    if (
      entity.kind !== "subscription" ||
      !fits(speaker as Entity, entity) ||
      !(to as string[]).includes(entity.id)
    )
      continue;
    const bytes = Buffer.from(cdr as Uint8Array);
    const info = { publisherGid: Buffer.from((speaker as Entity).id) };
    const call = callback as (message: unknown, info?: object) => void;
    abortingOnThrow(() => {
      if (raw) call(bytes);
      else if (call.length >= 2) call(decodeCdr(entity.type, bytes), info);
      else call(decodeCdr(entity.type, bytes));
    });
  }
}

function serve({ service, call, body }: Said): void {
  const found = [...mine.values()].find(({ entity }) => entity.kind === "service" && entity.name === service);
  if (!found) return;
  const send = (answer: object): void => bus.say("response", { call, body: fromStartOfMemory(answer) });
  abortingOnThrow(() =>
    (found.hear as (request: object, response: object) => void)(body as object, { send }),
  );
}

function add(entity: Omit<Entity, "id" | "owner">, more: { hear?: Callback; raw?: boolean } = {}): string {
  const id = `${bus.name}/${++ids}`;
  const whole = { ...entity, id, owner: bus.name };
  mine.set(id, { entity: whole, history: [], ...more });
  bus.say("here", { entity: whole });
  return id;
}

function remove(id: string): void {
  mine.delete(id);
  bus.say("gone", { id });
}

class QoS implements Qos {
  readonly depth: number;
  readonly reliability: number;
  readonly durability: number;

  constructor(_history: number, depth: number, reliability: number, durability: number) {
    this.depth = depth;
    this.reliability = reliability;
    this.durability = durability;
  }
}

class NodeOptions {}

/** What rclnodejs makes of rows of numbers: `Buffer.from(new Uint8Array(values.buffer))`, and as many of them as there are values. */
function fromStartOfMemory(value: unknown): unknown {
  if (ArrayBuffer.isView(value))
    return Array.from(
      new (value.constructor as typeof Uint8Array)(
        value.buffer as ArrayBuffer,
        0,
        (value as Uint8Array).length,
      ),
    );
  if (Array.isArray(value)) return value.map(fromStartOfMemory);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, fromStartOfMemory(inside)]));
}

const ask = (service: string, request: object): Promise<object> =>
  new Promise((resolve) => {
    const call = `${bus.name} ${++ids}`;
    asked.set(call, resolve);
    bus.say("request", { service, call, body: fromStartOfMemory(request) });
  });

class Node {
  readonly #own = new Set<string>();
  readonly name: string;
  readonly namespace: string;

  constructor(name: string, namespace: string) {
    this.name = name;
    this.namespace = namespace;
    this.#add("node", "", "", undefined);
  }

  spin(): void {
    /* the bus calls by itself */
  }

  destroy(): void {
    this.#own.forEach(remove);
  }

  createPublisher(type: string, topic: string, { qos }: { qos: Qos }) {
    const id = this.#add("publisher", topic, type, qos);
    const { entity, history } = mine.get(id)!;
    const matched = (): string[] =>
      [...seen.values()]
        .filter((other) => other.kind === "subscription" && fits(entity, other))
        .map((other) => other.id);
    return {
      id,
      publish(cdr: Buffer) {
        if (!Buffer.isBuffer(cdr)) throw new Error("the bridge publishes bytes only");
        history.push(cdr);
        if (history.length > qos.depth) history.shift();
        // Only whoever is matched by now hears it; a latched one is told to others when they are.
        bus.say("message", { speaker: entity, cdr, to: matched() });
      },
      get subscriptionCount() {
        return matched().length;
      },
    };
  }

  createSubscription(
    type: string,
    topic: string,
    { qos, isRaw }: { qos: Qos; isRaw: boolean },
    callback: Callback,
  ) {
    return { id: this.#add("subscription", topic, type, qos, { hear: callback, raw: isRaw }) };
  }

  createService(type: string, name: string, _options: object, callback: Callback) {
    return { id: this.#add("service", name, type, undefined, { hear: callback }) };
  }

  createClient(_type: string, name: string) {
    return {
      id: "",
      sendRequest: (request: object, callback: (answer: object) => void) =>
        void ask(name, request).then(callback),
    };
  }

  readonly #drop = ({ id }: { id: string }): void => {
    this.#own.delete(id);
    remove(id);
  };
  readonly destroyPublisher = this.#drop;
  readonly destroySubscription = this.#drop;
  readonly destroyService = this.#drop;
  readonly destroyClient = (): void => undefined;

  getNodeNamesAndNamespaces() {
    return all("node").map(({ node: name, namespace }) => ({ name, namespace }));
  }

  getTopicNamesAndTypes() {
    const topics = new Map(
      [...all("publisher"), ...all("subscription")].map(({ name, type }) => [name, type]),
    );
    return [...topics].map(([name, type]) => ({ name, types: [type] }));
  }

  getServiceNamesAndTypesByNode(node: string, namespace: string) {
    return all("service")
      .filter((service) => service.node === node && service.namespace === namespace)
      .map(({ name, type }) => ({ name, types: [type] }));
  }

  getPublishersInfoByTopic(topic: string) {
    return infos("publisher", topic);
  }

  getSubscriptionsInfoByTopic(topic: string) {
    return infos("subscription", topic);
  }

  #add(kind: Entity["kind"], name: string, type: string, qos: Qos | undefined, more = {}): string {
    const id = add(
      { kind, node: this.name, namespace: this.namespace, name, type, ...(qos && { qos }) },
      more,
    );
    this.#own.add(id);
    return id;
  }
}

const all = (kind: Entity["kind"]): Entity[] => [...seen.values()].filter((entity) => entity.kind === kind);

const infos = (kind: Entity["kind"], topic: string) =>
  all(kind)
    .filter(({ name }) => name === topic)
    .map(({ id, node, namespace, type, qos }) => ({
      node_name: node,
      node_namespace: namespace,
      topic_type: type,
      endpoint_gid: Buffer.from(id),
      qos_profile: qos,
    }));

export default {
  init: (): Promise<void> => {
    bus = new BusEnd(process.env["STAND_IN_BUS"]!, hear);
    bus.say("hello");
    return Promise.resolve();
  },
  shutdown: (): void => bus.close(),
  Node,
  NodeOptions,
  QoS,
  ...actionClasses(ask),
};
