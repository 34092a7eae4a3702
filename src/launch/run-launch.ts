import { CellistError } from "../errors.ts";
import { EmbeddedGraph } from "../ros/graph/embedded-graph.ts";
import type { LogSink } from "../ros/node/graph-node.ts";
import { openDoor } from "../ros/peer/door.ts";
import { GraphPeers } from "../ros/peer/graph-peers.ts";
import { Workplace } from "../ros/node/workplace.ts";
import type { LaunchPlan, NodeSpec } from "./launch-file.ts";
import type { NodeDefinition } from "../ros/node/node-definition.ts";
import { hostNode, loadDefinition, moveOn, type HostedNode } from "./node-host.ts";

export interface LaunchOptions {
  readonly logSink?: LogSink;
  /** Lets other processes of this user join the graph, under this name. */
  readonly door?: string;
  /** Where definitions of nodes come from; default: `nodes/`. */
  readonly loadDefinition?: (name: string) => Promise<NodeDefinition>;
}

/** A node that has not ended by then is left to itself [s]. */
const STOP_S = 2;

/** Nodes that run, and what holds them together. */
export class RunningLaunch {
  readonly graph: EmbeddedGraph;
  readonly place = new Workplace();
  /** Resolves when its work is done or it is stopped; rejects when a crash ends it or the work cannot be done. */
  readonly ended: Promise<void>;
  readonly #options: LaunchOptions;
  readonly #peers: GraphPeers;
  readonly #nodes: { readonly spec: NodeSpec; hosted: HostedNode; starts: number }[] = [];
  #end!: (error?: Error) => void;
  #stopping: Promise<void> | undefined;
  #door: { close(): Promise<void> } | undefined;

  private constructor(options: LaunchOptions) {
    this.#options = options;
    this.graph = new EmbeddedGraph({
      onNodeError: (node, error) => void this.#crashed(node, error),
      onMismatch: (node, sentence) => this.#log(node, "warn", sentence),
    });
    this.#peers = new GraphPeers(this.graph);
    this.ended = new Promise((resolve, reject) => {
      this.#end = (error) => (error ? reject(error) : resolve());
    });
    this.ended.catch(() => undefined); // whoever waits hears it
  }

  /**
   * Starts the nodes of a plan: all are made, then configured, then activated, each in the order of the file.
   *
   * @param onMade called when every node is there and none is configured; may stop the launch at any time after
   * @throws CellistError with the name of the node that refuses; the others are stopped again
   */
  static async start(
    plan: LaunchPlan,
    options: LaunchOptions = {},
    onMade?: (running: RunningLaunch) => void,
  ): Promise<RunningLaunch> {
    const running = new RunningLaunch(options);
    try {
      if (options.door !== undefined) running.#door = await openDoor(running.#peers, options.door);
      for (const spec of plan.nodes)
        running.#nodes.push({ spec, hosted: await hostNode(spec, running.#at()), starts: 1 });
      onMade?.(running);
      for (const transition of ["configure", "activate"] as const)
        for (const { hosted } of running.#nodes) if (!running.#stopping) await moveOn(hosted, transition);
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

  async #stop(): Promise<void> {
    const endBy = performance.now() + STOP_S * 1000;
    for (const { hosted } of [...this.#nodes].reverse()) {
      if (hosted.lifecycle.state !== "finalized") {
        const left = Math.max(0, endBy - performance.now());
        const inTime = await within(left, moveOn(hosted, "shutdown"));
        if (!inTime) this.#log(hosted.name, "warn", `did not end within ${STOP_S} s and was left`);
      }
      hosted.destroy();
    }
    await this.#door?.close();
    this.#end();
  }

  async #crashed(name: string, error: unknown): Promise<void> {
    const found = this.#nodes.find(({ hosted }) => hosted.name === name);
    const sentence = `node ${name} crashed: ${(error as Error).message}`;
    this.#log(name, "fatal", sentence);
    if (!found || this.#stopping) return this.#fail(sentence, error);
    const { spec, hosted } = found;
    hosted.lifecycle.finalize();
    hosted.destroy();
    if (spec.respawn && found.starts <= spec.respawn.most) {
      found.starts++;
      await new Promise((resolve) => setTimeout(resolve, spec.respawn!.delay_s * 1000));
      if (!this.#stopping)
        await this.#startAgain(found).catch((again: unknown) => this.#fail(sentence, again));
    } else if (spec.on_exit === "shutdown") this.#fail(sentence, error);
  }

  async #startAgain(entry: { readonly spec: NodeSpec; hosted: HostedNode }): Promise<void> {
    entry.hosted = await hostNode(entry.spec, this.#at());
    await moveOn(entry.hosted, "configure");
    await moveOn(entry.hosted, "activate");
    this.#log(entry.hosted.name, "info", "started again after a crash");
  }

  #fail(sentence: string, cause: unknown): void {
    this.#end(new CellistError("node-crashed", sentence, {}, cause));
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

  #log(node: string, level: "info" | "warn" | "fatal", text: string): void {
    this.#options.logSink?.(node, level, text);
  }
}

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
