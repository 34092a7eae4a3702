import { MessageReader } from "@foxglove/rosmsg2-serialization";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CellistError } from "../errors.ts";
import { parseSchema, schemaOf, type MessageDefinition } from "../ros/schemas.ts";
import { TOPICS, type MessageOf, type Topic } from "../ros/topics.ts";
import type { BagChannel, BagContents, Selection, StoredMessage } from "./bag-contents.ts";
import { sameLayout } from "./layout-of-type.ts";
import { renewal } from "./older-version.ts";
import { knownText } from "./known-text.ts";
import { openBag } from "./open-bag.ts";

/** One decoded message of a known topic; `topic` tells the type of `message`. */
export type BagMessage<T extends Topic = Topic> = {
  [K in T]: { readonly topic: K; readonly timeNs: bigint; readonly message: MessageOf<K> };
}[T];

/** A message of any type that the bag or the known packages define, decoded. */
export interface DecodedMessage extends StoredMessage {
  readonly message: Fields;
}

/** A message by the names of its fields. */
type Fields = Readonly<Record<string, unknown>>;
type Decode = (data: Uint8Array) => Fields;

/** A bag of any kind, opened: see `openBag`. Its messages come in order of log time. */
export class BagReader {
  readonly path: string;
  readonly #contents: BagContents;
  readonly #decoders = new Map<BagChannel, Decode>();
  readonly #todays = new Map<BagChannel, Decode>();

  private constructor(path: string, contents: BagContents) {
    this.path = path;
    this.#contents = contents;
  }

  /** @throws CellistError "bag-unreadable": not there, or no bag */
  static async open(path: string): Promise<BagReader> {
    return new BagReader(path, await openBag(path));
  }

  /** "mcap", "sqlite3", … */
  get storage(): string {
    return this.#contents.storage;
  }

  /** The writer was killed or failed: the end is missing. */
  get truncated(): boolean {
    return this.#contents.truncated !== undefined;
  }

  /** What is missing and what had to be repaired to read it, a sentence each. */
  get remarks(): readonly string[] {
    const { truncated, repairs } = this.#contents;
    return truncated === undefined ? repairs : [truncated, ...repairs];
  }

  get channels(): readonly BagChannel[] {
    return this.#contents.channels;
  }

  /**
   * Decoded messages of our topics, in today's version of their types.
   *
   * @throws CellistError "bag-unreadable": damaged, or a topic carries another type than ours
   */
  async *messages<T extends Topic>(
    topics: readonly T[],
    range: Omit<Selection, "topics"> = {},
  ): AsyncGenerator<BagMessage<T>, void, void> {
    for await (const { channel, timeNs, data } of this.stored({ ...range, topics })) {
      const message = this.#ours(channel)(data);
      yield { topic: channel.topic, timeNs, message } as unknown as BagMessage<T>;
    }
  }

  /** Decoded messages of any topic. @throws CellistError "bag-unreadable": damaged, or a type that nobody defines */
  async *decoded(selection: Selection = {}): AsyncGenerator<DecodedMessage, void, void> {
    for await (const stored of this.stored(selection))
      yield { ...stored, message: this.#decoder(stored.channel)(stored.data) };
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

  /** The types that a topic's messages are made of, its own first; or why they are not known. */
  definitionsOf(channel: BagChannel): readonly MessageDefinition[] | string {
    const { topic, type, messageEncoding, schemaEncoding, schemaText } = channel;
    if (messageEncoding !== "cdr")
      return `carries ${messageEncoding} on ${topic}, not cdr, so it cannot be decoded`;
    if (schemaEncoding === "ros2msg") return parseSchema(schemaText);
    const { encoding, text } = knownText(type);
    if (encoding !== "") return parseSchema(text);
    return `does not define ${type || "the type"} (${topic}) as ros2msg, and no known package does`;
  }

  /** Log times of the first and the last message. @throws CellistError "bag-unreadable" for an empty bag */
  async span(): Promise<{ readonly startNs: bigint; readonly endNs: bigint }> {
    let startNs: bigint | undefined;
    let endNs = 0n;
    for await (const { timeNs } of this.stored()) {
      startNs ??= timeNs;
      endNs = timeNs;
    }
    if (startNs === undefined) throw this.#unreadable("holds no message");
    return { startNs, endNs };
  }

  close(): Promise<void> {
    return this.#contents.close();
  }

  /** What reads a topic's messages as today's version of its type, which ROS 2 or this project knows; or why nothing can. */
  todaysReader(channel: BagChannel): Decode | string {
    const { topic, type } = channel;
    const theirs = this.definitionsOf(channel);
    if (typeof theirs === "string") return theirs;
    if (knownText(type).encoding === "")
      return `carries ${type} on ${topic}, which is neither ours nor a common ROS 2 type`;
    const ours = schemaOf(type).definitions;
    const decode = this.#decoder(channel);
    if (sameLayout(theirs, ours)) return decode;
    const renew = renewal(theirs, ours);
    if (typeof renew === "string") return `was written with another version of ${type} (${topic}): ${renew}`;
    return (data) => renew(decode(data));
  }

  /** The same for one of our topics. @throws CellistError "bag-unreadable" */
  #ours(channel: BagChannel): Decode {
    const known = this.#todays.get(channel);
    if (known) return known;
    const { topic, type } = channel;
    const ours = TOPICS[topic as Topic].type;
    if (type !== ours) throw this.#unreadable(`carries ${type} on ${topic}, not ${ours} as ros2msg and cdr`);
    const decode = this.todaysReader(channel);
    if (typeof decode === "string") throw this.#unreadable(decode);
    this.#todays.set(channel, decode);
    return decode;
  }

  #decoder(channel: BagChannel): Decode {
    const known = this.#decoders.get(channel);
    if (known) return known;
    const definitions = this.definitionsOf(channel);
    if (typeof definitions === "string") throw this.#unreadable(definitions);
    const reader = new MessageReader([...definitions]);
    const isEmpty = definitions[0]!.definitions.length === 0;
    const decode: Decode = (data) => (isEmpty ? {} : reader.readMessage(data));
    this.#decoders.set(channel, decode);
    return decode;
  }

  #unreadable(what: string, cause?: unknown): CellistError {
    return new CellistError("bag-unreadable", `${this.path} ${what}`, { path: this.path }, cause);
  }
}

/** What a bag holds. */
export interface BagInfo {
  readonly path: string;
  /** "mcap", "sqlite3", … */
  readonly storage: string;
  readonly sizeBytes: number;
  /** The writer was killed or failed: the end is missing. */
  readonly truncated: boolean;
  /** What is missing and what had to be repaired to read it, a sentence each. */
  readonly remarks: readonly string[];
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
    const { storage, truncated, remarks } = reader;
    const sizeBytes = await sizeOf(path);
    return { path, storage, sizeBytes, truncated, remarks, topics: [...topics.values()] };
  } finally {
    await reader.close();
  }
}

/** A file's bytes, or those of all files in a folder. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.size;
  const sizes = (await readdir(path)).map(async (name) => (await stat(join(path, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function counted({ channel, timeNs }: StoredMessage, topics: ReadonlyMap<string, TopicInfo>): TopicInfo {
  const before = topics.get(channel.topic);
  if (!before) return { topic: channel.topic, type: channel.type, count: 1, startNs: timeNs, endNs: timeNs };
  const startNs = timeNs < before.startNs ? timeNs : before.startNs;
  const endNs = timeNs > before.endNs ? timeNs : before.endNs;
  return { ...before, count: before.count + 1, startNs, endNs };
}
