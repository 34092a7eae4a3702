import type { Command } from "commander";
import { hostAlone, loneSpec } from "../launch/lone-node.ts";
import type { LocalNode } from "../launch/node-host.ts";
import type { LogSink } from "../ros/node/graph-node.ts";
import { valueFrom } from "../ros/node/parameter-services.ts";
import { WORKCELL_PARAMETERS } from "../shelf/workcell.ts";
import { addGraphOption, onGraph, type GraphOptions, type GraphTool } from "./graph/graph-tool.ts";
import { wholeNumber } from "./whole-number.ts";

const HELP = `
Runs the nodes scene, diagnostics and foxglove on a running graph, in a process of their own: whoever looks cannot disturb
the performance. Point Foxglove (app or web) or Lichtblick at ws://127.0.0.1:8765 and add a 3D panel: frames on /tf, bodies,
plan, contact and clearance on /markers_static and /markers.

With --control clients may also call services, publish and set parameters: who reaches the port may then start an arm.

Examples (while cellist perform or cellist launch runs in another terminal):
  cellist view
  cellist view --host 0.0.0.0 --origin http://localhost:8080     for a Lichtblick in a container
  cellist view --control
`;

interface ViewOptions extends GraphOptions {
  readonly host: string;
  readonly port: number;
  readonly control?: true;
  readonly origin?: readonly string[];
  readonly simTime?: true;
}

/** `cellist view`: a live view of a running graph. */
export function addViewCommand(program: Command): void {
  addGraphOption(
    program.command("view").summary("a live view of a running graph, for Foxglove and Lichtblick"),
  )
    .option("--host <address>", "address to listen on; 0.0.0.0 for all", "127.0.0.1")
    .option("--port <n>", "port to listen on; 0: any", wholeNumber, 8765)
    .option("--control", "clients may call services, publish and set parameters")
    .option("--origin <url...>", 'web pages that may connect; "*": any')
    .option("--sim-time", "go by /clock")
    .addHelpText("after", HELP)
    .action((options: ViewOptions) => onGraph(options, (tool) => view(tool, options)));
}

async function view(tool: GraphTool, options: ViewOptions): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  const { host, port, control = false, origin } = options;
  const wanted = {
    scene: await workcellOfDriver(tool),
    diagnostics: {},
    foxglove: { host, port, control, ...(origin && { origins: origin }) },
  };
  const there = new Set(tool.graph.snapshot().nodes.map(({ name }) => name));
  const hosted: LocalNode[] = [];
  try {
    for (const [name, parameters] of Object.entries(wanted)) {
      if (there.has(`/${name}`)) continue;
      const spec = loneSpec(name, { parameters, useSimTime: options.simTime === true });
      hosted.push(await hostAlone(tool.graph, spec, { logSink }));
      for (const transition of ["configure", "activate"] as const) await hosted.at(-1)!.moveOn(transition);
    }
    await Promise.race([tool.gone, asked]);
  } finally {
    for (const one of hosted.reverse()) {
      await one.moveOn("shutdown").catch(() => undefined); // it ends either way
      one.destroy();
    }
  }
}

/** Which arm, cello and room the driver of this graph works with; nothing where there is none. */
async function workcellOfDriver({ node, graph }: GraphTool): Promise<Record<string, string | string[]>> {
  const service = "/robot_driver/get_parameters";
  if (!graph.snapshot().endpoints.some(({ name }) => name === service)) return {};
  const names = Object.keys(WORKCELL_PARAMETERS);
  const { values } = await node.call(service, "rcl_interfaces/srv/GetParameters", { names }, 5);
  return Object.fromEntries(names.map((name, i) => [name, valueFrom(values[i]!) as string | string[]]));
}

const logSink: LogSink = (node, level, text) => {
  if (level !== "debug") console.log(`[${level}] ${node}: ${text}`);
};
