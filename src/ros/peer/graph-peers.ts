import { CellistError, type ErrorCode } from "../../errors.ts";
import type { EmbeddedGraph } from "../graph/embedded-graph.ts";
import type { Uplink } from "../graph/uplink.ts";
import type { Endpoint, GraphSnapshot } from "../graph/endpoint.ts";
import { decodeCdr, Encoders } from "../graph/message-codec.ts";
import { qosConflict, type Qos } from "../qos.ts";
import { NO_BODY, type Frame, type FrameHead } from "./frame.ts";
import { Outbox } from "./outbox.ts";
import type { PeerLink } from "./peer-link.ts";

const NOTHING: GraphSnapshot = { nodes: [], endpoints: [] };

interface Waiting {
  readonly name: string;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (why: CellistError) => void;
}

/** One other part of the graph. */
interface Peer {
  readonly link: PeerLink;
  readonly outbox: Outbox;
  readonly waiting: Map<number, Waiting>;
  /** Everything that is reached through it. */
  snapshot: GraphSnapshot;
  subscriptions: ReadonlyMap<string, readonly Endpoint[]>;
  /** What it was told of this side is out of date. */
  stale: boolean;
}

/**
 * The rest of a graph: other threads and processes, each reached through one link, in the form of a star. What comes from
 * one peer is handed on to the others, so that the middle makes one graph of all.
 */
export class GraphPeers implements Uplink {
  readonly #graph: EmbeddedGraph;
  readonly #peers = new Set<Peer>();
  readonly #encoders = new Encoders();
  readonly #changes: (() => void)[] = [];
  /** Publishers elsewhere that have sent what is no message of their type. */
  readonly #undecodable = new Set<string>();
  #calls = 0;
  #telling = false;

  /** Makes itself the graph's uplink. */
  constructor(graph: EmbeddedGraph) {
    this.#graph = graph;
    graph.setUplink(this);
  }

  /** Connects one more part. @param onGone called when it has left, with the nodes that it took along */
  add(link: PeerLink, onGone?: (nodes: readonly string[]) => void): void {
    const peer: Peer = {
      link,
      outbox: new Outbox(link, (publisher, count) => this.#dropped(peer, publisher, count)),
      waiting: new Map(),
      snapshot: NOTHING,
      subscriptions: new Map(),
      stale: true,
    };
    this.#peers.add(peer);
    link.onFrame((frame) => this.#receive(peer, frame));
    link.onClosed((broken) => {
      this.#peers.delete(peer);
      if (broken !== undefined) {
        const { name = "a peer that never said what it is", place } = peer.snapshot.nodes[0] ?? {};
        this.#graph.remark(name, `${place ?? "its part of the graph"} was cut off: ${broken}`);
      }
      for (const { reject } of peer.waiting.values())
        reject(new CellistError("graph-unreachable", "the part of the graph that was asked has gone"));
      this.#othersChanged(peer);
      onGone?.(peer.snapshot.nodes.map(({ name }) => name));
    });
    this.#tell(peer);
  }

  /** Called whenever something came or went elsewhere. @returns stops it */
  onChange(listener: () => void): () => void {
    this.#changes.push(listener);
    return () => void this.#changes.splice(this.#changes.indexOf(listener), 1);
  }

  close(): void {
    for (const { link } of this.#peers) link.close();
  }

  published(publisher: Endpoint & { readonly qos: Qos }, cdr: Uint8Array): void {
    for (const peer of this.#peers) this.#pass(peer, publisher, cdr);
  }

  changed(): void {
    for (const peer of this.#peers) peer.stale = true;
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      for (const peer of this.#peers) this.#tell(peer);
    });
  }

  call(name: string, type: string, request: Uint8Array): Promise<unknown> | undefined {
    const peer = [...this.#peers].find(({ snapshot }) => serves(snapshot, name, type));
    if (!peer) return undefined;
    this.#tell(peer);
    const call = ++this.#calls;
    return new Promise((resolve, reject) => {
      peer.waiting.set(call, { name, resolve, reject });
      peer.outbox.send({ head: { op: "call", call, name, type }, body: request });
    });
  }

  snapshot(): GraphSnapshot {
    return this.#seenBy(undefined);
  }

  #receive(peer: Peer, { head, body }: Frame): void {
    switch (head.op) {
      case "graph":
        return this.#learn(peer, head.snapshot);
      case "message":
        return this.#hear(peer, head, body);
      case "call":
        return void this.#answer(peer, head, body);
      case "answer":
        return answered(peer, head, body);
    }
  }

  #learn(peer: Peer, snapshot: GraphSnapshot): void {
    const before = new Set(peer.snapshot.endpoints.map(({ id }) => id));
    peer.snapshot = snapshot;
    peer.subscriptions = byTopic(snapshot);
    this.#othersChanged(peer);
    const late = snapshot.endpoints.filter(
      ({ id, kind, qos }) =>
        kind === "subscription" && qos?.durability === "transient_local" && !before.has(id),
    );
    for (const subscription of late)
      for (const { publisher, cdr } of this.#graph.retainedFor(subscription)) {
        this.#tell(peer);
        peer.outbox.send({
          head: { op: "message", publisher: publisher.id, to: subscription.id },
          body: cdr,
        });
      }
  }

  #hear(peer: Peer, head: FrameHead & { op: "message" }, body: Uint8Array): void {
    const publisher = peer.snapshot.endpoints.find(({ id }) => id === head.publisher);
    if (!publisher?.qos) return; // it left while its message was on the way
    this.#graph.deliverFrom(publisher, () => this.#decoded(peer, publisher, body), body, head.to);
    for (const other of this.#peers) {
      if (other === peer) continue;
      if (head.to === undefined) this.#pass(other, publisher as Endpoint & { qos: Qos }, body);
      else if (other.snapshot.endpoints.some(({ id }) => id === head.to)) {
        this.#tell(other);
        other.outbox.send({ head, body });
      }
    }
  }

  /** What a peer says is not to be trusted to be what it says: once for each publisher it is told, and nobody hears it. */
  #decoded(peer: Peer, { id, node, name, type }: Endpoint, body: Uint8Array): unknown {
    try {
      return decodeCdr(type, body);
    } catch (cause) {
      if (!this.#undecodable.has(id)) {
        const place = peer.snapshot.nodes.find((entry) => entry.name === node)?.place ?? "elsewhere";
        const why = `${(cause as Error).message}; it and whatever else is none is dropped`;
        this.#graph.remark(node, `what came on ${name} from ${place} is no ${type}: ${why}`);
      }
      this.#undecodable.add(id);
      return undefined;
    }
  }

  async #answer(
    peer: Peer,
    { call, name, type }: FrameHead & { op: "call" },
    body: Uint8Array,
  ): Promise<void> {
    try {
      const answer = await this.#graph.call(name, type, requestOf(name, type, body));
      const bytes = this.#encoders.encode(`${type}_Response`, answer, `answer of ${name}`).slice();
      peer.outbox.send({ head: { op: "answer", call, type }, body: bytes });
    } catch (cause) {
      const { message } = cause as Error;
      const code = cause instanceof CellistError ? cause.code : "service-failed";
      peer.outbox.send({ head: { op: "answer", call, type, error: { code, message } }, body: NO_BODY });
    }
  }

  /** Sends a message to a peer if somebody there listens. */
  #pass(peer: Peer, publisher: Endpoint & { readonly qos: Qos }, cdr: Uint8Array): void {
    const depth = deepest(publisher, peer.subscriptions.get(publisher.name) ?? []);
    if (depth === 0) return;
    this.#tell(peer);
    const frame = { head: { op: "message", publisher: publisher.id }, body: cdr.slice() } as const;
    peer.outbox.sendMessage(frame, depth);
  }

  /** A best effort publisher promised nothing; of any other it is told what did not get through. */
  #dropped(peer: Peer, publisher: string, count: number): void {
    const endpoints = [...this.#graph.localSnapshot().endpoints, ...this.#seenBy(peer).endpoints];
    const from = endpoints.find(({ id }) => id === publisher);
    if (from?.qos?.reliability !== "reliable") return;
    const where = peer.snapshot.nodes[0]?.place ?? "a part of the graph";
    const depth =
      deepest({ ...from, qos: from.qos }, peer.subscriptions.get(from.name) ?? []) || from.qos.depth;
    this.#graph.remark(
      from.node,
      `${count} messages on ${from.name} did not reach ${where}: it is slower than they come, and no more than ${depth} wait`,
    );
  }

  /** Brings a peer up to date with this side, before it hears anything that builds on it. */
  #tell(peer: Peer): void {
    if (!peer.stale) return;
    peer.stale = false;
    peer.outbox.send({
      head: { op: "graph", snapshot: merged(this.#graph.localSnapshot(), this.#seenBy(peer)) },
      body: NO_BODY,
    });
  }

  #othersChanged(peer: Peer): void {
    const fresh = !peer.stale;
    this.changed();
    if (fresh) peer.stale = false; // its own things are no news to itself
    for (const listener of [...this.#changes]) listener();
  }

  /** Everything elsewhere, leaving one peer's own things out. */
  #seenBy(without: Peer | undefined): GraphSnapshot {
    return [...this.#peers]
      .filter((peer) => peer !== without)
      .reduce((sum, { snapshot }) => merged(sum, snapshot), NOTHING);
  }
}

/** How many messages of a publisher those who hear it want kept, and it keeps; 0: none hears it. */
function deepest(
  { type, qos: offered }: Endpoint & { readonly qos: Qos },
  subscriptions: readonly Endpoint[],
): number {
  let most = 0;
  for (const { type: wanted, qos } of subscriptions)
    if (wanted === type && qosConflict(offered, qos!) === undefined) most = Math.max(most, qos!.depth);
  return Math.min(most, offered.depth);
}

const merged = (a: GraphSnapshot, b: GraphSnapshot): GraphSnapshot => ({
  nodes: [...a.nodes, ...b.nodes],
  endpoints: [...a.endpoints, ...b.endpoints],
});

const serves = ({ endpoints }: GraphSnapshot, name: string, type: string): boolean =>
  endpoints.some(
    (endpoint) => endpoint.kind === "server" && endpoint.name === name && endpoint.type === type,
  );

function byTopic({ endpoints }: GraphSnapshot): ReadonlyMap<string, readonly Endpoint[]> {
  const topics = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints)
    if (endpoint.kind === "subscription")
      topics.set(endpoint.name, [...(topics.get(endpoint.name) ?? []), endpoint]);
  return topics;
}

/** @throws CellistError `message-invalid` */
function requestOf(name: string, type: string, body: Uint8Array): unknown {
  try {
    return decodeCdr(`${type}_Request`, body);
  } catch (cause) {
    const why = `what ${name} was asked is no ${type}: ${(cause as Error).message}`;
    throw new CellistError("message-invalid", why, {}, cause);
  }
}

function answered(peer: Peer, { call, type, error }: FrameHead & { op: "answer" }, body: Uint8Array): void {
  const waiting = peer.waiting.get(call);
  peer.waiting.delete(call);
  if (error) return waiting?.reject(new CellistError(error.code as ErrorCode, error.message));
  try {
    waiting?.resolve(decodeCdr(`${type}_Response`, body));
  } catch (cause) {
    const why = `what ${waiting!.name} answered is no ${type}: ${(cause as Error).message}`;
    waiting!.reject(new CellistError("service-failed", why, {}, cause));
  }
}
