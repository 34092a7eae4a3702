import { qosConflict, type Qos } from "../qos.ts";

/** Something that a node has on the graph. */
export interface Endpoint {
  /** Unique on the whole graph. */
  readonly id: string;
  readonly kind: "publisher" | "subscription" | "server";
  /** Fully qualified name of the node, "/score". */
  readonly node: string;
  /** Fully qualified name of the topic or service. */
  readonly name: string;
  /** "package/msg/Name" or "package/srv/Name" */
  readonly type: string;
  /** Of a topic's endpoint. */
  readonly qos?: Qos;
  /** It only takes messages on to somewhere else, where those who listen are shown as well: it is not counted. */
  readonly relay?: true;
}

/** A node, and where it runs: "main", or the name of a thread or process. */
export interface NodeEntry {
  readonly name: string;
  readonly place: string;
}

/** Everything on a graph at one moment. */
export interface GraphSnapshot {
  readonly nodes: readonly NodeEntry[];
  readonly endpoints: readonly Endpoint[];
}

/** What comes with a message. */
export interface MessageFacts {
  readonly topic: string;
  readonly type: string;
  /** Node that published it. */
  readonly node: string;
  /** It was published before the subscription was there (transient local). */
  readonly retained: boolean;
  /** The message as CDR; good until the listener returns. */
  readonly cdr: Uint8Array;
}

export type Listener = (message: unknown, facts: MessageFacts) => void;
export type Handler = (request: unknown) => unknown;

/** One end of a topic that speaks. */
export interface Publisher {
  /** Delivers to every matching subscription in this process before it returns. @throws CellistError `message-invalid` */
  publish(message: unknown): void;
  /** Matching subscriptions, here and elsewhere. */
  subscriptionCount(): number;
  close(): void;
}

/** Why a subscription does not hear a publisher of its topic. undefined = it does. */
export const topicConflict = (publisher: Endpoint, subscription: Endpoint): string | undefined =>
  publisher.type === subscription.type
    ? qosConflict(publisher.qos!, subscription.qos!)
    : `it is a ${publisher.type} where a ${subscription.type} is asked for`;
