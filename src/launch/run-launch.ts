import { CellistError } from "../errors.ts";
import { EmbeddedGraph } from "../ros/graph/embedded-graph.ts";
import type { LogSink } from "../ros/node/graph-node.ts";
import { joinGraph, openDoor } from "../ros/peer/door.ts";
import { GraphPeers } from "../ros/peer/graph-peers.ts";
import type { LifecycleTransition } from "../ros/node/lifecycle.ts";
import { nodeName } from "../ros/names.ts";
import { Workplace } from "../ros/node/workplace.ts";
import type { LaunchPlan, NodeSpec } from "./launch-file.ts";
import type { NodeDefinition } from "../ros/node/node-definition.ts";
import type { HostedNode } from "./hosted-node.ts";
import { hostNode, loadDefinition } from "./node-host.ts";
import { Part } from "./part/part.ts";
import { startProcess, startThread } from "./part/start-part.ts";
import { inPatience } from "./patience.ts";

export interface LaunchOptions {
  readonly logSink?: LogSink;
  /** Lets other processes of this user join the graph, under this name. */
  readonly door?: string;
  /** Becomes part of the graph behind this door; when that ends, this ends, too. */
  readonly join?: string;
  /** Makes one graph of this one and another, ROS 2, before any node is made. */
  readonly bridge?: (peers: GraphPeers) => { readonly close: () => Promise<void> };
  /** Where definitions of nodes of this process come from; default: `nodes/`, and files by their path. */
  readonly loadDefinition?: (name: string) => Promise<NodeDefinition>;
}

/** A node that has not ended by then is left to itself [s]. */
const STOP_S = 2;
/** After so long the next one is asked to end, too [s]. */
const NEXT_S = 1;
/** As long as a timer can be [ms]. */
const LONG_MS = 2 ** 31 - 1;

/** A node of the plan, and its life at present. */
interface Entry {
  readonly spec: NodeSpec;
  /** undefined: not there (any more, or yet again) */
  hosted: HostedNode | undefined;
  starts: number;
}

/** Nodes that run, in this process and in parts of their own, and what holds them together. */
export class RunningLaunch {
  readonly graph: EmbeddedGraph;
  readonly place = new Workplace();
  /** Resolves when its work is done or it is stopped; rejects when a crash ends it or the work cannot be done. */
  readonly ended: Promise<void>;
  readonly #options: LaunchOptions;
  readonly #entries: readonly Entry[];
  readonly #parts = new Map<string, Part>();
  #peers: GraphPeers | undefined;
  #end!: (error?: Error) => void;
  #stopping: Promise<void> | undefined;
  #door: { close(): Promise<void> } | undefined;
  #bridge: { readonly close: () => Promise<void> } | undefined;
  /** Nodes that wait to be asked hold no process: the launch does. */
  readonly #awake = setInterval(() => undefined, LONG_MS);

  private constructor(plan: LaunchPlan, options: LaunchOptions) {
    this.#options = options;
    this.#entries = plan.nodes.map((spec) => ({ spec, hosted: undefined, starts: 0 }));
    this.graph = new EmbeddedGraph({
      onNodeError: (node, error) => void this.#crashed(node, error),
      onRemark: (node, sentence) => this.#log(node, "warn", sentence),
    });
    this.ended = new Promise((resolve, reject) => {
      this.#end = (error) => (error ? reject(error) : resolve());
    });
    this.ended.catch(() => undefined); // whoever waits hears it
  }

  /**
   * Starts the nodes of a plan: all are made, then configured, then activated, each in the order of the file.
   *
   * @param onMade called when every node is there and none is configured; may stop the launch at any time after
   * @throws CellistError with the name of the node that refuses, crashes or hangs; the others are stopped again
   */
  static async start(
    plan: LaunchPlan,
    options: LaunchOptions = {},
    onMade?: (running: RunningLaunch) => void,
  ): Promise<RunningLaunch> {
    const running = new RunningLaunch(plan, options);
    try {
      await running.#connect();
      await running.#forAll((entry) => running.#advance(entry, undefined));
      onMade?.(running);
      for (const transition of ["configure", "activate"] as const)
        await running.#forAll((entry) => running.#advance(entry, transition));
    } catch (error) {
      await running.stop();
      throw error;
    }
    return running;
  }

  /** Ends the nodes in reverse order, within two seconds. Safe to call twice. */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#stop());
  }

  async #connect(): Promise<void> {
    const { join, door, bridge } = this.#options;
    if (join === undefined) this.#peers = new GraphPeers(this.graph);
    else {
      const { peers, gone } = await joinGraph(this.graph, join);
      this.#peers = peers;
      void gone.then(() => this.#end());
    }
    if (door !== undefined) this.#door = await openDoor(this.#peers, door);
    this.#bridge = bridge?.(this.#peers);
  }

  async #forAll(work: (entry: Entry) => Promise<void>): Promise<void> {
    for (const entry of this.#entries) if (!this.#stopping) await work(entry);
  }

  async #stop(): Promise<void> {
    const endBy = performance.now() + STOP_S * 1000;
    const left = (): number => Math.max(0, endBy - performance.now());
    const ending: { readonly hosted: HostedNode; readonly work: Promise<unknown> }[] = [];
    for (const { hosted } of [...this.#entries].reverse()) {
      if (!hosted) continue;
      const work = hosted.state === "finalized" ? Promise.resolve() : hosted.moveOn("shutdown");
      const ended = work.catch(() => undefined).then(() => hosted.destroy());
      ending.push({ hosted, work: ended });
      await within(Math.min(left(), NEXT_S * 1000), ended);
    }
    for (const { hosted, work } of ending) {
      if (!(await within(left(), work)))
        this.#log(hosted.name, "warn", `did not end within ${STOP_S} s and was left`);
      hosted.destroy();
    }
    await this.#bridge?.close();
    await Promise.all([...this.#parts.values()].map((part) => part.close()));
    if (this.#options.join !== undefined) this.#peers?.close();
    await this.#door?.close();
    clearInterval(this.#awake);
    this.#end();
  }

  /** Makes a node, or moves it on. @throws CellistError when that fails, unless the file says what to do then */
  async #advance(entry: Entry, transition: LifecycleTransition | undefined): Promise<void> {
    if (transition !== undefined && !entry.hosted) return; // left out, or on its way back already
    try {
      await this.#moveTo(entry, transition);
    } catch (error) {
      if (!this.#stopping) await this.#afterFailure(entry, error, transition);
    }
  }

  /** Makes a node that failed anew and brings it as far as the others, as often as the file allows. @throws CellistError */
  async #afterFailure(entry: Entry, error: unknown, upTo: LifecycleTransition | undefined): Promise<void> {
    const { spec } = entry;
    for (let why = error; ;) {
      this.#drop(entry);
      if (!(why instanceof CellistError)) throw why;
      if (!(await this.#mayTryAgain(entry, why))) {
        if (this.#stopping) return;
        if (spec.on_exit === "shutdown") throw why;
        return this.#log(fullName(spec), "error", `${why.message}; it is left out`);
      }
      try {
        await this.#moveTo(entry, upTo);
        return this.#log(
          fullName(spec),
          "info",
          `started again (${entry.starts - 1} of ${spec.respawn!.most})`,
        );
      } catch (again) {
        why = again;
      }
    }
  }

  async #moveTo(entry: Entry, transition: LifecycleTransition | undefined): Promise<void> {
    const { spec } = entry;
    if (!entry.hosted) {
      entry.starts++;
      entry.hosted = await this.#host(spec);
      if (transition === "activate") await this.#move(entry.hosted, "configure", spec.hang_s);
    }
    if (transition !== undefined) await this.#move(entry.hosted, transition, spec.hang_s);
  }

  #move(hosted: HostedNode, transition: LifecycleTransition, seconds: number): Promise<void> {
    const late = (): CellistError =>
      new CellistError(
        "node-hangs",
        `node ${hosted.name} hangs: it has not ended its ${transition} within ${seconds} s`,
      );
    return inPatience(hosted.moveOn(transition), seconds, late);
  }

  async #host(spec: NodeSpec): Promise<HostedNode> {
    const place = placeOf(spec);
    if (place === undefined) return hostNode(spec, this.#at());
    let part = this.#parts.get(place);
    if (!part) {
      const wire = spec.machine === undefined ? startThread(place) : startProcess(place);
      part = new Part(place, wire, this.#peers!, {
        log: this.#options.logSink,
        finished: (_, why) => this.#end(why),
        crashed: (node, error) => void this.#crashed(node, error),
        gone: (ended, why) => this.#partGone(ended, why),
      });
      this.#parts.set(place, part);
    }
    return part.host(spec);
  }

  /** Every node of a part that ended is lost; who may live again gets a new part. */
  #partGone(part: Part, why: CellistError): void {
    this.#parts.delete(part.name);
    for (const entry of this.#entries) {
      const { spec, hosted } = entry;
      if (!hosted || hosted.state !== "active" || placeOf(spec) !== part.name) continue; // others hear it where they wait
      void this.#lost(entry, new CellistError(why.code, `node ${hosted.name}: ${why.message}`, {}, why));
    }
  }

  async #crashed(name: string, error: unknown): Promise<void> {
    const sentence = `node ${name} crashed: ${(error as Error).message}`;
    const why = new CellistError("node-crashed", sentence, {}, error);
    const entry = this.#entries.find(({ hosted }) => hosted?.name === name);
    if (entry && !this.#stopping) return this.#lost(entry, why);
    this.#log(name, "fatal", sentence);
    this.#end(why);
  }

  /** A node that lived has crashed or hangs. */
  async #lost(entry: Entry, why: CellistError): Promise<void> {
    await this.#afterFailure(entry, why, "activate").catch((error: Error) => this.#end(error));
  }

  /** Tells what happened, and waits where the file allows one more try. Who refuses would refuse again. */
  async #mayTryAgain({ spec, starts }: Entry, why: CellistError): Promise<boolean> {
    const { respawn } = spec;
    if (why.code !== "node-crashed" && why.code !== "node-hangs") return false;
    this.#log(fullName(spec), "fatal", why.message);
    if (!respawn || starts > respawn.most || this.#stopping) return false;
    await new Promise((resolve) => setTimeout(resolve, respawn.delay_s * 1000));
    return !this.#stopping;
  }

  #drop(entry: Entry): void {
    entry.hosted?.finalize();
    entry.hosted?.destroy();
    entry.hosted = undefined;
  }

  #at() {
    const { logSink, loadDefinition: load = loadDefinition } = this.#options;
    const onFinished = (_: string, why: Error | undefined): void => this.#end(why);
    return {
      graph: this.graph,
      place: this.place,
      onFinished,
      loadDefinition: load,
      ...(logSink && { logSink }),
    };
  }

  #log(node: string, level: "info" | "warn" | "error" | "fatal", text: string): void {
    this.#options.logSink?.(node, level, text);
  }
}

const fullName = ({ name, namespace }: NodeSpec): string => nodeName(name, namespace);

/** Where a node runs: a thread of its own, a process that it shares with others of its machine, or here (undefined). */
const placeOf = (spec: NodeSpec): string | undefined =>
  spec.machine !== undefined
    ? `machine ${spec.machine}`
    : spec.thread
      ? `thread of ${fullName(spec)}`
      : undefined;

/** Whether work ended (well or badly) within a time [ms]. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  try {
    return await Promise.race([
      work.then(
        () => true,
        () => true,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
