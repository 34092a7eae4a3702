import { ProtocolError } from "../connection/errors.ts";
import { type Frame } from "../connection/frame-decoder.ts";
import {
  bytesOf,
  decodeText,
  emptyPackage,
  encodeText,
  listOf,
  needBytes,
  textOf,
  textPackage,
} from "./package-bytes.ts";
import { type ClientPackage, type ProtocolVersion, packageType } from "./package-type.ts";

/** The bytes of what a client says. For data packages of a recipe `encodeDataPackage` is faster. */
export function encodeClientPackage(said: ClientPackage, version: ProtocolVersion): Uint8Array {
  switch (said.kind) {
    case "protocol-version": {
      const { bytes, view } = emptyPackage(packageType.protocolVersion, 2);
      view.setUint16(3, said.version);
      return bytes;
    }
    case "controller-version":
      return emptyPackage(packageType.controllerVersion, 0).bytes;
    case "setup-outputs":
      return encodeSetupOutputs(said.names, said.frequencyHz, version);
    case "setup-inputs":
      return textPackage(packageType.setupInputs, new Uint8Array(0), said.names.join(","));
    case "start":
      return emptyPackage(packageType.start, 0).bytes;
    case "pause":
      return emptyPackage(packageType.pause, 0).bytes;
    case "text":
      return encodeText(said, version);
    case "data": {
      const { bytes } = emptyPackage(packageType.data, 1 + said.body.length);
      bytes[3] = said.recipeId;
      bytes.set(said.body, 4);
      return bytes;
    }
  }
}

function encodeSetupOutputs(
  names: readonly string[],
  frequencyHz: number | undefined,
  version: ProtocolVersion,
) {
  if (version === 1) return textPackage(packageType.setupOutputs, new Uint8Array(0), names.join(","));
  const frequency = new Uint8Array(8);
  new DataView(frequency.buffer).setFloat64(0, frequencyHz ?? 500);
  return textPackage(packageType.setupOutputs, frequency, names.join(","));
}

/** What a client said. @throws ProtocolError if the package cannot be. */
export function decodeClientPackage(frame: Frame, version: ProtocolVersion): ClientPackage {
  const { type, view, start, end } = frame;
  switch (type) {
    case packageType.protocolVersion:
      needBytes(frame, "protocol version request", 2);
      return { kind: "protocol-version", version: view.getUint16(start) };
    case packageType.controllerVersion:
      return { kind: "controller-version" };
    case packageType.setupOutputs:
      if (version === 1) return { kind: "setup-outputs", names: listOf(textOf(frame)) };
      needBytes(frame, "set-up of outputs", 8);
      return {
        kind: "setup-outputs",
        frequencyHz: view.getFloat64(start),
        names: listOf(textOf(frame, start + 8)),
      };
    case packageType.setupInputs:
      return { kind: "setup-inputs", names: listOf(textOf(frame)) };
    case packageType.start:
      return { kind: "start" };
    case packageType.pause:
      return { kind: "pause" };
    case packageType.text:
      return decodeText(frame, version);
    case packageType.data:
      needBytes(frame, "data package", 1);
      return { kind: "data", recipeId: view.getUint8(start), body: bytesOf(frame, start + 1, end) };
    default:
      throw new ProtocolError(`RTDE: a package of unknown type ${type} from a client.`);
  }
}
