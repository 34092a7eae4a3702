import { ProtocolError } from "../connection/errors.ts";
import { type Frame } from "../connection/frame-decoder.ts";
import {
  bytePackage,
  bytesOf,
  decodeText,
  emptyPackage,
  encodeText,
  listOf,
  needBytes,
  textOf,
  textPackage,
} from "./package-bytes.ts";
import {
  type ControllerVersion,
  type ProtocolVersion,
  type ServerPackage,
  packageType,
} from "./package-type.ts";

/** The bytes of what a controller says. For data packages of a recipe `encodeDataPackage` is faster. */
export function encodeServerPackage(said: ServerPackage, version: ProtocolVersion): Uint8Array {
  switch (said.kind) {
    case "protocol-version":
      return bytePackage(packageType.protocolVersion, said.accepted ? 1 : 0);
    case "controller-version":
      return encodeControllerVersion(said.version);
    case "setup-outputs": {
      const id = version === 1 ? new Uint8Array(0) : Uint8Array.of(said.recipeId);
      return textPackage(packageType.setupOutputs, id, said.types.join(","));
    }
    case "setup-inputs":
      return textPackage(packageType.setupInputs, Uint8Array.of(said.recipeId), said.types.join(","));
    case "start":
      return bytePackage(packageType.start, said.accepted ? 1 : 0);
    case "pause":
      return bytePackage(packageType.pause, said.accepted ? 1 : 0);
    case "text":
      return encodeText(said, version);
    case "data": {
      const idBytes = version === 1 ? 0 : 1;
      const { bytes } = emptyPackage(packageType.data, idBytes + said.body.length);
      if (version === 2) bytes[3] = said.recipeId;
      bytes.set(said.body, 3 + idBytes);
      return bytes;
    }
  }
}

function encodeControllerVersion({ major, minor, bugfix, build }: ControllerVersion): Uint8Array {
  const { bytes, view } = emptyPackage(packageType.controllerVersion, 16);
  [major, minor, bugfix, build].forEach((part, i) => view.setUint32(3 + 4 * i, part));
  return bytes;
}

/**
 * What a controller said, or `undefined` for a package type this library does not know (a newer controller).
 * @throws ProtocolError if the package cannot be.
 */
export function decodeServerPackage(frame: Frame, version: ProtocolVersion): ServerPackage | undefined {
  const { type, view, start, end } = frame;
  switch (type) {
    case packageType.protocolVersion:
      return { kind: "protocol-version", accepted: acceptedIn(frame, "protocol version reply") };
    case packageType.controllerVersion:
      needBytes(frame, "controller version", 16);
      return { kind: "controller-version", version: decodeControllerVersion(view, start) };
    case packageType.setupOutputs:
      if (version === 1) return { kind: "setup-outputs", recipeId: 0, types: listOf(textOf(frame)) };
      return { kind: "setup-outputs", ...recipeIn(frame) };
    case packageType.setupInputs:
      return { kind: "setup-inputs", ...recipeIn(frame) };
    case packageType.start:
      return { kind: "start", accepted: acceptedIn(frame, "start reply") };
    case packageType.pause:
      return { kind: "pause", accepted: acceptedIn(frame, "pause reply") };
    case packageType.text:
      return decodeText(frame, version);
    case packageType.data:
      if (version === 1) return { kind: "data", recipeId: 0, body: bytesOf(frame, start, end) };
      needBytes(frame, "data package", 1);
      return { kind: "data", recipeId: view.getUint8(start), body: bytesOf(frame, start + 1, end) };
    default:
      return undefined;
  }
}

function acceptedIn(frame: Frame, what: string): boolean {
  needBytes(frame, what, 1);
  const byte = frame.view.getUint8(frame.start);
  if (byte > 1) throw new ProtocolError(`RTDE: a ${what} says ${byte}; it can say 0 or 1.`);
  return byte === 1;
}

function recipeIn(frame: Frame): { recipeId: number; types: string[] } {
  needBytes(frame, "recipe", 1);
  return { recipeId: frame.view.getUint8(frame.start), types: listOf(textOf(frame, frame.start + 1)) };
}

function decodeControllerVersion(view: DataView, at: number): ControllerVersion {
  return {
    major: view.getUint32(at),
    minor: view.getUint32(at + 4),
    bugfix: view.getUint32(at + 8),
    build: view.getUint32(at + 12),
  };
}
