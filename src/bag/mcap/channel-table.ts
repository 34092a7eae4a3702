import { McapStreamReader, Opcode, type McapTypes } from "@mcap/core";
import type { BagChannel } from "../bag-contents.ts";
import { RECORD_HEADER_BYTES, type RecordSpan } from "./records.ts";

/** Channels by number, from the schema and channel records met so far. */
export class ChannelTable {
  readonly #schemas = new Map<number, McapTypes.Schema>();
  readonly #raw = new Map<number, McapTypes.Channel>();
  readonly #channels = new Map<number, BagChannel>();

  get channels(): readonly BagChannel[] {
    return [...this.#raw.keys()].map((id) => this.channel(id)!);
  }

  channel(id: number): BagChannel | undefined {
    const known = this.#channels.get(id);
    if (known) return known;
    const raw = this.#raw.get(id);
    if (!raw) return undefined;
    const channel = channelOf(raw, this.#schemas.get(raw.schemaId));
    this.#channels.set(id, channel);
    return channel;
  }

  /** Takes a schema or channel record as it lies in the file; one that is known already costs nothing. */
  learn({ opcode, bytes }: RecordSpan): void {
    const id = bytes[RECORD_HEADER_BYTES]! | (bytes[RECORD_HEADER_BYTES + 1]! << 8);
    if (opcode === (Opcode.SCHEMA as number) ? this.#schemas.has(id) : this.#raw.has(id)) return;
    const reader = new McapStreamReader({ noMagicPrefix: true });
    reader.append(bytes);
    this.add(reader.nextRecord());
  }

  /** Every channel met has its schema, where it has one at all. */
  get complete(): boolean {
    return [...this.#raw.values()].every(({ schemaId }) => schemaId === 0 || this.#schemas.has(schemaId));
  }

  add(record: McapTypes.TypedMcapRecord | undefined): void {
    if (record?.type === "Schema") {
      this.#schemas.set(record.id, record);
      this.#channels.clear();
    }
    if (record?.type === "Channel") this.#raw.set(record.id, record);
  }
}

const channelOf = (raw: McapTypes.Channel, schema: McapTypes.Schema | undefined): BagChannel => ({
  topic: raw.topic,
  type: schema?.name ?? "",
  messageEncoding: raw.messageEncoding,
  schemaEncoding: schema?.encoding ?? "",
  schemaText: schema ? new TextDecoder().decode(schema.data) : "",
  offeredQos: raw.metadata.get("offered_qos_profiles") ?? "",
});
