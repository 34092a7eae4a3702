import { type ByteStream } from "../src/connection/byte-stream.ts";
import { inputFields, outputFields } from "../src/rtde/fields.ts";
import { decodeClientPackage } from "../src/protocol/client-package.ts";
import { type RtdeRecord, compileLayout } from "../src/protocol/data-layout.ts";
import { encodeDataPackage } from "../src/protocol/data-package.ts";
import { FrameDecoder, rtdeFraming } from "../src/connection/frame-decoder.ts";
import {
  type ClientPackage,
  type ProtocolVersion,
  type ServerPackage,
} from "../src/protocol/package-type.ts";
import { type RtdeType } from "../src/protocol/rtde-type.ts";
import { encodeServerPackage } from "../src/protocol/server-package.ts";

export interface FakeSettings {
  readonly versions?: readonly number[];
  readonly unknown?: readonly string[];
  readonly inUse?: readonly string[];
  readonly extra?: Readonly<Record<string, RtdeType>>;
  readonly acceptStart?: boolean;
  /** Steps it never answers. */
  readonly deaf?: readonly ClientPackage["kind"][];
}

/** One connection of a minimal controller: enough of RTDE to test a client against, and no more. */
export class FakeController {
  readonly heard: ClientPackage[] = [];
  /** Values the client's input recipes wrote. */
  readonly inputs: RtdeRecord = {};
  readonly stream: ByteStream;
  readonly #settings: FakeSettings;
  #version: ProtocolVersion = 1;
  #outputs = compileLayout([]);
  #inputs: ReturnType<typeof compileLayout>[] = [];

  constructor(stream: ByteStream, settings: FakeSettings = {}) {
    this.stream = stream;
    this.#settings = settings;
    const decoder = new FrameDecoder(rtdeFraming, (frame) =>
      this.#hear(decodeClientPackage(frame, this.#version)),
    );
    stream.onData((bytes) => decoder.push(bytes));
  }

  say(said: ServerPackage): void {
    this.stream.write(encodeServerPackage(said, this.#version));
  }

  /** Sends a data package: the given values, zero for the rest. */
  send(values: RtdeRecord): void {
    const record = { ...this.#outputs.createRecord(), ...values };
    this.stream.write(encodeDataPackage(this.#outputs, this.#version === 2 ? 1 : undefined, record));
  }

  #hear(said: ClientPackage): void {
    this.heard.push(said.kind === "data" ? { ...said, body: said.body.slice() } : said);
    if (this.#settings.deaf?.includes(said.kind) === true) return;
    switch (said.kind) {
      case "protocol-version": {
        const accepted = (this.#settings.versions ?? [1, 2]).includes(said.version);
        this.say({ kind: "protocol-version", accepted });
        if (accepted) this.#version = said.version as ProtocolVersion;
        return;
      }
      case "controller-version":
        this.say({ kind: "controller-version", version: { major: 5, minor: 25, bugfix: 1, build: 130310 } });
        return;
      case "setup-outputs": {
        const types = this.#types(said.names, { ...outputFields, ...this.#settings.extra });
        this.#outputs = compileLayout(
          said.names.map((name, i) => ({ name, type: types[i] as RtdeType })).filter(known),
        );
        this.say({ kind: "setup-outputs", recipeId: 1, types });
        return;
      }
      case "setup-inputs": {
        const types = this.#types(said.names, inputFields);
        const refused = types.some((type) => type === "NOT_FOUND" || type === "IN_USE");
        if (!refused)
          this.#inputs.push(
            compileLayout(said.names.map((name, i) => ({ name, type: types[i] as RtdeType }))),
          );
        this.say({ kind: "setup-inputs", recipeId: refused ? 0 : this.#inputs.length, types });
        return;
      }
      case "start":
      case "pause":
        this.say({ kind: said.kind, accepted: this.#settings.acceptStart ?? true });
        return;
      case "data": {
        const view = new DataView(said.body.buffer, said.body.byteOffset, said.body.length);
        this.#inputs[said.recipeId - 1]!.decodeInto(view, 0, view.byteLength, this.inputs);
        return;
      }
      case "text":
    }
  }

  #types(names: readonly string[], table: Readonly<Record<string, RtdeType>>): string[] {
    return names.map((name) => {
      if (this.#settings.unknown?.includes(name) === true) return "NOT_FOUND";
      if (this.#settings.inUse?.includes(name) === true) return "IN_USE";
      return table[name] ?? "NOT_FOUND";
    });
  }
}

function known({ type }: { readonly type: string }): boolean {
  return type !== "NOT_FOUND";
}
