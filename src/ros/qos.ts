/** How messages of a topic travel. Same words and rules as in ROS 2. */
export interface Qos {
  /** reliable: every message arrives while the reader keeps up; best_effort: what does not fit is dropped. */
  readonly reliability: "reliable" | "best_effort";
  /** transient_local: who comes late still gets the last `depth` messages. */
  readonly durability: "volatile" | "transient_local";
  /** Messages kept for a reader that is behind, ≥ 1. */
  readonly depth: number;
  /** Longest time between two messages that is promised (publisher) or tolerated (subscription) [s]. */
  readonly deadlineS?: number;
}

/** Streams of the control period: a lost one is followed by the next. */
export const STREAM_QOS: Qos = { reliability: "reliable", durability: "volatile", depth: 1000 };
/** Events: each counts. */
export const EVENT_QOS: Qos = { reliability: "reliable", durability: "volatile", depth: 100 };
/** Facts: who asks later gets the last one too. */
export const LATCHED_QOS: Qos = { reliability: "reliable", durability: "transient_local", depth: 1 };

/**
 * Why a subscription cannot hear a publisher: it asks for more than is offered. undefined = it can.
 *
 * @source ROS 2, "Quality of Service settings": compatibilities
 */
export function qosConflict(offered: Qos, asked: Qos): string | undefined {
  if (offered.reliability === "best_effort" && asked.reliability === "reliable")
    return "it offers best effort where reliable is asked for";
  if (offered.durability === "volatile" && asked.durability === "transient_local")
    return "it keeps nothing (volatile) where transient local is asked for";
  const [offers, asks] = [offered.deadlineS ?? Infinity, asked.deadlineS ?? Infinity];
  if (offers > asks) return `its deadline is ${offers} s where ${asks} s is asked for`;
  return undefined;
}

/** "reliable, transient local, depth 1" */
export const sayQos = ({ reliability, durability, depth, deadlineS }: Qos): string =>
  [
    reliability.replace("_", " "),
    durability.replace("_", " "),
    `depth ${depth}`,
    ...(deadlineS === undefined ? [] : [`deadline ${deadlineS} s`]),
  ].join(", ");
