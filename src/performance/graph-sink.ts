import type { TopicSink } from "../bag/topic-sink.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import type { TopicName } from "../ros/topics.ts";

/** A sink that publishes: the log time is in each message's own stamp. */
export function graphSink(node: GraphNode, topics: readonly TopicName[]): TopicSink {
  const publishers = new Map<string, { publish(message: never): void }>(
    topics.map((name) => [`/${name}`, node.publisher(name)]),
  );
  return {
    append: (topic, _timeNs, message) => publishers.get(topic)!.publish(message as never),
  };
}
