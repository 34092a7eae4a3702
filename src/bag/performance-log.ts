import { CellistError } from "../errors.ts";
import { CdrEncoder } from "../ros/cdr-encoder.ts";
import { schemaOf } from "../ros/schemas.ts";
import { TOPICS, type MessageOf, type Topic } from "../ros/topics.ts";
import type { BagChannel } from "./bag-contents.ts";
import { FileSink, type LogSink } from "./file-sink.ts";
import { McapChunks } from "./mcap-chunks.ts";
import type { TopicSink } from "./topic-sink.ts";

export interface PerformanceLogOptions {
  /** Called once, at once, when the log cannot go on (full disk): stop the performance. `close` rejects with the same. */
  readonly onFailure?: (failure: CellistError) => void;
  /**
   * Hands over unfinished chunks every 0.5 s of wall time too, so that a kill loses little even when no message comes.
   * Leave it out in lock-step, where the bytes must not depend on the machine.
   */
  readonly realTime?: boolean;
  /** Makes chunks smaller (`zstdCompressor`); left out: they stay as they are, and a control loop loses no time. */
  readonly compress?: (bytes: Uint8Array) => Uint8Array;
  /** Bytes that may wait for the disk; more is a failure (a disk that is too slow). Default 512 MiB. */
  readonly maxPendingBytes?: number;
}

const LIBRARY = "robot-cellist";
const WALL_FLUSH_MS = 500;

/**
 * Writes one performance to MCAP (profile ros2, CDR) without ever making the caller wait.
 *
 * A message is encoded inside `append`, because control loops reuse their buffers. Chunks go to the sink one after the
 * other in the background. A failed write surfaces at once through `onFailure`, and again at `close`: a performance with
 * a hole in its log is not a finished performance.
 */
export class PerformanceLog implements TopicSink {
  readonly #sink: LogSink;
  readonly #options: PerformanceLogOptions;
  readonly #chunks: McapChunks;
  readonly #channels = new Map<string, { readonly id: number; readonly encoder?: CdrEncoder }>();
  readonly #timer: NodeJS.Timeout | undefined;
  #tail: Promise<void> = Promise.resolve();
  #pendingBytes = 0;
  #writtenBytes = 0;
  #failure: CellistError | undefined;
  #closing: Promise<void> | undefined;

  constructor(sink: LogSink, options: PerformanceLogOptions = {}) {
    this.#sink = sink;
    this.#options = options;
    this.#chunks = new McapChunks(LIBRARY, (bytes) => this.#enqueue(bytes), options.compress);
    if (options.realTime) this.#timer = setInterval(() => this.flush(), WALL_FLUSH_MS).unref();
  }

  /** Bytes on their way to the sink. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Why the log cannot go on, if so. */
  get failure(): CellistError | undefined {
    return this.#failure;
  }

  /**
   * Takes a copy of the message. After a failure it does nothing: the failure has been told.
   *
   * @param timeNs log time, see `logTimeNs`
   * @throws CellistError "log-closed"; TypeError if the message does not fit the topic
   */
  append<T extends Topic>(topic: T, timeNs: bigint, message: MessageOf<T>): void {
    const channel = this.#channelOf(topic, () => this.#addOurs(topic));
    if (channel) this.#chunks.addMessage(channel.id, timeNs, channel.encoder!.encode(message));
  }

  /** The same for a message that is CDR already. @throws CellistError "log-closed" */
  appendEncoded(topic: Topic, timeNs: bigint, cdr: Uint8Array): void {
    const channel = this.#channelOf(topic, () => this.#addOurs(topic));
    if (channel) this.#chunks.addMessage(channel.id, timeNs, cdr);
  }

  /** A message of any topic, as another bag or a graph has it. @throws CellistError "log-closed" */
  appendStored(of: BagChannel, timeNs: bigint, cdr: Uint8Array): void {
    const channel = this.#channelOf(of.topic, () => ({
      id: this.#chunks.addChannel(of.topic, of.type, of.schemaText, of),
    }));
    if (channel) this.#chunks.addMessage(channel.id, timeNs, cdr);
  }

  /** Hands what was appended so far to the sink; for moments that must survive a kill. */
  flush(): void {
    if (!this.#closing && !this.#failure) this.#chunks.closeChunk();
  }

  /** Resolves when nothing waits for the sink; lets a lock-step loop that outruns the disk breathe. */
  drained(): Promise<void> {
    return this.#tail;
  }

  /** Writes what is left and the index. @throws CellistError "log-incomplete" if any write failed */
  close(): Promise<void> {
    return (this.#closing ??= this.#finish());
  }

  async #finish(): Promise<void> {
    clearInterval(this.#timer);
    if (!this.#failure) this.#chunks.end();
    await this.#tail;
    await this.#sink.close().catch((cause: unknown) => this.#fail(cause));
    if (this.#failure) throw this.#failure;
  }

  /** Where messages of a topic go; undefined after a failure. */
  #channelOf(
    topic: string,
    add: () => { readonly id: number; readonly encoder?: CdrEncoder },
  ): { readonly id: number; readonly encoder?: CdrEncoder } | undefined {
    if (this.#closing)
      throw new CellistError("log-closed", `cannot append to ${topic}: ${this.#sink.name} is closed`);
    if (this.#failure) return undefined;
    const known = this.#channels.get(topic);
    if (known) return known;
    const channel = add();
    this.#channels.set(topic, channel);
    return channel;
  }

  #addOurs(topic: Topic): { readonly id: number; readonly encoder: CdrEncoder } {
    const schema = schemaOf(TOPICS[topic].type);
    const id = this.#chunks.addChannel(topic, schema.name, schema.text);
    return { id, encoder: new CdrEncoder(schema) };
  }

  #enqueue(bytes: Uint8Array): void {
    this.#pendingBytes += bytes.length;
    const limit = this.#options.maxPendingBytes ?? 512 * 1024 * 1024;
    if (this.#pendingBytes > limit)
      this.#fail(new Error(`the disk is too slow, ${limit} bytes already wait for it`));
    this.#tail = this.#tail.then(() => this.#write(bytes)).catch((cause: unknown) => this.#fail(cause));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (!this.#failure) {
      await this.#sink.write(bytes);
      this.#writtenBytes += bytes.length;
    }
    this.#pendingBytes -= bytes.length;
  }

  #fail(cause: unknown): void {
    if (this.#failure) return;
    const { name } = this.#sink;
    const message = `the bag ${name} is incomplete: ${reason(cause)}, after ${this.#writtenBytes} bytes; make room and perform again`;
    this.#failure = new CellistError(
      "log-incomplete",
      message,
      { path: name, bytes: this.#writtenBytes },
      cause,
    );
    this.#options.onFailure?.(this.#failure);
  }
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOSPC") return "no space left on the disk";
  if (code === "EFBIG") return "the system lets this file grow no further";
  return code === "EDQUOT" ? "the disk quota is used up" : message;
}

/** A log that writes the file `path` from now on. @throws CellistError "file-unwritable" */
export async function openPerformanceLog(
  path: string,
  options: PerformanceLogOptions & { readonly replace?: boolean } = {},
): Promise<PerformanceLog> {
  return new PerformanceLog(await FileSink.open(path, { replace: options.replace ?? false }), options);
}
