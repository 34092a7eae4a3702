import type { Command } from "commander";
import { CellistError } from "../../errors.ts";
import { decodeCdr } from "../../ros/graph/message-codec.ts";
import { messageFromPlain } from "../../ros/graph/message-from-plain.ts";
import { EVENT_QOS, LATCHED_QOS, sayQos } from "../../ros/qos.ts";
import { wholeNumber } from "../whole-number.ts";
import {
  addGraphOption,
  endpointsOf,
  onGraph,
  printable,
  type GraphOptions,
  type GraphTool,
} from "./graph-tool.ts";
import { yamlArgument } from "./yaml-argument.ts";

const HELP = `
Examples (while cellist perform or cellist launch runs in another terminal):
  cellist topic list
  cellist topic echo /player_state --count 1
  cellist topic hz /joint_states
  cellist topic info /score
`;

/** `cellist topic`: what is said on a running graph. */
export function addTopicCommand(program: Command): void {
  const group = program
    .command("topic")
    .summary("look at the topics of a running graph")
    .addHelpText("after", HELP);
  addGraphOption(group.command("list").summary("names and types")).action((options: GraphOptions) =>
    onGraph(options, list),
  );
  addGraphOption(group.command("echo").summary("print messages").argument("<topic>"))
    .option("--count <n>", "end after so many messages", wholeNumber)
    .option("--once", "the same as --count 1")
    .action((topic: string, options: GraphOptions & { count?: number; once?: true }) =>
      onGraph(options, (tool) => echo(tool, topic, options.once ? 1 : (options.count ?? Infinity))),
    );
  addGraphOption(group.command("hz").summary("measure the rate").argument("<topic>"))
    .option("--seconds <n>", "measure for so long", wholeNumber, 3)
    .action((topic: string, options: GraphOptions & { seconds: number }) =>
      onGraph(options, (tool) => hz(tool, topic, options.seconds)),
    );
  addGraphOption(group.command("info").summary("who publishes, who listens, how").argument("<topic>")).action(
    (topic: string, options: GraphOptions) => onGraph(options, (tool) => info(tool, topic)),
  );
  addGraphOption(
    group.command("pub").summary("publish one message").argument("<topic>").argument("<message>", "YAML"),
  ).action((topic: string, message: string, options: GraphOptions) =>
    onGraph(options, (tool) => publish(tool, topic, message)),
  );
}

const list = async ({ graph }: GraphTool): Promise<void> => {
  const topics = new Map<string, string>();
  for (const { kind, name, type } of graph.snapshot().endpoints)
    if (kind !== "server" && !name.includes("/_action/")) topics.set(name, type);
  for (const [name, type] of [...topics].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${name.padEnd(40)} ${type}`);
  await Promise.resolve();
};

async function echo(tool: GraphTool, topic: string, count: number): Promise<void> {
  let left = count;
  await hear(tool, topic, (type, cdr, done) => {
    console.log(`${printable(decodeCdr(type, cdr))}---`);
    if (--left <= 0) done();
  });
}

async function hz(tool: GraphTool, topic: string, seconds: number): Promise<void> {
  const timesMs: number[] = [];
  let bytes = 0;
  await hear(
    tool,
    topic,
    (_type, cdr, done) => {
      if (timesMs.length === 0) setTimeout(done, seconds * 1000);
      timesMs.push(performance.now());
      bytes += cdr.length;
    },
    seconds,
  );
  if (timesMs.length === 0)
    throw new CellistError("graph-unreachable", `nothing was said on ${topic} within ${seconds} s`);
  if (timesMs.length === 1) return console.log(`1 message within ${seconds} s`);
  const gaps = timesMs.slice(1).map((t, i) => t - timesMs[i]!);
  const spanS = (timesMs.at(-1)! - timesMs[0]!) / 1000;
  const rate = gaps.length / spanS;
  console.log(
    `${rate.toFixed(1)} Hz over ${spanS.toFixed(1)} s: gaps ${Math.min(...gaps).toFixed(1)} to ${Math.max(...gaps).toFixed(1)} ms, ` +
      `${(bytes / spanS / 1024).toFixed(1)} KiB/s`,
  );
}

async function info(tool: GraphTool, topic: string): Promise<void> {
  const endpoints = endpointsOf(tool, ["publisher", "subscription"], topic);
  console.log(`type: ${endpoints[0].type}`);
  for (const kind of ["publisher", "subscription"] as const)
    for (const { node, qos } of endpoints.filter((endpoint) => endpoint.kind === kind))
      console.log(`${kind.padEnd(12)} ${node.padEnd(24)} ${sayQos(qos!)}`);
  await Promise.resolve();
}

async function publish(tool: GraphTool, topic: string, text: string): Promise<void> {
  const [first, ...others] = endpointsOf(tool, ["publisher", "subscription"], topic);
  const { type, name } = first;
  const message = messageFromPlain(type, yamlArgument(text));
  // Whoever listens must be able to: facts are offered as facts.
  const isFact = [first, ...others].some(({ qos }) => qos?.durability === "transient_local");
  const publisher = tool.graph.advertise(tool.node.name, name, type, isFact ? LATCHED_QOS : EVENT_QOS);
  publisher.publish(message);
  console.log(`published to ${publisher.subscriptionCount()} subscriptions`);
  await new Promise((resolve) => setTimeout(resolve, 50)); // lets it leave before the process does
}

/**
 * Hears a topic, whatever its publishers offer, until done or the graph has gone.
 *
 * @param firstS how long to wait for the first message [s]
 */
async function hear(
  tool: GraphTool,
  topic: string,
  listener: (type: string, cdr: Uint8Array, done: () => void) => void,
  firstS = Infinity,
): Promise<void> {
  const [{ name, type, qos }] = endpointsOf(tool, ["publisher"], topic);
  const { reliability, durability, depth } = qos!;
  const asked = { reliability, durability, depth };
  await new Promise<void>((resolve) => {
    let over = false;
    const done = (): void => {
      over = true;
      resolve();
    };
    process.once("SIGINT", done);
    void tool.gone.then(done);
    const silent = firstS === Infinity ? undefined : setTimeout(done, firstS * 1000);
    tool.graph.subscribe(tool.node.name, name, type, asked, (_message, { cdr }) => {
      clearTimeout(silent);
      if (!over) listener(type, cdr, done);
    });
  });
}
