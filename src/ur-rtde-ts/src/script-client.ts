import { type ByteStream, tcpByteStream } from "./byte-stream.ts";
import { ConnectionError, ProtocolError } from "./errors.ts";
import { Listeners } from "./listeners.ts";
import { FrameDecoder, primaryFraming } from "./protocol/frame-decoder.ts";
import { type RobotMessage, decodeRobotMessage, robotMessageType } from "./protocol/robot-message.ts";
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
  readonly #stream: ByteStream;
  readonly #readMessages: boolean;
  readonly #messageListeners = new Listeners<[RobotMessage]>();
  readonly #closedListeners = new Listeners<[Error | undefined]>();
  #version: Extract<RobotMessage, { kind: "version" }> | undefined;
  #ended: { readonly reason: Error | undefined } | undefined;

  /** Connects over TCP. @throws ConnectionError naming host and port. */
  static async connect(options: ScriptConnectOptions): Promise<ScriptClient> {
    const { host, port = 30001, ...rest } = options;
    return new ScriptClient(await tcpByteStream(host, port, rest), {
      readMessages: !realTimePorts.includes(port),
    });
  }

  /** @param options.readMessages whether the other side speaks as the primary interface does, default true */
  constructor(stream: ByteStream, options: { readonly readMessages?: boolean } = {}) {
    this.#stream = stream;
    this.#readMessages = options.readMessages ?? true;
    const decoder = new FrameDecoder(primaryFraming, (frame) => {
      if (frame.type === robotMessageType && this.#ended === undefined) this.#take(decodeRobotMessage(frame));
    });
    stream.onClose((reason) => this.#end(reason ?? new ConnectionError("CONNECTION_LOST", hungUp)));
    stream.onData((bytes) => {
      if (!this.#readMessages || this.#ended !== undefined) return;
      try {
        decoder.push(bytes);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.#end(error);
      }
    });
  }

  get closed(): boolean {
    return this.#ended !== undefined;
  }

  /** What the controller said it is; `undefined` until it has. */
  get version(): Extract<RobotMessage, { kind: "version" }> | undefined {
    return this.#version;
  }

  /** Sends a script and does not care what becomes of it. @throws ConnectionError CLOSED */
  send(script: string): void {
    if (this.#ended !== undefined) throw this.#ended.reason ?? closedByUs();
    this.#stream.write(utf8.encode(withLineEnds(script)));
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
    return new Promise((resolve, reject) => {
      const run = new ScriptRun(text, options, (error) => {
        stopListening();
        stopWatching();
        if (error === undefined) resolve();
        else reject(error);
      });
      const stopListening = this.onMessage((message) => run.hear(message));
      const stopWatching = this.onClosed((reason) => run.finish(reason ?? closedByUs()));
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
    if (this.#ended === undefined) return this.#closedListeners.add(listener);
    listener(this.#ended.reason);
    return () => undefined;
  }

  close(): void {
    this.#end(undefined);
  }

  #take(message: RobotMessage): void {
    if (message.kind === "version") this.#version = message;
    this.#messageListeners.emit(message);
  }

  #end(reason: Error | undefined): void {
    if (this.#ended !== undefined) return;
    this.#ended = { reason };
    this.#stream.close();
    this.#closedListeners.emit(reason);
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

const hungUp = "The controller closed the script connection.";

function closedByUs(): ConnectionError {
  return new ConnectionError("CLOSED", "The script connection was closed on this side.");
}

/** Lines ended as the controller reads them, the last one too: without it the program waits for its end. */
function withLineEnds(script: string): string {
  const text = script.replace(/\r\n?/g, "\n");
  return text.endsWith("\n") ? text : `${text}\n`;
}
