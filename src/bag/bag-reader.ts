import { MessageReader } from "@foxglove/rosmsg2-serialization";
import type { McapTypes } from "@mcap/core";
import { stat } from "node:fs/promises";
import { CellistError } from "../errors.ts";
import { parseSchema, schemaOf, type MessageDefinition } from "../ros/schemas.ts";
import { TOPICS, type MessageOf, type Topic } from "../ros/topics.ts";
import { FileSource } from "./file-source.ts";
import { findContents, type McapContents, type Selection, type StoredMessage } from "./mcap-contents.ts";

/** One decoded message of a known topic; `topic` tells the type of `message`. */
export type BagMessage<T extends Topic = Topic> = {
  [K in T]: { readonly topic: K; readonly timeNs: bigint; readonly message: MessageOf<K> };
}[T];

/** A bag, opened. Reads by index; a bag without one (killed writer) is read up to its last whole chunk. */
export class BagReader {
  readonly path: string;
  readonly #source: FileSource;
  readonly #contents: McapContents;
  readonly #decoders = new Map<string, MessageReader>();

  private constructor(source: FileSource, contents: McapContents) {
    this.path = source.path;
    this.#source = source;
    this.#contents = contents;
  }

  /** @throws CellistError "bag-unreadable": not there, or not MCAP */
  static async open(path: string): Promise<BagReader> {
    const source = await FileSource.open(path);
    try {
      return new BagReader(source, await findContents(source));
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  /** The writer was killed or failed: the end is missing. */
  get truncated(): boolean {
    return this.#contents.truncated !== undefined;
  }

  /**
   * Decoded messages of our topics, by log time (of a truncated bag: in the order they were appended).
   *
   * @throws CellistError "bag-unreadable": damaged, or a topic carries another type than ours
   */
  async *messages<T extends Topic>(
    topics: readonly T[],
    range: Omit<Selection, "topics"> = {},
  ): AsyncGenerator<BagMessage<T>, void, void> {
    for await (const { channel, schema, timeNs, data } of this.stored({ ...range, topics })) {
      const message = this.#decoder(channel, schema).readMessage(data);
      yield { topic: channel.topic, timeNs, message } as BagMessage<T>;
    }
  }

  /** Messages of any topic, as they lie in the file. */
  async *stored(selection: Selection = {}): AsyncGenerator<StoredMessage, void, void> {
    try {
      yield* this.#contents.messages(selection);
    } catch (cause) {
      if (cause instanceof CellistError) throw cause;
      throw this.#unreadable(`is damaged: ${(cause as Error).message}`, cause);
    }
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  #decoder(channel: McapTypes.Channel, schema: McapTypes.Schema | undefined): MessageReader {
    const known = this.#decoders.get(channel.topic);
    if (known) return known;
    const { type } = TOPICS[channel.topic as Topic];
    if (schema?.name !== type || schema.encoding !== "ros2msg" || channel.messageEncoding !== "cdr")
      throw this.#unreadable(`carries ${schema?.name} on ${channel.topic}, not ${type} as ros2msg and cdr`);
    const definitions = parseSchema(new TextDecoder().decode(schema.data));
    if (layout(definitions) !== layout(schemaOf(type).definitions))
      throw this.#unreadable(`was written with another version of ${type} (${channel.topic})`);
    const decoder = new MessageReader([...definitions]);
    this.#decoders.set(channel.topic, decoder);
    return decoder;
  }

  #unreadable(what: string, cause?: unknown): CellistError {
    return new CellistError("bag-unreadable", `${this.path} ${what}`, { path: this.path }, cause);
  }
}

/** What decides where a field lies in CDR; the same for two texts that differ in comments, constants or order of types. */
function layout(definitions: readonly MessageDefinition[]): string {
  const types = definitions.slice(1).filter(({ name }) => !name?.startsWith("builtin_interfaces/"));
  types.sort((a, b) => (a.name! < b.name! ? -1 : 1));
  return JSON.stringify(
    [definitions[0]!, ...types].map(({ definitions: fields }, index) => [
      index > 0 ? types[index - 1]!.name : "",
      ...fields
        .filter((f) => !f.isConstant)
        .map((f) => [f.name, f.type, f.isArray ?? false, f.arrayLength ?? -1]),
    ]),
  );
}

/** What a bag holds. */
export interface BagInfo {
  readonly path: string;
  readonly sizeBytes: number;
  /** The writer was killed or failed: the end is missing. */
  readonly truncated: boolean;
  readonly topics: readonly TopicInfo[];
}

export interface TopicInfo {
  readonly topic: string;
  /** "package/msg/Name" */
  readonly type: string;
  readonly count: number;
  /** Log time of the first and the last message. */
  readonly startNs: bigint;
  readonly endNs: bigint;
}

/** Topics, counts and times of a bag. @throws CellistError "bag-unreadable" */
export async function bagInfo(path: string): Promise<BagInfo> {
  const reader = await BagReader.open(path);
  try {
    const topics = new Map<string, TopicInfo>();
    for await (const message of reader.stored()) topics.set(message.channel.topic, counted(message, topics));
    const { size } = await stat(path);
    return { path, sizeBytes: size, truncated: reader.truncated, topics: [...topics.values()] };
  } finally {
    await reader.close();
  }
}

function counted(
  { channel, schema, timeNs }: StoredMessage,
  topics: ReadonlyMap<string, TopicInfo>,
): TopicInfo {
  const before = topics.get(channel.topic);
  if (!before)
    return { topic: channel.topic, type: schema?.name ?? "", count: 1, startNs: timeNs, endNs: timeNs };
  const startNs = timeNs < before.startNs ? timeNs : before.startNs;
  const endNs = timeNs > before.endNs ? timeNs : before.endNs;
  return { ...before, count: before.count + 1, startNs, endNs };
}
