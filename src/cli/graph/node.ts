import type { Command } from "commander";
import { CellistError } from "../../errors.ts";
import { LIFECYCLE_TRANSITIONS } from "../../ros/node/lifecycle.ts";
import { openDoors } from "../../ros/peer/door.ts";
import { addGraphOption, onGraph, SEND_GOAL, type GraphOptions, type GraphTool } from "./graph-tool.ts";

/** `cellist graph|node|lifecycle`: what runs. */
export function addNodeCommands(program: Command): void {
  const graphs = program.command("graph").summary("graphs that run on this machine");
  graphs
    .command("list")
    .summary("their names")
    .action(async () => (await openDoors()).forEach(({ name }) => console.log(name)));
  const nodes = program.command("node").summary("look at the nodes of a running graph");
  addGraphOption(nodes.command("list").summary("names and where they run")).action((options: GraphOptions) =>
    onGraph(options, async ({ graph, node: own }) => {
      for (const { name, place } of graph.snapshot().nodes.filter(({ name }) => name !== own.name))
        console.log(`${name.padEnd(24)} ${place}`);
      await Promise.resolve();
    }),
  );
  addGraphOption(nodes.command("info").summary("everything a node has").argument("<node>")).action(
    (name: string, options: GraphOptions) => onGraph(options, (tool) => info(tool, name)),
  );
  const lifecycle = program.command("lifecycle").summary("the life of a node on a running graph");
  addGraphOption(lifecycle.command("get").summary("its state").argument("<node>"))
    .option("--expect <state>", "fail where it is another: for health checks")
    .action((name: string, options: GraphOptions & { expect?: string }) =>
      onGraph(options, async ({ node }) => {
        const answer = await node.call(`${full(name)}/get_state`, "lifecycle_msgs/srv/GetState", {}, 5);
        const { label } = answer.current_state;
        console.log(label);
        if (options.expect !== undefined && options.expect !== label)
          throw new CellistError("node-refused", `${full(name)} is ${label}, not ${options.expect}`);
      }),
    );
  addGraphOption(
    lifecycle
      .command("set")
      .summary("move it on")
      .argument("<node>")
      .argument("<transition>", "configure, activate, ..."),
  ).action((name: string, transition: string, options: GraphOptions) =>
    onGraph(options, async ({ node }) => {
      const asked = { id: 0, label: transition };
      if (!(LIFECYCLE_TRANSITIONS as readonly string[]).includes(transition))
        throw new CellistError(
          "usage",
          `"${transition}" is no transition: ${LIFECYCLE_TRANSITIONS.join(", ")}`,
        );
      const type = "lifecycle_msgs/srv/ChangeState";
      const { success } = await node.call(`${full(name)}/change_state`, type, { transition: asked }, 30);
      if (!success)
        throw new CellistError("node-refused", `${full(name)} did not ${transition}; its log says why`);
      console.log("done");
    }),
  );
}

const full = (name: string): string => (name.startsWith("/") ? name : `/${name}`);

async function info({ graph }: GraphTool, name: string): Promise<void> {
  const endpoints = graph.snapshot().endpoints.filter(({ node }) => node === full(name));
  if (endpoints.length === 0)
    throw new CellistError(
      "graph-unreachable",
      `there is no node ${full(name)}; cellist node list shows all`,
    );
  for (const kind of ["publisher", "subscription", "server"] as const)
    for (const endpoint of endpoints.filter((e) => e.kind === kind && !e.name.includes("/_action/")))
      console.log(`${kind.padEnd(12)} ${endpoint.name.padEnd(48)} ${endpoint.type}`);
  for (const { name: part, type } of endpoints.filter(({ name: n }) => n.endsWith(SEND_GOAL)))
    console.log(
      `${"action".padEnd(12)} ${part.replace(SEND_GOAL, "").padEnd(48)} ${type.replace("_SendGoal", "")}`,
    );
  await Promise.resolve();
}
