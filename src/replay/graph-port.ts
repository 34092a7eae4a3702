import { parse } from "yaml";
import type { BagChannel } from "../bag/bag-contents.ts";
import type { BagReader } from "../bag/bag-reader.ts";
import type { Publisher } from "../ros/graph/endpoint.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import { EVENT_QOS, LATCHED_QOS, type Qos } from "../ros/qos.ts";
import { rosTime } from "../ros/time.ts";
import { TOPICS, topicFacts, type Topic } from "../ros/topics.ts";
import type { PlayPort } from "./bag-player.ts";

type Decode = Exclude<ReturnType<BagReader["todaysReader"]>, string>;

/** Topics that a graph makes itself. */
const NEVER_PLAYED: readonly string[] = ["/clock", "/parameter_events"];

/**
 * Publishes what a bag holds on a graph, under the topics' own names (or others, by the node's remapping).
 *
 * @param wanted which topics; undefined: all
 * @returns the port, and a sentence for each topic that cannot be played
 */
export function graphPort(
  node: GraphNode,
  reader: BagReader,
  wanted: (topic: string) => boolean,
): { readonly port: PlayPort; readonly topics: readonly string[]; readonly leftOut: readonly string[] } {
  const publishers = new Map<string, { readonly publisher: Publisher; readonly decode: Decode }>();
  const leftOut: string[] = [];
  for (const channel of reader.channels) {
    if (!wanted(channel.topic) || NEVER_PLAYED.includes(channel.topic)) continue;
    const decode = reader.todaysReader(channel);
    if (typeof decode === "string") {
      leftOut.push(`${channel.topic} is not played: the bag ${decode}`);
      continue;
    }
    const publisher = node.graph.advertise(
      node.name,
      node.resolve(channel.topic),
      channel.type,
      qosOf(channel),
    );
    publishers.set(channel.topic, { publisher, decode });
  }
  const clock = node.publisher("clock", topicFacts("clock").qos);
  const port: PlayPort = {
    publish(channel, _timeNs, data) {
      const { publisher, decode } = publishers.get(channel.topic)!;
      publisher.publish(decode(data));
    },
    clock: (timeNs) => clock.publish({ clock: rosTime(timeNs) }),
  };
  return { port, topics: [...publishers.keys()], leftOut };
}

/** As the project says for its own topics, as the bag says for others. */
function qosOf({ topic, offeredQos }: BagChannel): Qos {
  if (Object.hasOwn(TOPICS, topic)) return TOPICS[topic as Topic].qos;
  const [offered] = (safeYaml(offeredQos) as { durability?: unknown; depth?: unknown }[] | undefined) ?? [];
  const latched = offered?.durability === 1 || offered?.durability === "transient_local";
  if (!latched) return EVENT_QOS;
  const depth = typeof offered.depth === "number" && offered.depth > 0 ? offered.depth : 1;
  return { ...LATCHED_QOS, depth };
}

function safeYaml(text: string): unknown {
  try {
    const said: unknown = parse(text);
    return Array.isArray(said) ? said : undefined;
  } catch {
    return undefined; // another writer's words: the usual quality then
  }
}
