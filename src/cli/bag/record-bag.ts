import { Option, type Command } from "commander";
import { zstdCompressor } from "../../bag/compression.ts";
import { FileSink } from "../../bag/file-sink.ts";
import { PerformanceLog } from "../../bag/performance-log.ts";
import { CellistError } from "../../errors.ts";
import { recordGraph } from "../../replay/record-graph.ts";
import { addGraphOption, onGraph, type GraphOptions } from "../graph/graph-tool.ts";
import { positiveNumber, topicName } from "./span-options.ts";

interface RecordOptions extends GraphOptions {
  readonly topics?: string[];
  readonly exclude?: string[];
  readonly all?: true;
  readonly seconds?: number;
  readonly compression: "none" | "zstd";
}

const HELP = `
It ends with Ctrl-C, after --seconds, or when the graph ends. What is on the disk survives a kill; of a full disk it tells.
The log time of a message is when it was heard.
`;

/** `cellist bag record`: topics of a running graph. */
export function addRecordBagCommand(group: Command): void {
  addGraphOption(
    group.command("record").summary("write topics of a running graph into a bag").argument("<file>"),
  )
    .option("--topics <names...>", "these topics, also when they come later")
    .option("--all", "every topic, also what comes later")
    .option("--exclude <names...>", "not these")
    .option("--seconds <n>", "end after so long", positiveNumber)
    .addOption(new Option("--compression <name>").choices(["none", "zstd"]).default("none"))
    .addHelpText("after", HELP)
    .action(record);
}

async function record(file: string, options: RecordOptions): Promise<void> {
  const topics = options.topics?.map(topicName);
  const exclude = options.exclude?.map(topicName) ?? [];
  if (!topics && !options.all)
    throw new CellistError("usage", "say what to record: --topics NAME... or --all");
  const wanted = (topic: string): boolean =>
    (topics ? topics.includes(topic) : true) && !exclude.includes(topic);
  await onGraph(options, async ({ graph, node, gone }) => {
    const compress = options.compression === "zstd" ? { compress: await zstdCompressor() } : {};
    let failed: (() => void) | undefined;
    const failure = new Promise<void>((resolve) => (failed = resolve));
    const log = new PerformanceLog(await FileSink.open(file), {
      realTime: true,
      onFailure: () => failed!(),
      ...compress,
    });
    const recording = recordGraph(graph, node, log, wanted);
    const waits = [asked(), gone, failure];
    if (options.seconds !== undefined)
      waits.push(new Promise((resolve) => setTimeout(resolve, 1000 * options.seconds!)));
    console.log(`recording ${recording.topics().length} topics into ${file}; Ctrl-C ends it`);
    await Promise.race(waits);
    recording.stop();
    await log.close();
    console.log(`${file}: ${recording.count()} messages on ${recording.topics().length} topics`);
  });
}

const asked = (): Promise<void> => new Promise((resolve) => process.once("SIGINT", resolve));
