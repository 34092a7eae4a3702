import { type KinematicsParameters } from "../calibration/kinematics-parameters.ts";
import { type ByteStream } from "../connection/byte-stream.ts";
import { Connection } from "../connection/connection.ts";
import { type Frame, FrameDecoder, primaryFraming } from "../connection/frame-decoder.ts";
import { Listeners } from "../connection/listeners.ts";
import { News } from "../connection/news.ts";
import { SilenceWatch } from "../connection/silence-watch.ts";
import { tcpByteStream, type TcpOptions } from "../connection/tcp-byte-stream.ts";
import { type ConfigurationState } from "./robot-configuration.ts";
import { decodeRobotMessage, type RobotMessage, robotMessageType } from "./robot-message.ts";
import { decodeRobotState, type RobotStateMessage, robotStateType } from "./robot-state.ts";
import { ScriptError } from "./script-error.ts";
import { type RunOptions, ScriptRun } from "./script-run.ts";

/** Where the primary or secondary interface is. */
export interface PrimaryConnectOptions extends TcpOptions {
  readonly host: string;
  /** Default 30001, the primary interface, the only one that tells what becomes of a script. */
  readonly port?: number;
  /** A controller that sends nothing for so long counts as lost [ms], default: never. It speaks ten times a second. */
  readonly silenceMs?: number | undefined;
}

/** How one answer is waited for. */
export interface WaitOptions {
  /** Longest wait [ms], default 5000. */
  readonly timeoutMs?: number | undefined;
  /** Gives up waiting. */
  readonly signal?: AbortSignal | undefined;
}

type VersionMessage = Extract<RobotMessage, { kind: "version" }>;

/** A controller sends its state ten times a second [ms]. @assumed */
const waitMs = 5000;
const realTimePorts: readonly number[] = [30003, 30013];
const utf8 = new TextEncoder();

/**
 * A client of the primary (30001) or secondary (30002) interface: it hears the robot's state ten times a second and its
 * messages, sends programs and tells what becomes of them.
 */
export class PrimaryClient {
  readonly #connection: Connection;
  readonly #isHeard: boolean;
  readonly #messageListeners = new Listeners<RobotMessage>();
  readonly #stateListeners = new Listeners<RobotStateMessage>();
  readonly #news: News;
  #version: VersionMessage | undefined;
  #kinematics: KinematicsParameters | undefined;
  #configuration: ConfigurationState | undefined;

  /** Connects over TCP. @throws ConnectionError naming host and port. */
  static async connect(options: PrimaryConnectOptions): Promise<PrimaryClient> {
    const { host, port = 30001, silenceMs, ...rest } = options;
    const stream = await tcpByteStream(host, port, rest);
    return new PrimaryClient(stream, { readMessages: !realTimePorts.includes(port), silenceMs });
  }

  /**
   * @param options.readMessages whether the other side speaks as the primary interface does, default true
   * @param options.silenceMs a controller that sends nothing for so long counts as lost [ms], default: never
   */
  constructor(
    stream: ByteStream,
    options: { readonly readMessages?: boolean; readonly silenceMs?: number | undefined } = {},
  ) {
    this.#connection = new Connection(stream, "script");
    this.#news = new News("the primary interface", this.#connection);
    this.#isHeard = options.readMessages ?? true;
    const decoder = new FrameDecoder(primaryFraming, (frame) => this.#take(frame));
    this.#connection.listen((bytes) => {
      if (this.#isHeard) decoder.push(bytes);
    });
    new SilenceWatch(this.#connection, options.silenceMs).begin();
  }

  get closed(): boolean {
    return this.#connection.closed;
  }

  /** What the controller said it is; `undefined` until it has. */
  get version(): VersionMessage | undefined {
    return this.#version;
  }

  /** Sends a script and does not care what becomes of it. @throws ConnectionError CLOSED */
  send(script: string): void {
    this.#connection.write(utf8.encode(withLineEnds(script)));
  }

  /**
   * Ends the program that runs, or is paused, whoever sent it.
   * @source observed: UR's client library says so to the script ports. @throws ConnectionError CLOSED
   */
  stopProgram(): void {
    this.send("stop program");
  }

  /**
   * Sends a program and follows it through the controller's messages.
   *
   * @param script one `def name(): … end`; lines in errors count from its first line
   * @returns its start and its end, each as a promise, see `ScriptRun`
   * @throws ConnectionError CLOSED; ScriptError NO_MESSAGES on a port that says nothing about scripts
   */
  launch(script: string, options: Omit<RunOptions, "waitFor"> = {}): ScriptRun {
    if (!this.#isHeard) {
      const text = "This port does not tell what becomes of a script; use the primary interface, port 30001.";
      throw new ScriptError("NO_MESSAGES", text);
    }
    const text = withLineEnds(script);
    const run = new ScriptRun(text, options);
    const stopListening = this.onMessage((message) => run.hear(message));
    const stopWatching = this.onClosed((reason) => run.fail(reason ?? this.#connection.failure));
    run.onOver(() => {
      stopListening();
      stopWatching();
    });
    this.send(text);
    return run;
  }

  /**
   * Sends a program and waits until the controller says that it runs, or has ended.
   *
   * @throws ScriptError EXCEPTION with line, column and source line if it cannot be compiled or fails;
   *   ROBOT_ERROR; TIMEOUT; NO_MESSAGES; ConnectionError
   */
  async run(script: string, options: RunOptions = {}): Promise<void> {
    const run = this.launch(script, options);
    await run.started;
    if (options.waitFor === "end") await run.ended;
    else run.leave();
  }

  /** The arm's own kinematics, which the first robot state brings. @throws ConnectionError NO_ANSWER, or what ended it */
  async kinematics({ timeoutMs = waitMs, signal }: WaitOptions = {}): Promise<KinematicsParameters> {
    await this.#news.within(timeoutMs, () => this.#kinematics !== undefined, signal);
    return this.#kinematics!;
  }

  /** Limits and defaults set on the controller, which the first robot state brings. @throws ConnectionError NO_ANSWER, or what ended it */
  async configuration({ timeoutMs = waitMs, signal }: WaitOptions = {}): Promise<ConfigurationState> {
    await this.#news.within(timeoutMs, () => this.#configuration !== undefined, signal);
    return this.#configuration!;
  }

  /** Calls back for every robot message. @returns a function that stops it */
  onMessage(listener: (message: RobotMessage) => void): () => void {
    return this.#messageListeners.add(listener);
  }

  /** Calls back for every robot state. @returns a function that stops it */
  onState(listener: (state: RobotStateMessage) => void): () => void {
    return this.#stateListeners.add(listener);
  }

  /** Calls back once at the end: without a reason after `close`, else with it. At once if it is over. */
  onClosed(listener: (reason: Error | undefined) => void): () => void {
    return this.#connection.onClosed(listener);
  }

  close(): void {
    this.#connection.end();
  }

  #take(frame: Frame): void {
    if (this.closed) return;
    if (frame.type === robotMessageType) this.#takeMessage(decodeRobotMessage(frame));
    else if (frame.type === robotStateType) this.#takeState(decodeRobotState(frame));
  }

  #takeMessage(message: RobotMessage): void {
    if (message.kind === "version") this.#version = message;
    this.#messageListeners.emit(message);
  }

  #takeState(state: RobotStateMessage): void {
    this.#kinematics = state.kinematics ?? this.#kinematics;
    this.#configuration = state.configuration ?? this.#configuration;
    this.#stateListeners.emit(state);
    this.#news.tell();
  }
}

/** Sends a script to a script port (30001, 30002 or 30003) and hangs up. @throws ConnectionError */
export async function sendScript(
  host: string,
  port: number,
  script: string,
  options: TcpOptions = {},
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
