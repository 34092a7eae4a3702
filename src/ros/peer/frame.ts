import type { GraphSnapshot } from "../graph/endpoint.ts";

/** What two parts of a graph say to each other. The body, where there is one, is CDR. */
export type FrameHead =
  /** Everything on the sender's side, each time something changes there. */
  | { readonly op: "graph"; readonly snapshot: GraphSnapshot }
  /** A message; `to` one subscription only (transient local), otherwise to all that match. */
  | { readonly op: "message"; readonly publisher: string; readonly to?: string }
  | { readonly op: "call"; readonly call: number; readonly name: string; readonly type: string }
  | { readonly op: "answer"; readonly call: number; readonly type: string; readonly error?: FrameError };

export interface FrameError {
  readonly code: string;
  readonly message: string;
}

export interface Frame {
  readonly head: FrameHead;
  readonly body: Uint8Array;
}

const SIZES_BYTES = 8;
/** A frame larger than this is a broken peer [bytes]. */
const MOST_BYTES = 256 * 1024 * 1024;
export const NO_BODY = new Uint8Array(0);

/** A frame as bytes: length of all, length of the head, head as JSON, body. */
export function encodeFrame({ head, body }: Frame): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(SIZES_BYTES + text.length + body.length);
  const sizes = new DataView(bytes.buffer);
  sizes.setUint32(0, text.length + body.length, true);
  sizes.setUint32(4, text.length, true);
  bytes.set(text, SIZES_BYTES);
  bytes.set(body, SIZES_BYTES + text.length);
  return bytes;
}

const NO_FRAME = "what came is no frame";
const UTF8 = new TextDecoder();

const isText = (value: unknown): value is string => typeof value === "string";
type Loose = Readonly<Record<string, unknown>> | null | undefined;

/** Whether this is something that a part of a graph says. What its body holds is another matter. */
function isFrameHead(value: unknown): value is FrameHead {
  const head = value as Loose;
  switch (head?.["op"]) {
    case "graph":
      return isSnapshot(head["snapshot"]);
    case "message":
      return isText(head["publisher"]);
    case "call":
      return typeof head["call"] === "number" && isText(head["name"]) && isText(head["type"]);
    case "answer":
      return typeof head["call"] === "number" && isText(head["type"]);
    default:
      return false;
  }
}

function isSnapshot(value: unknown): value is GraphSnapshot {
  const { nodes, endpoints } = (value ?? {}) as Partial<Record<keyof GraphSnapshot, readonly Loose[]>>;
  return (
    Array.isArray(nodes) &&
    nodes.every((node: Loose) => isText(node?.["name"]) && isText(node["place"])) &&
    Array.isArray(endpoints) &&
    endpoints.every(
      (one: Loose) =>
        ["id", "kind", "node", "name", "type"].every((field) => isText(one?.[field])) &&
        (one!["kind"] === "server" || typeof one!["qos"] === "object"),
    )
  );
}

/** Puts frames together from the chunks of a stream. */
export class FrameDecoder {
  #pending: Uint8Array = NO_BODY;

  /** @throws Error for bytes that are no frames */
  push(chunk: Uint8Array): Frame[] {
    const bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const frames: Frame[] = [];
    let at = 0;
    while (bytes.length - at >= SIZES_BYTES) {
      const [all, headBytes] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
      if (all > MOST_BYTES || headBytes > all) throw new Error(NO_FRAME);
      const end = at + SIZES_BYTES + all;
      if (bytes.length < end) break;
      const head: unknown = JSON.parse(
        UTF8.decode(bytes.subarray(at + SIZES_BYTES, at + SIZES_BYTES + headBytes)),
      );
      if (!isFrameHead(head)) throw new Error(NO_FRAME);
      frames.push({ head, body: bytes.slice(at + SIZES_BYTES + headBytes, end) });
      at = end;
    }
    this.#pending = bytes.slice(at);
    return frames;
  }
}
