import { MessageReader } from "@foxglove/rosmsg2-serialization";
import { stat } from "node:fs/promises";
import { CellistError } from "../errors.ts";
import { parseSchema, schemaOf, type MessageDefinition } from "../ros/schemas.ts";
import { TOPICS, type MessageOf, type Topic } from "../ros/topics.ts";
import type { BagChannel, BagContents, Selection, StoredMessage } from "./bag-contents.ts";
import { knownText } from "./known-text.ts";
import { openBag } from "./open-bag.ts";

/** One decoded message of a known topic; `topic` tells the type of `message`. */
export type BagMessage<T extends Topic = Topic> = {
  [K in T]: { readonly topic: K; readonly timeNs: bigint; readonly message: MessageOf<K> };
}[T];

/** A message of any type that the bag or the known packages define, decoded. */
export interface DecodedMessage extends StoredMessage {
  readonly message: Readonly<Record<string, unknown>>;
}

/** A bag of any kind, opened: see `openBag`. Its messages come in order of log time. */
export class BagReader {
  readonly path: string;
  readonly #contents: BagContents;
  readonly #decoders = new Map<BagChannel, MessageReader>();

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
   * Decoded messages of our topics.
   *
   * @throws CellistError "bag-unreadable": damaged, or a topic carries another type than ours
   */
  async *messages<T extends Topic>(
    topics: readonly T[],
    range: Omit<Selection, "topics"> = {},
  ): AsyncGenerator<BagMessage<T>, void, void> {
    for await (const { channel, timeNs, data } of this.stored({ ...range, topics })) {
      const message = this.#decoder(channel, (definitions) =>
        this.#checkOurs(channel, definitions),
      ).readMessage(data);
      yield { topic: channel.topic, timeNs, message } as BagMessage<T>;
    }
  }

  /** Decoded messages of any topic. @throws CellistError "bag-unreadable": damaged, or a type that nobody defines */
  async *decoded(selection: Selection = {}): AsyncGenerator<DecodedMessage, void, void> {
    for await (const stored of this.stored(selection))
      yield { ...stored, message: this.#decoder(stored.channel).readMessage(stored.data) };
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
    return this.#contents.close();
  }

  #decoder(channel: BagChannel, check?: (definitions: readonly MessageDefinition[]) => void): MessageReader {
    const known = this.#decoders.get(channel);
    if (known) return known;
    const definitions = this.#definitionsOf(channel);
    check?.(definitions);
    const decoder = new MessageReader([...definitions]);
    this.#decoders.set(channel, decoder);
    return decoder;
  }

  #definitionsOf(channel: BagChannel): readonly MessageDefinition[] {
    const { topic, type, messageEncoding, schemaEncoding, schemaText } = channel;
    if (messageEncoding !== "cdr")
      throw this.#unreadable(`carries ${messageEncoding} on ${topic}, not cdr, so it cannot be decoded`);
    const text = schemaEncoding === "ros2msg" ? schemaText : knownText(type).text;
    if (text === "" && schemaEncoding !== "ros2msg")
      throw this.#unreadable(`does not define ${type} (${topic}) as ros2msg, and no known package does`);
    return parseSchema(text);
  }

  #checkOurs({ topic, type }: BagChannel, definitions: readonly MessageDefinition[]): void {
    const ours = TOPICS[topic as Topic].type;
    if (type !== ours) throw this.#unreadable(`carries ${type} on ${topic}, not ${ours} as ros2msg and cdr`);
    if (layout(definitions) !== layout(schemaOf(type).definitions))
      throw this.#unreadable(`was written with another version of ${type} (${topic})`);
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

function counted({ channel, timeNs }: StoredMessage, topics: ReadonlyMap<string, TopicInfo>): TopicInfo {
  const before = topics.get(channel.topic);
  if (!before) return { topic: channel.topic, type: channel.type, count: 1, startNs: timeNs, endNs: timeNs };
  const startNs = timeNs < before.startNs ? timeNs : before.startNs;
  const endNs = timeNs > before.endNs ? timeNs : before.endNs;
  return { ...before, count: before.count + 1, startNs, endNs };
}
