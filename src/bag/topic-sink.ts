import type { MessageOf, Topic } from "../ros/topics.ts";

/** Where messages of a performance go: a log, or a graph. */
export interface TopicSink {
  /** @param timeNs log time, see `logTimeNs` */
  append<T extends Topic>(topic: T, timeNs: bigint, message: MessageOf<T>): void;
}
