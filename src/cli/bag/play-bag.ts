import type { Command } from "commander";
import { BagReader } from "../../bag/bag-reader.ts";
import type { PlaySettings } from "../../replay/play-settings.ts";
import { servePlayer } from "../../replay/serve-player.ts";
import { CellistError } from "../../errors.ts";
import { EmbeddedGraph } from "../../ros/graph/embedded-graph.ts";
import { GraphNode } from "../../ros/node/graph-node.ts";
import { openDoor } from "../../ros/peer/door.ts";
import { GraphPeers } from "../../ros/peer/graph-peers.ts";
import { addGraphOption, onGraph, type GraphOptions } from "../graph/graph-tool.ts";
import { PLAY_KEYS_HELP, listenForPlayKeys } from "./play-keys.ts";
import { addSpanOptions, positiveNumber, selectionOf, type SpanOptions } from "./span-options.ts";

interface PlayBagOptions extends SpanOptions, GraphOptions {
  readonly rate: number;
  readonly loop?: true;
  readonly paused?: true;
  readonly clock?: number | true;
  readonly remap?: string[];
}

const DEFAULT_CLOCK_HZ = 40;
const HELP = `
It plays on a graph of its own, which cellist topic and the other tools find, or with --graph on one that runs.
Keys: ${PLAY_KEYS_HELP}. The services of rosbag2's player are there, too: /player/pause, /player/seek and so on.
`;

/** `cellist bag play`: a bag, in time, on a graph. */
export function addPlayBagCommand(group: Command): void {
  addGraphOption(
    addSpanOptions(group.command("play").summary("publish what a bag holds, in time").argument("<bag>")),
  )
    .option("--rate <factor>", "bag seconds a wall second", positiveNumber, 1)
    .option("--loop", "begin again at the end")
    .option("--paused", "wait for a key or a service")
    .option("--clock [hz]", `publish /clock, by default ${DEFAULT_CLOCK_HZ} times a second`, positiveNumber)
    .option("--remap <from:=to...>", "publish topics under other names")
    .addHelpText("after", HELP)
    .action(play);
}

async function play(bag: string, options: PlayBagOptions): Promise<void> {
  if (options.rate === 0) throw new CellistError("usage", "--rate must be above 0; --paused stands still");
  const reader = await BagReader.open(bag);
  try {
    for (const remark of reader.remarks) console.log(`${bag}: ${remark}`);
    const { topics = [] } = await selectionOf(reader, options);
    const settings: PlaySettings = {
      topics,
      exclude: [],
      rate: options.rate,
      loop: options.loop === true,
      paused: options.paused === true,
      start: options.start ?? 0,
      duration: options.duration ?? -1,
      clock_hz: options.clock === true ? DEFAULT_CLOCK_HZ : (options.clock ?? 0),
    };
    const remap = Object.fromEntries((options.remap ?? []).map(remapping));
    const onOne = (graph: EmbeddedGraph): Promise<void> => playOn(graph, reader, settings, remap);
    if (options.graph !== undefined) await onGraph(options, ({ graph }) => onOne(graph));
    else await onOwnGraph(onOne);
  } finally {
    await reader.close();
  }
}

function remapping(text: string): readonly [string, string] {
  const [from, to] = text.split(":=");
  if (!from || !to)
    throw new CellistError("usage", `${text}: write from:=to, as in /joint_states:=/left/joint_states`);
  return [from, to];
}

async function onOwnGraph(work: (graph: EmbeddedGraph) => Promise<void>): Promise<void> {
  const graph = new EmbeddedGraph();
  const peers = new GraphPeers(graph);
  const door = await openDoor(peers, "bag");
  try {
    await work(graph);
  } finally {
    await door.close();
  }
}

async function playOn(
  graph: EmbeddedGraph,
  reader: BagReader,
  settings: PlaySettings,
  remap: Readonly<Record<string, string>>,
): Promise<void> {
  const logSink = (_node: string, _level: string, text: string): void => console.log(text);
  const node = new GraphNode(graph, { name: "player", remap, logSink });
  let releaseKeys: (() => void) | undefined;
  try {
    const player = await servePlayer(node, reader, settings);
    if (process.stdin.isTTY) console.log(PLAY_KEYS_HELP);
    releaseKeys = listenForPlayKeys(process.stdin, player, (text) => console.log(text));
    await player.play();
    console.log(`played ${player.published} messages`);
  } finally {
    releaseKeys?.();
    node.destroy();
  }
}
