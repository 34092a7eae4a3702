import { CellistError } from "../errors.ts";
import { decodeCdr } from "../ros/graph/message-codec.ts";
import { messageFromPlain } from "../ros/graph/message-from-plain.ts";
import type { Publisher } from "../ros/graph/endpoint.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import { EVENT_QOS } from "../ros/qos.ts";
import { schemaOf } from "../ros/schemas.ts";

/** How clients may write their messages. */
export const ENCODINGS: readonly string[] = ["cdr", "json"];

/** A channel as a client announces it. */
export interface ClientChannel {
  readonly id: number;
  readonly topic: string;
  readonly encoding: string;
  /** "package/msg/Name", or without the middle. */
  readonly schemaName: string;
}

interface Open {
  readonly publisher: Publisher;
  readonly read: (bytes: Uint8Array) => unknown;
}

/** The topics on which one client publishes. */
export class ClientChannels {
  readonly #node: GraphNode;
  readonly #channels = new Map<number, Open>();

  constructor(node: GraphNode) {
    this.#node = node;
  }

  /** @throws CellistError `message-invalid`: a number in use, a type or an encoding that is not known */
  open({ id, topic, encoding, schemaName }: ClientChannel): void {
    const type = schemaName.includes("/msg/") ? schemaName : schemaName.replace("/", "/msg/");
    if (this.#channels.has(id)) throw new CellistError("message-invalid", `channel ${id} is in use already`);
    const { graph, name } = this.#node;
    const read = readerOf(encoding, knownType(type));
    const full = this.#node.resolve(topic.startsWith("/") ? topic : `/${topic}`);
    this.#channels.set(id, { publisher: graph.advertise(name, full, type, EVENT_QOS), read });
  }

  /** @returns whether it was there */
  close(id: number): boolean {
    this.#channels.get(id)?.publisher.close();
    return this.#channels.delete(id);
  }

  closeAll(): void {
    for (const id of [...this.#channels.keys()]) this.close(id);
  }

  /** @throws CellistError `message-invalid` */
  publish(id: number, payload: Uint8Array): void {
    const channel = this.#channels.get(id);
    if (!channel) throw new CellistError("message-invalid", `there is no channel ${id} of this client`);
    channel.publisher.publish(channel.read(payload));
  }
}

function knownType(type: string): string {
  try {
    schemaOf(type);
    return type;
  } catch (cause) {
    throw new CellistError("message-invalid", `${type} is not known here`, {}, cause);
  }
}

/** Reads a client's message of a type. @throws CellistError `message-invalid` */
export function readerOf(encoding: string, type: string): (bytes: Uint8Array) => unknown {
  if (encoding === "json")
    return (bytes) => messageFromPlain(type, JSON.parse(new TextDecoder().decode(bytes)));
  if (encoding === "cdr") return (bytes) => decodeCdr(type, bytes);
  throw new CellistError(
    "message-invalid",
    `"${encoding}" is not spoken here; ${ENCODINGS.join(" and ")} are`,
  );
}
