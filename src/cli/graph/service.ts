import type { Command } from "commander";
import { messageFromPlain } from "../../ros/graph/message-from-plain.ts";
import { addGraphOption, endpointsOf, onGraph, printable, type GraphOptions } from "./graph-tool.ts";
import { yamlArgument } from "./yaml-argument.ts";

const HELP = `
Examples (while a performance runs in another terminal):
  cellist service call /robot_driver/pause
  cellist service call /robot_driver/resume
  cellist service call /robot_driver/stop
`;

/** `cellist service`: services of a running graph. */
export function addServiceCommand(program: Command): void {
  const group = program
    .command("service")
    .summary("ask the services of a running graph")
    .addHelpText("after", HELP);
  addGraphOption(group.command("list").summary("names and types")).action((options: GraphOptions) =>
    onGraph(options, async ({ graph }) => {
      const servers = graph
        .snapshot()
        .endpoints.filter(({ kind, name }) => kind === "server" && !name.includes("/_action/"));
      for (const { name, type } of servers.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
        console.log(`${name.padEnd(48)} ${type}`);
      await Promise.resolve();
    }),
  );
  addGraphOption(
    group.command("call").summary("ask one").argument("<service>").argument("[request]", "YAML", "{}"),
  ).action((service: string, request: string, options: GraphOptions) =>
    onGraph(options, async (tool) => {
      const [{ name, type }] = endpointsOf(tool, ["server"], service);
      const answer = await tool.graph.call(
        name,
        type,
        messageFromPlain(`${type}_Request`, yamlArgument(request)),
      );
      process.stdout.write(printable(answer));
    }),
  );
}
