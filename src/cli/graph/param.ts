import type { Command } from "commander";
import { stringify } from "yaml";
import { CellistError } from "../../errors.ts";
import { nearestName } from "../../planning/nearest-name.ts";
import { valueFrom } from "../../ros/node/parameter-services.ts";
import { setParameter } from "../../ros/node/set-parameter.ts";
import { addGraphOption, onGraph, type GraphOptions, type GraphTool } from "./graph-tool.ts";
import { yamlArgument } from "./yaml-argument.ts";

const HELP = `
Examples:
  cellist param list /recorder
  cellist param get /recorder on_failure
  cellist param set /recorder on_failure continue
`;

/** `cellist param`: parameters of the nodes of a running graph. */
export function addParamCommand(program: Command): void {
  const group = program.command("param").summary("parameters of a running node").addHelpText("after", HELP);
  addGraphOption(group.command("list").summary("all, with value and meaning").argument("[node]")).action(
    (name: string | undefined, options: GraphOptions) =>
      onGraph(options, (tool) => (name === undefined ? listAll(tool) : list(tool, full(name)))),
  );
  addGraphOption(group.command("get").summary("one value").argument("<node>").argument("<parameter>")).action(
    (name: string, parameter: string, options: GraphOptions) =>
      onGraph(options, async (tool) => console.log(say(await get(tool, full(name), parameter)))),
  );
  addGraphOption(
    group
      .command("set")
      .summary("change one")
      .argument("<node>")
      .argument("<parameter>")
      .argument("<value>", "YAML"),
  ).action((name: string, parameter: string, value: string, options: GraphOptions) =>
    onGraph(options, (tool) => set(tool, full(name), parameter, value)),
  );
}

const full = (name: string): string => (name.startsWith("/") ? name : `/${name}`);
const say = (value: unknown): string => stringify(value, { lineWidth: 0 }).trimEnd();
const PATIENCE_S = 5;

async function listAll(tool: GraphTool): Promise<void> {
  for (const { name } of tool.graph.snapshot().nodes) {
    if (!hasParameters(tool, name)) continue;
    console.log(`${name}:`);
    await list(tool, name);
  }
}

const hasParameters = ({ graph }: GraphTool, name: string): boolean =>
  graph.snapshot().endpoints.some((one) => one.kind === "server" && one.name === `${name}/get_parameters`);

/** @throws CellistError `parameter-invalid` for a node that is not there or has none */
function refuseWithoutParameters(tool: GraphTool, name: string): void {
  if (hasParameters(tool, name)) return;
  const { nodes } = tool.graph.snapshot();
  const near = nearestName(
    name,
    nodes.map((one) => one.name),
  );
  throw new CellistError(
    "parameter-invalid",
    nodes.some((one) => one.name === name)
      ? `${name} has no parameters`
      : `there is no node ${name}${near ? `; did you mean ${near}?` : ""}`,
  );
}

async function list(tool: GraphTool, name: string): Promise<void> {
  refuseWithoutParameters(tool, name);
  const { node } = tool;
  const asked = { prefixes: [], depth: 0n };
  const { result } = await node.call(
    `${name}/list_parameters`,
    "rcl_interfaces/srv/ListParameters",
    asked,
    PATIENCE_S,
  );
  const names = { names: result.names };
  const { values } = await node.call(
    `${name}/get_parameters`,
    "rcl_interfaces/srv/GetParameters",
    names,
    PATIENCE_S,
  );
  const { descriptors } = await node.call(
    `${name}/describe_parameters`,
    "rcl_interfaces/srv/DescribeParameters",
    names,
    PATIENCE_S,
  );
  result.names.forEach((parameter, i) => {
    const fixed = descriptors[i]!.read_only ? " (fixed)" : "";
    console.log(
      `${parameter.padEnd(16)} ${JSON.stringify(valueFrom(values[i]!)).padEnd(16)} ${descriptors[i]!.description}${fixed}`,
    );
  });
}

async function get(tool: GraphTool, name: string, parameter: string): Promise<unknown> {
  refuseWithoutParameters(tool, name);
  const { values } = await tool.node.call(
    `${name}/get_parameters`,
    "rcl_interfaces/srv/GetParameters",
    { names: [parameter] },
    PATIENCE_S,
  );
  const value = valueFrom(values[0]!);
  if (value === undefined)
    throw new CellistError("parameter-invalid", `${name} has no parameter ${parameter}`);
  return value;
}

async function set(tool: GraphTool, name: string, parameter: string, text: string): Promise<void> {
  refuseWithoutParameters(tool, name);
  const refused = await setParameter(tool.node, name, parameter, yamlArgument(text));
  if (refused !== undefined) throw new CellistError("parameter-invalid", refused);
  console.log("done");
}
