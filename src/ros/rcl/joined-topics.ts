import type { Endpoint, Publisher } from "../graph/endpoint.ts";
import { decodeCdr } from "../graph/message-codec.ts";
import { qosConflict, type Qos } from "../qos.ts";
import { attempt, guarded, isOfAction, type BothGraphs, type BridgeSides } from "./bridge-sides.ts";
import { earsFor, type Ear } from "./ears.ts";
import { Kept } from "./kept.ts";
import type { RclMessageInfo, RclPublisher } from "./rclnodejs-port.ts";
import { rclQos } from "./rcl-qos.ts";
import { gidText } from "./read-ros-graph.ts";

export type TopicEndpoint = Endpoint & { readonly qos: Qos };

/** A message whose sender was not seen on ROS 2 yet: latched ones come faster than news of who sent them. */
interface Unplaced {
  readonly sender: string;
  readonly message: unknown;
  tries: number;
}
const MOST_UNPLACED = 1000;
const MOST_TRIES = 10;

/**
 * Topics of both sides. Ours are all offered on ROS 2; their messages go over as the bytes that they are, and only where
 * somebody listens. Of ROS 2, a topic is heard once, and only while somebody here listens and somebody there speaks.
 */
export class JoinedTopics {
  readonly #sides: BridgeSides;
  readonly #mouths = new Map<string, RclPublisher>();
  readonly #speakers = new Map<string, Publisher>();
  readonly #unplaced: Unplaced[] = [];
  readonly #offered = new Kept((endpoint: TopicEndpoint) => this.#offer(endpoint));
  readonly #relayed = new Kept((endpoint: TopicEndpoint) => this.#relay(endpoint));
  readonly #shown = new Kept((endpoint: TopicEndpoint) => this.#show(endpoint));
  readonly #heard = new Kept((ear: Ear) => this.#hear(ear));
  readonly #ears = new Set<Ear>();
  #ours: ReadonlySet<string> = new Set();

  constructor(sides: BridgeSides) {
    this.#sides = sides;
  }

  /** Brings both sides up to date with each other. */
  keep({ ours, ros }: BothGraphs): void {
    this.#ours = ros.ownPublishers;
    const here = topicsOf(ours.endpoints);
    const there = topicsOf(ros.endpoints);
    const spoken = here.filter(({ kind }) => kind === "publisher");
    this.#offered.keep(byId(spoken));
    const listening = there.filter(({ kind }) => kind === "subscription");
    for (const { name, node, qos } of listening)
      if (qos.deadlineS !== undefined && spoken.some((speaker) => speaker.name === name))
        this.#sides.complain(
          `${node} on ROS 2 does not hear ${name}: it asks for a deadline, and rclnodejs can offer none`,
        );
    const ready = listening.filter((listener) => this.#isReached(listener, spoken, listening));
    const relayed = spoken.filter(
      ({ name, qos }) => qos.durability === "transient_local" || ready.some((one) => one.name === name),
    );
    this.#relayed.keep(new Map(relayed.map((one) => [`${one.name} ${one.qos.durability}`, one])));
    this.#shown.keep(byId([...there.filter(({ kind }) => kind === "publisher"), ...ready]));
    this.#heard.keep(earsFor(here, there));
    for (const one of this.#unplaced.splice(0)) this.#place(one);
  }

  /** A publisher of ours, on ROS 2. */
  #offer({ node, name, type, qos }: TopicEndpoint): () => void {
    const rclNode = this.#sides.nodeOf(node);
    const made = attempt(this.#sides, `${name} of ${node} is not offered on ROS 2`, () =>
      rclNode.createPublisher(type, name, { qos: rclQos(this.#sides.rcl, qos) }),
    );
    if (!made) return () => undefined;
    this.#mouths.set(`${node} ${name}`, made);
    return () => {
      this.#mouths.delete(`${node} ${name}`);
      attempt(this.#sides, name, () => rclNode.destroyPublisher(made));
    };
  }

  /** Takes the messages of our publishers over, each under the node that said it. */
  #relay({ name, type, qos: { durability } }: TopicEndpoint): () => void {
    const asked = { reliability: "best_effort", durability, depth: 1000 } as const;
    const { graph, name: bridge } = this.#sides;
    const take = guarded(this.#sides, name, (_: unknown, facts: { node: string; cdr: Uint8Array }) =>
      this.#mouths.get(`${facts.node} ${name}`)?.publish(Buffer.from(facts.cdr)),
    );
    return graph.subscribe(bridge, name, type, asked, take, { relay: true });
  }

  /** An end of a topic on ROS 2, shown here. What a listener there hears is the relay's matter. */
  #show({ id, kind, node, name, type, qos }: TopicEndpoint): () => void {
    const { graph } = this.#sides;
    if (kind === "subscription") return graph.subscribe(node, name, type, qos, () => undefined);
    const speaker = graph.advertise(node, name, type, qos);
    this.#speakers.set(id, speaker);
    return () => {
      this.#speakers.delete(id);
      speaker.close();
    };
  }

  #hear(ear: Ear): () => void {
    const { topic, type, qos, node, speaker } = ear;
    const rclNode = this.#sides.nodeOf(node);
    const what = `a message on ${topic} from ROS 2 was dropped`;
    const options = { qos: rclQos(this.#sides.rcl, qos), isRaw: speaker !== undefined };
    const bytes = guarded(this.#sides, what, (cdr: Buffer) =>
      this.#place({ sender: speaker!, message: decodeCdr(type, cdr), tries: 0 }),
    );
    const message = guarded(this.#sides, what, (said: object, info: RclMessageInfo) =>
      this.#place({ sender: gidText(info.publisherGid), message: said, tries: 0 }),
    );
    // rclnodejs tells who sent a message only to a function that is declared with two parameters.
    const callback =
      speaker !== undefined
        ? (cdr: Buffer) => bytes(cdr)
        : (said: object, info: RclMessageInfo) => message(said, info);
    const made = attempt(this.#sides, `${topic} is not heard from ROS 2`, () =>
      rclNode.createSubscription(type, topic, options, callback as never),
    );
    if (!made) return () => undefined;
    this.#ears.add(ear);
    return () => {
      this.#ears.delete(ear);
      attempt(this.#sides, topic, () => rclNode.destroySubscription(made));
    };
  }

  /** Hands a message on under its sender's name; what this bridge itself has sent comes back and is not heard again. */
  #place(one: Unplaced): void {
    if (this.#ours.has(one.sender)) return;
    const speaker = this.#speakers.get(one.sender);
    if (speaker) attempt(this.#sides, "a message from ROS 2 was dropped", () => speaker.publish(one.message));
    else if (one.tries++ < MOST_TRIES && this.#unplaced.length < MOST_UNPLACED) this.#unplaced.push(one);
  }

  /** Whether what our publishers say reaches a listener on ROS 2 already: it is matched with all that fit. */
  #isReached(
    listener: TopicEndpoint,
    spoken: readonly TopicEndpoint[],
    listening: readonly TopicEndpoint[],
  ): boolean {
    return spoken
      .filter((speaker) => fits(speaker, listener))
      .every((speaker) => {
        const mouth = this.#mouths.get(`${speaker.node} ${speaker.name}`);
        const theirs = listening.filter((one) => fits(speaker, one)).length;
        const ownEar = [...this.#ears].filter(
          ({ topic, qos }) => topic === speaker.name && qosConflict(speaker.qos, qos) === undefined,
        ).length;
        return !mouth || mouth.subscriptionCount >= theirs + ownEar;
      });
  }
}

const topicsOf = (endpoints: readonly Endpoint[]): TopicEndpoint[] =>
  endpoints.filter(
    (endpoint): endpoint is TopicEndpoint => endpoint.qos !== undefined && !isOfAction(endpoint),
  );

const byId = (endpoints: readonly TopicEndpoint[]): ReadonlyMap<string, TopicEndpoint> =>
  new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));

/** Whether a listener on ROS 2 hears one of our publishers there: what it promises is not offered there (`rclQos`). */
function fits(speaker: TopicEndpoint, listener: TopicEndpoint): boolean {
  const offered = { ...speaker.qos, deadlineS: Infinity };
  const isSame = speaker.name === listener.name && speaker.type === listener.type;
  return isSame && qosConflict(offered, listener.qos) === undefined;
}
