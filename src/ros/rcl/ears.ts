import type { Qos } from "../qos.ts";
import type { TopicEndpoint } from "./joined-topics.ts";

/** One subscription on ROS 2 for everybody here who listens to a topic. */
export interface Ear {
  readonly topic: string;
  readonly type: string;
  readonly qos: Qos;
  /** Ours; it stands for all who listen. */
  readonly node: string;
  /** The only one who speaks: bytes are taken as they are. undefined = several: each message must tell its sender. */
  readonly speaker: string | undefined;
}

/** What must be heard from ROS 2, by a key that changes with how it is heard. */
export function earsFor(
  here: readonly TopicEndpoint[],
  there: readonly TopicEndpoint[],
): ReadonlyMap<string, Ear> {
  const ears = new Map<string, Ear>();
  const listeners = here.filter(({ kind }) => kind === "subscription");
  for (const { name: topic, type, node } of listeners) {
    const same = (one: TopicEndpoint): boolean => one.name === topic && one.type === type;
    const speakers = there.filter((one) => one.kind === "publisher" && same(one));
    if (speakers.length === 0 || [...ears.values()].some((ear) => ear.topic === topic && ear.type === type))
      continue;
    const qos = loosest(listeners.filter(same), speakers);
    const weSpeakToo = here.some((one) => one.kind === "publisher" && same(one));
    const alone = speakers.length === 1 && !weSpeakToo && qos.durability === "volatile";
    const speaker = alone ? speakers[0]!.id : undefined;
    const key = [topic, type, node, qos.reliability, qos.durability, qos.depth, speaker ?? "all"].join(" ");
    ears.set(key, { topic, type, qos, node, speaker });
  }
  return ears;
}

/** What hears every speaker that one of the listeners would hear. */
function loosest(listeners: readonly TopicEndpoint[], speakers: readonly TopicEndpoint[]): Qos {
  const all = (test: (qos: Qos) => boolean): boolean => listeners.every(({ qos }) => test(qos));
  const kept = speakers.every(({ qos }) => qos.durability === "transient_local");
  return {
    reliability: all(({ reliability }) => reliability === "reliable") ? "reliable" : "best_effort",
    durability:
      kept && listeners.some(({ qos }) => qos.durability === "transient_local")
        ? "transient_local"
        : "volatile",
    depth: Math.max(...listeners.map(({ qos }) => qos.depth)),
  };
}
