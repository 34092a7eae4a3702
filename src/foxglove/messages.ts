import * as z from "zod";

/**
 * Words of the Foxglove WebSocket protocol. Both subprotocols mean the same messages.
 *
 * @source foxglove/ws-protocol, docs/spec.md: version 1; `foxglove.sdk.v1` is how the newer SDK calls it
 */
export const SUBPROTOCOLS = ["foxglove.sdk.v1", "foxglove.websocket.v1"] as const;

const Id = z.int().min(0).max(0xffffffff);
const Names = z.array(z.string());
const ParameterValue = z.union([z.number(), z.boolean(), z.string(), z.array(z.unknown())]);

/** What a client says as text. */
export const ClientMessage = z.discriminatedUnion("op", [
  z.object({ op: z.literal("subscribe"), subscriptions: z.array(z.object({ id: Id, channelId: Id })) }),
  z.object({ op: z.literal("unsubscribe"), subscriptionIds: z.array(Id) }),
  z.object({
    op: z.literal("advertise"),
    channels: z.array(z.object({ id: Id, topic: z.string(), encoding: z.string(), schemaName: z.string() })),
  }),
  z.object({ op: z.literal("unadvertise"), channelIds: z.array(Id) }),
  z.object({ op: z.literal("getParameters"), parameterNames: Names, id: z.string().optional() }),
  z.object({
    op: z.literal("setParameters"),
    parameters: z.array(z.object({ name: z.string(), value: ParameterValue.optional() })),
    id: z.string().optional(),
  }),
  z.object({ op: z.literal("subscribeParameterUpdates"), parameterNames: Names }),
  z.object({ op: z.literal("unsubscribeParameterUpdates"), parameterNames: Names }),
  z.object({ op: z.literal("subscribeConnectionGraph") }),
  z.object({ op: z.literal("unsubscribeConnectionGraph") }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** What a client says as bytes. */
export type ClientBytes =
  | { readonly op: "message"; readonly channelId: number; readonly payload: Uint8Array }
  | {
      readonly op: "call";
      readonly serviceId: number;
      readonly callId: number;
      readonly encoding: string;
      readonly payload: Uint8Array;
    };

const [MESSAGE_DATA, TIME, CALL_RESPONSE] = [1, 2, 3];
const [CLIENT_MESSAGE, CLIENT_CALL] = [1, 2];

/** @throws RangeError for bytes that are no message of a client */
export function readClientBytes(bytes: Uint8Array): ClientBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (view.getUint8(0)) {
    case CLIENT_MESSAGE:
      return { op: "message", channelId: view.getUint32(1, true), payload: bytes.slice(5) };
    case CLIENT_CALL: {
      const length = view.getUint32(9, true);
      if (length > bytes.byteLength - 13) throw new RangeError("its encoding is longer than the whole");
      return {
        op: "call",
        serviceId: view.getUint32(1, true),
        callId: view.getUint32(5, true),
        encoding: new TextDecoder().decode(bytes.subarray(13, 13 + length)),
        payload: bytes.slice(13 + length),
      };
    }
    default:
      throw new RangeError(`its first byte is ${view.getUint8(0)}`);
  }
}

/** One message of a channel: opcode, subscription, time, and the message as it is. */
export function messageData(subscriptionId: number, timeNs: bigint, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(13 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, MESSAGE_DATA);
  view.setUint32(1, subscriptionId, true);
  view.setBigUint64(5, timeNs, true);
  bytes.set(payload, 13);
  return bytes;
}

/** What time it is on the graph. */
export function timeData(timeNs: bigint): Uint8Array {
  const bytes = new Uint8Array(9);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, TIME);
  view.setBigUint64(1, timeNs, true);
  return bytes;
}

/** The answer of a service. */
export function callResponse(
  serviceId: number,
  callId: number,
  encoding: string,
  payload: Uint8Array,
): Uint8Array {
  const name = new TextEncoder().encode(encoding);
  const bytes = new Uint8Array(13 + name.length + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, CALL_RESPONSE);
  view.setUint32(1, serviceId, true);
  view.setUint32(5, callId, true);
  view.setUint32(9, name.length, true);
  bytes.set(name, 13);
  bytes.set(payload, 13 + name.length);
  return bytes;
}
