import { type ByteStream, tcpByteStream } from "./byte-stream.ts";
import { ConnectionError, ProtocolError, RtdeError } from "./errors.ts";
import {
  type ExtraFields,
  type InputName,
  type OutputName,
  fieldTypes,
  inputFields,
  outputFields,
} from "./fields.ts";
import { type InputRecipe, type InputValues } from "./input-recipe.ts";
import { Listeners } from "./listeners.ts";
import { type OpenOutputRecipe, type OutputPackage, type OutputRecipe } from "./output-recipe.ts";
import { encodeClientPackage } from "./protocol/client-package.ts";
import { type RtdeRecord } from "./protocol/data-layout.ts";
import { recipeIdOf } from "./protocol/data-package.ts";
import { type Frame, FrameDecoder, rtdeFraming } from "./protocol/frame-decoder.ts";
import {
  type ClientPackage,
  type ControllerVersion,
  type ProtocolVersion,
  type TextLevel,
  type TextPackage,
  packageType,
} from "./protocol/package-type.ts";
import { decodeServerPackage } from "./protocol/server-package.ts";
import { checkedNames, tooLongNames } from "./recipe-names.ts";
import { inputsStep, outputsStep } from "./recipe-steps.ts";
import { checkFrequency, hungUp, notFound } from "./refusals.ts";
import {
  type InputOptions,
  type NoExtra,
  type OutputOptions,
  type RtdeClientOptions,
  type RtdeConnectOptions,
} from "./rtde-client-options.ts";
import { StepQueue } from "./step-queue.ts";

/**
 * A client of the real-time data exchange of a Universal Robots controller (TCP port 30004), speaking
 * protocol version 2 or 1 over any byte stream.
 */
export class RtdeClient {
  readonly #stream: ByteStream;
  readonly #steps: StepQueue;
  readonly #outputs = new Map<number, OpenOutputRecipe>();
  readonly #packageListeners = new Listeners<[RtdeRecord, OutputRecipe]>();
  readonly #textListeners = new Listeners<[TextPackage]>();
  readonly #warningListeners = new Listeners<[string]>();
  readonly #closedListeners = new Listeners<[Error | undefined]>();
  #version: ProtocolVersion = 1;
  #ended: { readonly reason: Error | undefined } | undefined;
  #receivedBytes = 0;
  readonly #spoken = (): ProtocolVersion => this.#version;
  readonly #write = (bytes: Uint8Array): void => {
    if (this.#ended !== undefined) throw this.#ended.reason ?? closedByUs();
    this.#stream.write(bytes);
  };
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
    this.#stream = stream;
    this.#steps = new StepQueue(this.#write, options.timeoutMs ?? 5000, (error) => this.#end(error));
    const decoder = new FrameDecoder(rtdeFraming, (frame) => this.#take(frame));
    stream.onClose((reason) => this.#end(reason ?? new ConnectionError("CONNECTION_LOST", hungUp)));
    stream.onData((bytes) => {
      if (this.#ended !== undefined) return;
      this.#receivedBytes += bytes.length;
      try {
        decoder.push(bytes);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error; // a listener's own
        this.#end(error);
      }
    });
  }

  /** The version both sides speak: 1 until `negotiate` agreed on 2. */
  get protocolVersion(): ProtocolVersion {
    return this.#version;
  }

  /** Whether the connection has ended. */
  get closed(): boolean {
    return this.#ended !== undefined;
  }

  /** Bytes received so far; standing still means a controller that fell silent. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** Agrees on version 2, or on 1 with an old controller. @throws RtdeError VERSION_REFUSED */
  async negotiate(): Promise<ProtocolVersion> {
    for (const version of [2, 1] as const) {
      const accepted = await this.#steps.ask({
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
  controllerVersion(): Promise<ControllerVersion> {
    return this.#steps.ask({
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
      const answer = await this.#steps.ask(outputsStep(question, this.#install));
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
    const recipe = await this.#steps.ask(inputsStep(question, this.#write));
    return recipe;
  }

  /** Asks for data to flow. @throws RtdeError REFUSED, for example without an output recipe. */
  start(): Promise<void> {
    return this.#steps.ask({
      name: "start",
      reply: "start",
      request: () => this.#encode({ kind: "start" }),
      read: ({ accepted }) => {
        if (!accepted) throw new RtdeError("REFUSED", "The controller refused to start sending data.");
        for (const output of this.#outputs.values()) output.restart();
      },
    });
  }

  /** Asks for data to stop; packages may still arrive before it resolves. @throws RtdeError REFUSED */
  pause(): Promise<void> {
    return this.#steps.ask({
      name: "pause",
      reply: "pause",
      request: () => this.#encode({ kind: "pause" }),
      read: ({ accepted }) => {
        if (!accepted) throw new RtdeError("REFUSED", "The controller refused to pause sending data.");
      },
    });
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
    if (this.#ended === undefined) return this.#closedListeners.add(listener);
    listener(this.#ended.reason);
    return () => undefined;
  }

  /** Ends the connection. The controller keeps the last inputs and frees them for other clients. */
  close(): void {
    this.#end(undefined);
  }

  /** Ends the connection for a reason that `onClosed` and everybody waiting are given. */
  abandon(reason: Error): void {
    this.#end(reason);
  }

  #take(frame: Frame): void {
    if (this.#ended !== undefined) return;
    if (frame.type === packageType.data) {
      this.#takeData(frame);
      return;
    }
    const said = decodeServerPackage(frame, this.#version);
    if (said === undefined) this.#warningListeners.emit(`A package of the unknown type ${frame.type} came.`);
    else if (said.kind === "text") this.#textListeners.emit(said);
    else if (!this.#steps.answer(said)) {
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

  #end(reason: Error | undefined): void {
    if (this.#ended !== undefined) return;
    this.#ended = { reason };
    this.#stream.close();
    this.#steps.end(reason ?? closedByUs());
    for (const output of this.#outputs.values()) output.end(reason);
    this.#closedListeners.emit(reason);
  }
}

function closedByUs(): ConnectionError {
  return new ConnectionError("CLOSED", "The RTDE connection was closed on this side.");
}
