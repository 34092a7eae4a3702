import type { Endpoint, GraphSnapshot } from "../graph/endpoint.ts";
import { nodeName } from "../names.ts";
import type { Qos } from "../qos.ts";
import { schemaOf } from "../schemas.ts";
import type { RclNode, RclTopicEndpoint } from "./rclnodejs-port.ts";

/** Nodes that bridges of this project use for themselves; the underscore hides them from `ros2 node list`. */
export const BRIDGE_NODE = /\/_cellist_bridge_\w+$/;

/** What ROS 2 has beside what one bridge put there. */
export interface RosGraph extends GraphSnapshot {
  /** Identities of this bridge's own publishers, as messages name their senders. */
  readonly ownPublishers: ReadonlySet<string>;
}

/**
 * Reads everything that is on ROS 2 from elsewhere, as far as its types are known here.
 *
 * @param own full names of the nodes that this bridge has put there itself
 */
export function readRosGraph(rcl: RclNode, own: ReadonlySet<string>): RosGraph {
  const nodes = new Map<string, { readonly name: string; readonly namespace: string }>();
  for (const entry of rcl.getNodeNamesAndNamespaces()) {
    const full = nodeName(entry.name, entry.namespace);
    if (!own.has(full) && !BRIDGE_NODE.test(full)) nodes.set(full, entry);
  }
  const endpoints: Endpoint[] = [];
  const ownPublishers = new Set<string>();
  for (const { name, types } of rcl.getTopicNamesAndTypes()) {
    if (name.includes("/_action/") || !types.some(isKnown)) continue;
    for (const info of rcl.getPublishersInfoByTopic(name)) {
      const endpoint = topicEndpoint("publisher", name, info);
      if (own.has(endpoint.node)) ownPublishers.add(endpoint.id);
      else if (nodes.has(endpoint.node) && isKnown(endpoint.type)) endpoints.push(endpoint);
    }
    for (const info of rcl.getSubscriptionsInfoByTopic(name)) {
      const endpoint = topicEndpoint("subscription", name, info);
      if (nodes.has(endpoint.node) && isKnown(endpoint.type)) endpoints.push(endpoint);
    }
  }
  for (const [node, { name, namespace }] of nodes)
    for (const service of rcl.getServiceNamesAndTypesByNode(name, namespace)) {
      const type = service.types[0]!;
      if (isKnown(`${type}_Request`))
        endpoints.push({ id: `${node} ${service.name}`, kind: "server", node, name: service.name, type });
    }
  return {
    nodes: [...nodes.keys()].map((name) => ({ name, place: "ROS 2" })),
    endpoints,
    ownPublishers,
  };
}

/** A publisher's identity as text, from the bytes that name it. */
export const gidText = (gid: ArrayLike<number>): string => Buffer.from(Array.from(gid)).toString("hex");

function topicEndpoint(
  kind: "publisher" | "subscription",
  name: string,
  { node_name, node_namespace, topic_type: type, endpoint_gid, qos_profile }: RclTopicEndpoint,
): Endpoint {
  const qos: Qos = {
    reliability: qos_profile.reliability === 2 ? "best_effort" : "reliable",
    durability: qos_profile.durability === 1 ? "transient_local" : "volatile",
    // Some middlewares do not tell the depth of others.
    depth: Math.max(1, qos_profile.depth),
    ...deadlineOf(qos_profile),
  };
  return { id: gidText(endpoint_gid), kind, node: fullName(node_name, node_namespace), name, type, qos };
}

/** Longer than this is how middlewares say that there is no deadline [s]. */
const NEVER_S = 1e9;

function deadlineOf({ deadline }: RclTopicEndpoint["qos_profile"]): Pick<Qos, "deadlineS"> {
  const deadlineS = deadline ? Number(deadline.seconds) + deadline.nanoseconds / 1e9 : 0;
  return deadlineS > 0 && deadlineS < NEVER_S ? { deadlineS } : {};
}

/** Middlewares name a node that they do not know yet "_NODE_NAME_UNKNOWN_"; it is read again a moment later. */
const fullName = (name: string, namespace: string): string =>
  name.startsWith("_NODE_NAME") ? "" : nodeName(name, namespace);

const known = new Map<string, boolean>();

function isKnown(type: string): boolean {
  let is = known.get(type);
  if (is === undefined) {
    try {
      schemaOf(type);
      is = true;
    } catch {
      is = false; // neither ours nor of ROS 2's common interfaces: nobody here could use it
    }
    known.set(type, is);
  }
  return is;
}
