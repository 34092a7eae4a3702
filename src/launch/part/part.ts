import { CellistError } from "../../errors.ts";
import type { LogSink } from "../../ros/node/graph-node.ts";
import type { LifecycleState, LifecycleTransition } from "../../ros/node/lifecycle.ts";
import type { GraphPeers } from "../../ros/peer/graph-peers.ts";
import type { HostedNode } from "../hosted-node.ts";
import type { NodeSpec } from "../launch-file.ts";
import { patience } from "../patience.ts";
import { errorOfPart } from "./part-error.ts";
import { graphLink, isNews, type PartNews, type PartOrder, type PartWire } from "./wire.ts";

/** What a part tells a launch of its own accord. */
export interface PartEvents {
  readonly log: LogSink | undefined;
  readonly finished: (node: string, why: Error | undefined) => void;
  readonly crashed: (node: string, error: Error) => void;
  /** It has ended or hangs, and all its nodes with it. */
  readonly gone: (part: Part, why: CellistError) => void;
}

/** Longest time to come up: a busy machine reads the program for long [s]. */
const START_S = 120;
/** One that hangs so hard that it cannot be ended is given up after so long [ms]. @assumed a process is killed after 500 */
const ENDED_MS = 3000;
/** How often it is asked whether it still turns [ms]. */
const PING_MS = 200;

type Answer = Extract<PartNews, { said: "done" | "failed" }>;
type WithoutNumber<T> = T extends unknown ? Omit<T, "order"> : never;

/** A part of a launch that runs in a thread or a process of its own: it makes and moves nodes there. */
export class Part {
  /** "thread of /trajectory", "machine studio" */
  readonly name: string;
  readonly #wire: PartWire;
  readonly #events: PartEvents;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #ready: Promise<void>;
  readonly #ended: Promise<void>;
  readonly #ping: NodeJS.Timeout;
  #count = 0;
  #isReady = false;
  #hangS = 0;
  #watch = patience(START_S, () => this.#hang());
  #closing = false;
  #failure: CellistError | undefined;
  /** What will be said of it once it has been ended. */
  #hung: CellistError | undefined;

  constructor(name: string, wire: PartWire, peers: GraphPeers, events: PartEvents) {
    this.name = name;
    this.#wire = wire;
    this.#events = events;
    let ready!: () => void;
    this.#ready = new Promise((resolve) => (ready = resolve));
    wire.onMessage((message) => isNews(message) && this.#hear(message, ready));
    this.#ended = new Promise((resolve) =>
      wire.onClosed((why) => {
        this.#lost(this.#hung ?? new CellistError("node-crashed", `${this.name} ended: ${why}`));
        ready(); // whoever waits for it finds out
        resolve();
      }),
    );
    peers.add(graphLink(wire));
    this.#ping = setInterval(
      () => void (this.#isReady && this.#wire.post({ do: "ping", order: 0 })),
      PING_MS,
    );
  }

  /** Makes a node there, unconfigured. @throws CellistError as `hostNode`; `node-crashed`, `node-hangs` */
  async host(spec: NodeSpec): Promise<HostedNode> {
    await this.#ready;
    // Which of its nodes stands still nobody can see: the most patient one decides.
    if (spec.hang_s > this.#hangS) {
      this.#hangS = spec.hang_s;
      this.#watch.stop();
      this.#watch = patience(spec.hang_s, () => this.#hang());
    }
    const { node: name, state } = await this.#ask({ do: "host", spec });
    return this.#nodeThere(name, state);
  }

  /** Ends it. Resolves when it has ended. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#stopWatching();
    this.#wire.end();
    await this.#ended;
  }

  #nodeThere(name: string, first: LifecycleState): HostedNode {
    let state = first;
    return {
      name,
      get state() {
        return state;
      },
      moveOn: async (transition: LifecycleTransition) => {
        ({ state } = await this.#ask({ do: "move", node: name, transition }, (now) => (state = now)));
      },
      finalize: () => void (state = "finalized"),
      destroy: () => void this.#wire.post({ do: "destroy", node: name, order: 0 }),
    };
  }

  async #ask(
    order: WithoutNumber<PartOrder>,
    failed: (state: LifecycleState) => void = () => undefined,
  ): Promise<Extract<Answer, { said: "done" }>> {
    if (this.#failure) throw this.#failure;
    const number = ++this.#count;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(number, resolve));
    this.#wire.post({ ...order, order: number });
    const answer = await answered;
    if (answer.said === "done") return answer;
    failed(answer.state);
    throw errorOfPart(answer.error);
  }

  #hear(news: PartNews, ready: () => void): void {
    this.#watch.again();
    switch (news.said) {
      case "ready":
        this.#isReady = true;
        return ready();
      case "done":
      case "failed":
        this.#waiting.get(news.order)?.(news);
        return void this.#waiting.delete(news.order);
      case "log":
        return this.#events.log?.(news.node, news.level, news.text);
      case "finished":
        return this.#events.finished(news.node, news.error && errorOfPart(news.error));
      case "crashed":
        return this.#events.crashed(news.node, new Error(news.message));
      case "fell":
        return this.#lost(new CellistError("node-crashed", `${this.name} crashed: ${news.message}`));
    }
  }

  /** Told when it has ended: who took its place before that would share its names on the graph, and lose them with its end. */
  #hang(): void {
    const seconds = this.#isReady ? this.#hangS : START_S;
    const hung = new CellistError("node-hangs", `${this.name} hangs: it has not answered for ${seconds} s`);
    this.#hung = hung;
    this.#stopWatching();
    this.#wire.end();
    setTimeout(() => this.#lost(hung), ENDED_MS).unref();
  }

  /** Whoever waits for an answer hears why none will come; then the launch does. */
  #lost(why: CellistError): void {
    this.#stopWatching();
    if (this.#failure) return;
    this.#failure = why;
    const error = { code: why.code, message: why.message };
    for (const [order, answer] of this.#waiting) answer({ said: "failed", order, state: "finalized", error });
    this.#waiting.clear();
    if (!this.#closing) this.#events.gone(this, why);
  }

  #stopWatching(): void {
    clearInterval(this.#ping);
    this.#watch.stop();
  }
}
