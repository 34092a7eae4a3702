import type { BagReader } from "../bag/bag-reader.ts";
import type { GraphNode, ServiceType } from "../ros/node/graph-node.ts";
import { nanoseconds } from "../ros/time.ts";
import { BagPlayer } from "./bag-player.ts";
import { graphPort } from "./graph-port.ts";
import { spanOf, type PlaySettings } from "./play-settings.ts";

/** Services of a player, by the names and types of rosbag2's. */
export const PLAYER_SERVICES = {
  "~/pause": "rosbag2_interfaces/srv/Pause",
  "~/resume": "rosbag2_interfaces/srv/Resume",
  "~/toggle_paused": "rosbag2_interfaces/srv/TogglePaused",
  "~/is_paused": "rosbag2_interfaces/srv/IsPaused",
  "~/get_rate": "rosbag2_interfaces/srv/GetRate",
  "~/set_rate": "rosbag2_interfaces/srv/SetRate",
  "~/play_next": "rosbag2_interfaces/srv/PlayNext",
  "~/seek": "rosbag2_interfaces/srv/Seek",
} as const satisfies Readonly<Record<string, ServiceType>>;

/**
 * A player of a bag on a graph, with its services; what cannot be played is told in the node's log.
 *
 * @throws CellistError "usage" when the span lies outside the bag
 */
export async function servePlayer(
  node: GraphNode,
  reader: BagReader,
  settings: PlaySettings,
): Promise<BagPlayer> {
  const { topics, exclude, rate, loop, paused, clock_hz: clockHz } = settings;
  const span = await spanOf(reader, settings);
  const wanted = (topic: string): boolean =>
    (topics.length === 0 || topics.includes(topic)) && !exclude.includes(topic);
  const { port, topics: playable, leftOut } = graphPort(node, reader, wanted);
  for (const why of leftOut) node.log("warn", why);
  for (const topic of topics)
    if (!reader.channels.some((channel) => channel.topic === topic))
      node.log("warn", `the bag has no topic ${topic}`);
  const options = { selection: { ...span, topics: playable }, rate, loop, paused, clockHz };
  const player = new BagPlayer(reader, port, options);
  node.log("info", sayPlan(reader, player, settings));
  node.serve("~/pause", PLAYER_SERVICES["~/pause"], () => (player.pause(), {}));
  node.serve("~/resume", PLAYER_SERVICES["~/resume"], () => (player.resume(), {}));
  node.serve("~/toggle_paused", PLAYER_SERVICES["~/toggle_paused"], () => (player.togglePaused(), {}));
  node.serve("~/is_paused", PLAYER_SERVICES["~/is_paused"], () => ({ paused: player.paused }));
  node.serve("~/get_rate", PLAYER_SERVICES["~/get_rate"], () => ({ rate: player.rate }));
  node.serve("~/set_rate", PLAYER_SERVICES["~/set_rate"], ({ rate: wished }) => {
    if (wished > 0) player.setRate(wished);
    return { success: wished > 0 };
  });
  node.serve("~/play_next", PLAYER_SERVICES["~/play_next"], async () => ({ success: await player.step() }));
  node.serve("~/seek", PLAYER_SERVICES["~/seek"], ({ time }) => {
    player.seek(nanoseconds(time));
    return { success: true };
  });
  return player;
}

/** What is going to happen, for people. */
function sayPlan(
  { path }: BagReader,
  { lengthS, topics }: BagPlayer,
  { rate, loop, paused, start }: PlaySettings,
): string {
  const from = start > 0 ? ` from ${start} s on` : "";
  const how = [`rate ${rate}`, ...(loop ? ["in a loop"] : []), ...(paused ? ["paused: space begins"] : [])];
  return `plays ${lengthS.toFixed(1)} s of ${path}${from}: ${topics.length} topics, ${how.join(", ")}`;
}
