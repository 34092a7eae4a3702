import {
  type ClientPackage,
  compileLayout,
  ConnectionError,
  type DataLayout,
  decodeClientPackage,
  encodeDataPackage,
  encodeServerPackage,
  FrameDecoder,
  inputFields,
  ProtocolError,
  type ProtocolVersion,
  rtdeFraming,
  type RtdeType,
  type ServerPackage,
} from "ur-rtde-ts";
import { CYCLES_PER_S } from "../controller/control-cycle.ts";
import { SIM_OUTPUT_TYPES } from "../controller/output-fields.ts";
import type { SimController } from "../controller/sim-controller.ts";
import type { ClientStream } from "./client-stream.ts";
import { SIM_VERSION } from "./controller-version.ts";
import type { InputOwners } from "./input-owners.ts";

/** A client with more unread than this gets no data until it has read [bytes]. @assumed a tenth of a second */
const MAX_BACKLOG_BYTES = 65_536;
/** A client that reads nothing for so long is cut off [cycles], 10 s. @source behaviour of real controllers */
const MAX_DEAF_CYCLES = 10 * CYCLES_PER_S;
/** Recipe numbers are one byte, and 0 says no. */
const MAX_RECIPES = 255;
const OUTPUT_RECIPE_ID = 1;
/** Longest text of a message; its length is one byte [characters, ASCII]. */
const MAX_TEXT = 255;

interface OutputRecipe {
  readonly layout: DataLayout;
  readonly frequencyHz: number;
}

/**
 * One RTDE client: its protocol version, its recipes, its inputs. A package that makes no sense is answered with a text
 * message and left out; a size that cannot be leaves no way to find the next package and ends the connection.
 */
export class RtdeSession {
  readonly #stream: ClientStream;
  readonly #controller: SimController;
  readonly #owners: InputOwners<RtdeSession>;
  #version: ProtocolVersion = 1;
  #output: OutputRecipe | undefined;
  readonly #inputs: DataLayout[] = [];
  #started = false;
  #deafCycles = 0;
  #ended = false;

  constructor(stream: ClientStream, controller: SimController, owners: InputOwners<RtdeSession>) {
    this.#stream = stream;
    this.#controller = controller;
    this.#owners = owners;
    const decoder = new FrameDecoder(rtdeFraming, (frame) => {
      if (this.#ended) return;
      try {
        this.#hear(decodeClientPackage(frame, this.#version));
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error; // a mistake of ours
        this.#complain(error.message);
      }
    });
    stream.onClose(() => this.end());
    stream.onData((bytes) => {
      if (this.#ended) return;
      try {
        decoder.push(bytes);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error; // a mistake of ours
        this.end();
      }
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#owners.release(this);
    this.#stream.close();
  }

  /** The cycle is over: sends its data, if the client wants this one. */
  publish(): void {
    if (!this.#started || this.#output === undefined || this.#ended) return;
    const { frequencyHz, layout } = this.#output;
    const { cycle, outputs } = this.#controller;
    if (!isDue(cycle, frequencyHz)) return;
    if (this.#stream.backlogBytes > MAX_BACKLOG_BYTES) {
      this.#deafCycles += CYCLES_PER_S / frequencyHz;
      if (this.#deafCycles > MAX_DEAF_CYCLES) this.end();
      return;
    }
    this.#deafCycles = 0;
    this.#write(encodeDataPackage(layout, this.#version === 2 ? OUTPUT_RECIPE_ID : undefined, outputs));
  }

  #hear(said: ClientPackage): void {
    switch (said.kind) {
      case "protocol-version": {
        const accepted = said.version === 1 || said.version === 2;
        this.#say({ kind: "protocol-version", accepted });
        if (accepted) this.#version = said.version;
        return;
      }
      case "controller-version":
        return this.#say({ kind: "controller-version", version: SIM_VERSION });
      case "setup-outputs":
        return this.#setupOutputs(said.names, said.frequencyHz ?? CYCLES_PER_S);
      case "setup-inputs":
        return this.#setupInputs(said.names);
      case "start":
        this.#say({ kind: "start", accepted: this.#output !== undefined });
        this.#started = this.#output !== undefined;
        return;
      case "pause":
        this.#started = false;
        return this.#say({ kind: "pause", accepted: true });
      case "text":
        return; // for the controller's log, which nobody reads
      case "data":
        return this.#takeInputs(said.recipeId, said.body);
    }
  }

  /** A new recipe takes the place of the old one, and data stops until it is started. */
  #setupOutputs(names: readonly string[], frequencyHz: number): void {
    this.#started = false;
    this.#output = undefined;
    const types = names.map((name) =>
      Object.hasOwn(SIM_OUTPUT_TYPES, name) ? SIM_OUTPUT_TYPES[name]! : "NOT_FOUND",
    );
    const possible = frequencyHz >= 1 && frequencyHz <= CYCLES_PER_S && names.length > 0;
    if (possible && !types.includes("NOT_FOUND"))
      this.#output = { frequencyHz, layout: compileLayout(fieldsOf(names, types as RtdeType[])) };
    this.#say({ kind: "setup-outputs", recipeId: possible ? OUTPUT_RECIPE_ID : 0, types });
  }

  #setupInputs(names: readonly string[]): void {
    const types = names.map((name) => {
      if (!Object.hasOwn(inputFields, name)) return "NOT_FOUND";
      return this.#owners.isTaken(name, this) ? "IN_USE" : inputFields[name as keyof typeof inputFields];
    });
    const refused = types.some((type) => type === "NOT_FOUND" || type === "IN_USE");
    if (refused || names.length === 0 || this.#inputs.length === MAX_RECIPES)
      return this.#say({ kind: "setup-inputs", recipeId: 0, types });
    this.#owners.take(names, this);
    this.#inputs.push(compileLayout(fieldsOf(names, types as RtdeType[])));
    this.#say({ kind: "setup-inputs", recipeId: this.#inputs.length, types });
  }

  #takeInputs(recipeId: number, body: Uint8Array): void {
    const layout = this.#inputs[recipeId - 1];
    if (layout === undefined)
      throw new ProtocolError(`RTDE: data for the input recipe ${recipeId}, which is none.`);
    const notFinite = this.#controller.inputs.accept(layout, body, this.#controller.cycle);
    if (notFinite === undefined) return;
    this.#complain(`${notFinite} is not a finite number; the package was not taken`);
  }

  #complain(message: string): void {
    this.#say({ kind: "text", message: message.slice(0, MAX_TEXT), source: "RTDE", level: "error" });
  }

  #say(said: ServerPackage): void {
    this.#write(encodeServerPackage(said, this.#version));
  }

  #write(bytes: Uint8Array): void {
    if (this.#ended) return;
    try {
      this.#stream.write(bytes);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      this.end(); // it hung up a moment ago; its close event is on the way
    }
  }
}

/**
 * Whether a package of this rate falls on this cycle: on every ⌊500 / rate⌋th.
 * @source Universal Robots, RTDE guide, on the frequency of outputs
 */
const isDue = (cycle: number, frequencyHz: number): boolean =>
  cycle % Math.floor(CYCLES_PER_S / frequencyHz) === 0;

const fieldsOf = (names: readonly string[], types: readonly RtdeType[]) =>
  names.map((name, i) => ({ name, type: types[i]! }));
