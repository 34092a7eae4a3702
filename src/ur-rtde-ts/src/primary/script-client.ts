import { type ByteStream } from "../connection/byte-stream.ts";
import { Connection } from "../connection/connection.ts";
import { aborted } from "../connection/errors.ts";
import { FrameDecoder, primaryFraming } from "../connection/frame-decoder.ts";
import { Listeners } from "../connection/listeners.ts";
import { tcpByteStream } from "../connection/tcp-byte-stream.ts";
import { type RobotMessage, decodeRobotMessage, robotMessageType } from "./robot-message.ts";
import { ScriptError } from "./script-error.ts";
import { ScriptRun, type RunOptions } from "./script-run.ts";

/** Where scripts are sent. */
export interface ScriptConnectOptions {
  readonly host: string;
  /** Default 30001, the primary interface, the only one that tells what becomes of a script. */
  readonly port?: number;
  /** Longest wait for the connection [ms], default 5000. */
  readonly timeoutMs?: number;
  /** Gives up connecting; later on, closes the connection. */
  readonly signal?: AbortSignal;
}

const realTimePorts: readonly number[] = [30003, 30013];
const utf8 = new TextEncoder();

/** A client of the script ports of a controller: sends programs and hears what becomes of them. */
export class ScriptClient {
  readonly #connection: Connection;
  readonly #readMessages: boolean;
  readonly #messageListeners = new Listeners<RobotMessage>();
  #version: Extract<RobotMessage, { kind: "version" }> | undefined;

  /** Connects over TCP. @throws ConnectionError naming host and port. */
  static async connect(options: ScriptConnectOptions): Promise<ScriptClient> {
    const { host, port = 30001, ...rest } = options;
    return new ScriptClient(await tcpByteStream(host, port, rest), {
      readMessages: !realTimePorts.includes(port),
    });
  }

  /** @param options.readMessages whether the other side speaks as the primary interface does, default true */
  constructor(stream: ByteStream, options: { readonly readMessages?: boolean } = {}) {
    this.#connection = new Connection(stream, "script");
    this.#readMessages = options.readMessages ?? true;
    const decoder = new FrameDecoder(primaryFraming, (frame) => {
      if (frame.type === robotMessageType && !this.closed) this.#take(decodeRobotMessage(frame));
    });
    this.#connection.listen((bytes) => {
      if (this.#readMessages) decoder.push(bytes);
    });
  }

  get closed(): boolean {
    return this.#connection.closed;
  }

  /** What the controller said it is; `undefined` until it has. */
  get version(): Extract<RobotMessage, { kind: "version" }> | undefined {
    return this.#version;
  }

  /** Sends a script and does not care what becomes of it. @throws ConnectionError CLOSED */
  send(script: string): void {
    this.#connection.write(utf8.encode(withLineEnds(script)));
  }

  /**
   * Sends a program and waits until the controller says that it runs, or has ended.
   *
   * @param script one `def name(): … end`; lines in errors count from its first line
   * @throws ScriptError EXCEPTION with line, column and source line if it cannot be compiled or fails;
   *   ROBOT_ERROR; TIMEOUT; NO_MESSAGES on a port that says nothing about scripts.
   */
  run(script: string, options: RunOptions = {}): Promise<void> {
    if (!this.#readMessages) {
      const text = "This port does not tell what becomes of a script; use the primary interface, port 30001.";
      return Promise.reject(new ScriptError("NO_MESSAGES", text));
    }
    const text = withLineEnds(script);
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(aborted("a script", signal));
      const giveUp = () => run.finish(aborted("waiting for a script", signal));
      const run = new ScriptRun(text, options, (error) => {
        stopListening();
        stopWatching();
        signal?.removeEventListener("abort", giveUp);
        if (error === undefined) resolve();
        else reject(error);
      });
      signal?.addEventListener("abort", giveUp, { once: true });
      const stopListening = this.onMessage((message) => run.hear(message));
      const stopWatching = this.onClosed((reason) => run.finish(reason ?? this.#connection.failure));
      try {
        this.send(text);
      } catch (error) {
        run.finish(error as Error);
      }
    });
  }

  /** Calls back for every robot message. @returns a function that stops it */
  onMessage(listener: (message: RobotMessage) => void): () => void {
    return this.#messageListeners.add(listener);
  }

  /** Calls back once at the end: without a reason after `close`, else with it. At once if it is over. */
  onClosed(listener: (reason: Error | undefined) => void): () => void {
    return this.#connection.onClosed(listener);
  }

  close(): void {
    this.#connection.end();
  }

  #take(message: RobotMessage): void {
    if (message.kind === "version") this.#version = message;
    this.#messageListeners.emit(message);
  }
}

/** Sends a script to a script port (30001, 30002 or 30003) and hangs up. @throws ConnectionError */
export async function sendScript(
  host: string,
  port: number,
  script: string,
  options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const stream = await tcpByteStream(host, port, options);
  stream.onData(() => undefined); // the controller talks on every script port; unread it would be cut off
  stream.write(utf8.encode(withLineEnds(script)));
  stream.close();
}

/** Lines ended as the controller reads them, the last one too: without it the program waits for its end. */
function withLineEnds(script: string): string {
  const text = script.replace(/\r\n?/g, "\n");
  return text.endsWith("\n") ? text : `${text}\n`;
}
