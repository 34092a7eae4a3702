import { AskQueue } from "../connection/ask-queue.ts";
import { type ByteStream } from "../connection/byte-stream.ts";
import { Connection } from "../connection/connection.ts";
import { RtdeError } from "../connection/errors.ts";
import { type Frame, FrameDecoder, rtdeFraming } from "../connection/frame-decoder.ts";
import { Listeners } from "../connection/listeners.ts";
import { SilenceWatch } from "../connection/silence-watch.ts";
import { tcpByteStream } from "../connection/tcp-byte-stream.ts";
import { encodeClientPackage } from "../protocol/client-package.ts";
import { type RtdeRecord } from "../protocol/data-layout.ts";
import { recipeIdOf } from "../protocol/data-package.ts";
import {
  type ClientPackage,
  type ControllerVersion,
  type ProtocolVersion,
  type ServerPackage,
  type TextLevel,
  type TextPackage,
  packageType,
} from "../protocol/package-type.ts";
import { decodeServerPackage } from "../protocol/server-package.ts";
import {
  type ExtraFields,
  type InputName,
  type OutputName,
  fieldTypes,
  inputFields,
  outputFields,
} from "./fields.ts";
import { type InputRecipe, type InputValues } from "./input-recipe.ts";
import { type OpenOutputRecipe, type OutputPackage, type OutputRecipe } from "./output-recipe.ts";
import { checkedNames, tooLongNames } from "./recipe-names.ts";
import { inputsStep, outputsStep } from "./recipe-steps.ts";
import { checkFrequency, notFound } from "./refusals.ts";
import {
  type InputOptions,
  type NoExtra,
  type OutputOptions,
  type RtdeClientOptions,
  type RtdeConnectOptions,
  type StepOptions,
} from "./rtde-client-options.ts";
import { type ReplyKind, type Step } from "./step.ts";

/**
 * A client of the real-time data exchange of a Universal Robots controller (TCP port 30004), speaking
 * protocol version 2 or 1 over any byte stream.
 */
export class RtdeClient {
  readonly #connection: Connection;
  readonly #asked: AskQueue<ServerPackage>;
  readonly #timeoutMs: number;
  readonly #silence: SilenceWatch;
  readonly #outputs = new Map<number, OpenOutputRecipe>();
  readonly #packageListeners = new Listeners<RtdeRecord, OutputRecipe>();
  readonly #textListeners = new Listeners<TextPackage>();
  readonly #warningListeners = new Listeners<string>();
  #version: ProtocolVersion = 1;
  readonly #spoken = (): ProtocolVersion => this.#version;
  readonly #write = (bytes: Uint8Array): void => this.#connection.write(bytes);
  readonly #install = (opened: OpenOutputRecipe): void => {
    for (const replaced of this.#outputs.values()) replaced.end();
    this.#outputs.set(opened.recipe.id, opened);
  };

  /** Connects over TCP. @throws ConnectionError naming host and port. */
  static async connect(options: RtdeConnectOptions): Promise<RtdeClient> {
    const { host, port = 30004, ...rest } = options;
    return new RtdeClient(await tcpByteStream(host, port, rest), rest);
  }

  constructor(stream: ByteStream, options: RtdeClientOptions = {}) {
    this.#timeoutMs = options.timeoutMs ?? 5000;
    this.#connection = new Connection(stream, "RTDE");
    this.#asked = new AskQueue(this.#connection);
    this.#silence = new SilenceWatch(this.#connection, options.silenceMs);
    this.#connection.onClosed((reason) => {
      for (const output of this.#outputs.values()) output.end(reason);
    });
    const decoder = new FrameDecoder(rtdeFraming, (frame) => this.#take(frame));
    this.#connection.listen((bytes) => decoder.push(bytes));
  }

  /** The version both sides speak: 1 until `negotiate` agreed on 2. */
  get protocolVersion(): ProtocolVersion {
    return this.#version;
  }

  /** Whether the connection has ended. */
  get closed(): boolean {
    return this.#connection.closed;
  }

  /** Why nothing can be asked any more, once it is closed. */
  get failure(): Error {
    return this.#connection.failure;
  }

  /** Bytes received so far; standing still means a controller that fell silent. */
  get receivedBytes(): number {
    return this.#connection.receivedBytes;
  }

  /** Agrees on version 2, or on 1 with an old controller. @throws RtdeError VERSION_REFUSED */
  async negotiate(options: StepOptions = {}): Promise<ProtocolVersion> {
    for (const version of [2, 1] as const) {
      const accepted = await this.#ask(options, {
        name: `negotiation of protocol version ${version}`,
        reply: "protocol-version",
        request: () => this.#encode({ kind: "protocol-version", version }),
        read: (reply) => {
          if (reply.accepted) this.#version = version;
          return reply.accepted;
        },
      });
      if (accepted) return version;
    }
    throw new RtdeError("VERSION_REFUSED", "The controller speaks neither version 2 nor version 1 of RTDE.");
  }

  /** The controller's software version. */
  controllerVersion(options: StepOptions = {}): Promise<ControllerVersion> {
    return this.#ask(options, {
      name: "query of the controller's version",
      reply: "controller-version",
      request: () => this.#encode({ kind: "controller-version" }),
      read: (reply) => reply.version,
    });
  }

  /**
   * Agrees on the fields the controller sends. A connection has one such recipe; a new one replaces it.
   *
   * @param names fields of the RTDE guide, or of `extraOutputs`
   * @param frequencyHz packages per second, 1 to 500 (125 on CB3). Version 1 cannot ask: there it states the
   *   controller's own rate, by which missing packages are counted
   * @throws RtdeError NOT_FOUND with all the names the controller does not have; TYPE_MISMATCH; BAD_VALUE.
   */
  async setupOutputs<
    const Names extends readonly (OutputName | (keyof Extra & string))[],
    const Optional extends readonly (OutputName | (keyof Extra & string))[] = readonly [],
    const Extra extends ExtraFields = NoExtra,
  >(
    names: Names,
    frequencyHz: number,
    options: OutputOptions<Optional, Extra> = {},
  ): Promise<OutputRecipe<OutputPackage<Names[number], Optional[number], Extra>>> {
    checkFrequency(frequencyHz);
    const optional = new Set<string>(options.optional);
    const typeOf = fieldTypes(outputFields, options.extraOutputs);
    let asked = checkedNames([...names, ...optional]);
    const missing: string[] = [];
    for (;;) {
      this.#warnOfLength(asked);
      const question = { names: asked, typeOf, version: this.#spoken, frequencyHz, missing };
      const answer = await this.#ask(options, outputsStep(question, this.#install));
      if ("recipe" in answer) {
        return answer.recipe as OutputRecipe<OutputPackage<Names[number], Optional[number], Extra>>;
      }
      const required = answer.notFound.filter((name) => !optional.has(name));
      if (required.length > 0) throw notFound("output", required);
      missing.push(...answer.notFound);
      asked = asked.filter((name) => !missing.includes(name));
      if (asked.length === 0) throw notFound("output", missing);
    }
  }

  /**
   * Agrees on fields this client writes. A connection can have many such recipes, even of the same fields.
   *
   * @throws RtdeError NOT_FOUND or IN_USE with all the names concerned; TYPE_MISMATCH; REFUSED.
   */
  async setupInputs<
    const Names extends readonly (InputName | (keyof Extra & string))[],
    const Extra extends ExtraFields = NoExtra,
  >(
    names: Names,
    options: InputOptions<Extra> = {},
  ): Promise<InputRecipe<InputValues<Names[number], Extra>>> {
    const asked = checkedNames(names);
    const typeOf = fieldTypes(inputFields, options.extraInputs);
    this.#warnOfLength(asked);
    const question = { names: asked, typeOf, version: this.#spoken };
    return this.#ask(options, inputsStep(question, this.#write));
  }

  /** Asks for data to flow. @throws RtdeError REFUSED, for example without an output recipe. */
  start(options: StepOptions = {}): Promise<void> {
    return this.#switch("start", options, () => {
      for (const output of this.#outputs.values()) output.restart();
      this.#silence.begin();
    });
  }

  /** Asks for data to stop; packages may still arrive before it resolves. @throws RtdeError REFUSED */
  pause(options: StepOptions = {}): Promise<void> {
    return this.#switch("pause", options, () => this.#silence.end());
  }

  /** Puts a text into the controller's log. */
  sendText(message: string, level: TextLevel = "info", source = "ur-rtde-ts"): void {
    this.#write(this.#encode({ kind: "text", message, level, source }));
  }

  /**
   * Calls back for every package of every recipe, in order, inside the call that received it; the object is
   * reused. A recipe's own `onPackage` does the same with types. @returns a function that stops it
   */
  onPackage(listener: (received: RtdeRecord, recipe: OutputRecipe) => void): () => void {
    return this.#packageListeners.add(listener);
  }

  /** Calls back for text messages of the controller. */
  onText(listener: (message: TextPackage) => void): () => void {
    return this.#textListeners.add(listener);
  }

  /** Calls back, with a sentence, for what is odd but harmless. */
  onWarning(listener: (warning: string) => void): () => void {
    return this.#warningListeners.add(listener);
  }

  /** Calls back once at the end: without a reason after `close`, else with it. At once if it is over. */
  onClosed(listener: (reason: Error | undefined) => void): () => void {
    return this.#connection.onClosed(listener);
  }

  /** Ends the connection. The controller keeps the last inputs and frees them for other clients. */
  close(): void {
    this.#connection.end();
  }

  /** Ends the connection for a reason that `onClosed` and everybody waiting are given. */
  abandon(reason: Error): void {
    this.#connection.end(reason);
  }

  #switch(kind: "start" | "pause", options: StepOptions, then?: () => void): Promise<void> {
    return this.#ask(options, {
      name: kind,
      reply: kind,
      request: () => this.#encode({ kind }),
      read: ({ accepted }) => {
        if (!accepted) throw new RtdeError("REFUSED", `The controller refused to ${kind} sending data.`);
        then?.();
      },
    });
  }

  #ask<Kind extends ReplyKind, Result>(options: StepOptions, step: Step<Kind, Result>): Promise<Result> {
    const { timeoutMs = this.#timeoutMs, signal } = options;
    return this.#asked.ask({
      name: `RTDE ${step.name}`,
      put: () => this.#write(step.request()),
      isAnswer: (said) => said.kind === step.reply,
      read: (said) => step.read(said as Parameters<typeof step.read>[0]),
      timeoutMs,
      unanswered: () =>
        new RtdeError(
          "TIMEOUT",
          `RTDE ${step.name}: the controller did not reply within ${timeoutMs} ms; the connection was closed.`,
        ),
      signal,
    });
  }

  #take(frame: Frame): void {
    if (this.#connection.closed) return;
    if (frame.type === packageType.data) {
      this.#takeData(frame);
      return;
    }
    const said = decodeServerPackage(frame, this.#version);
    if (said === undefined) this.#warningListeners.emit(`A package of the unknown type ${frame.type} came.`);
    else if (said.kind === "text") this.#textListeners.emit(said);
    else if (!this.#asked.answer(said)) {
      this.#warningListeners.emit(`A reply of kind ${said.kind} came that nobody waits for.`);
    }
  }

  #takeData(frame: Frame): void {
    const id = this.#version === 2 ? recipeIdOf(frame) : 0;
    const output = this.#outputs.get(id);
    if (output === undefined) {
      this.#warningListeners.emit(`A data package of recipe ${id} came; no such recipe was set up.`);
      return;
    }
    output.accept(frame);
    this.#packageListeners.emit(output.recipe.package, output.recipe);
  }

  #warnOfLength(names: readonly string[]): void {
    const warning = tooLongNames(names);
    if (warning !== undefined) this.#warningListeners.emit(warning);
  }

  #encode(said: ClientPackage): Uint8Array {
    return encodeClientPackage(said, this.#version);
  }
}
