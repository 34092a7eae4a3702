import type { Command } from "commander";
import { CellistError } from "../../errors.ts";
import { messageFromPlain } from "../../ros/graph/message-from-plain.ts";
import type { ActionType } from "../../ros/node/graph-node.ts";
import {
  addGraphOption,
  endpointsOf,
  onGraph,
  printable,
  SEND_GOAL,
  type GraphOptions,
  type GraphTool,
} from "./graph-tool.ts";
import { yamlArgument } from "./yaml-argument.ts";

const HELP = `
Ctrl-C cancels the goal, and waits for its end.

Examples (while cellist launch stage runs in another terminal):
  cellist action list
  cellist action send-goal /perform --feedback
`;

/** `cellist action`: actions of a running graph. */
export function addActionCommand(program: Command): void {
  const group = program
    .command("action")
    .summary("ask the actions of a running graph")
    .addHelpText("after", HELP);
  addGraphOption(group.command("list").summary("names and types")).action((options: GraphOptions) =>
    onGraph(options, async ({ graph }) => {
      for (const { name, type } of graph.snapshot().endpoints.filter((e) => e.name.endsWith(SEND_GOAL)))
        console.log(`${name.replace(SEND_GOAL, "").padEnd(32)} ${type.replace("_SendGoal", "")}`);
      await Promise.resolve();
    }),
  );
  addGraphOption(
    group
      .command("send-goal")
      .summary("have one carried out")
      .argument("<action>")
      .argument("[goal]", "YAML", "{}"),
  )
    .option("--feedback", "print what it tells on the way")
    .action((action: string, goal: string, options: GraphOptions & { feedback?: true }) =>
      onGraph(options, (tool) => send(tool, action, goal, options.feedback === true)),
    );
}

async function send(tool: GraphTool, action: string, text: string, feedback: boolean): Promise<void> {
  const [{ name, type: sending }] = endpointsOf(tool, ["server"], `${action}${SEND_GOAL}`);
  const type = sending.replace("_SendGoal", "");
  const goal = messageFromPlain(`${type}_Goal`, yamlArgument(text));
  const client = tool.node.actionClient(name.replace(SEND_GOAL, ""), type as ActionType);
  const sent = await client.send(
    goal as never,
    feedback ? (said) => console.log(`${printable(said)}---`) : undefined,
  );
  const cancel = (): void => void sent.cancel().catch(() => undefined); // the end is told below
  process.on("SIGINT", cancel);
  try {
    const gone = tool.gone.then(() => {
      throw new CellistError("graph-unreachable", "the graph ended before the goal did");
    });
    const { end, result } = await Promise.race([sent.result, gone]);
    process.stdout.write(`${end}\n${printable(result)}`);
    if (end !== "succeeded") process.exitCode = 1;
  } finally {
    process.off("SIGINT", cancel);
  }
}
