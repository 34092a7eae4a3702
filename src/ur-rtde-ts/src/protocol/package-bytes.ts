import { ProtocolError } from "../connection/errors.ts";
import { type TextLevel, type TextPackage, type ProtocolVersion, packageType } from "./package-type.ts";
import { type Frame } from "../connection/frame-decoder.ts";

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();
const levels: readonly TextLevel[] = ["exception", "error", "warning", "info"];
const headerBytes = 3;

/** A package with its header written and `payloadBytes` of room behind it. */
export function emptyPackage(type: number, payloadBytes: number): { bytes: Uint8Array; view: DataView } {
  const size = headerBytes + payloadBytes;
  if (size > 0xffff)
    throw new ProtocolError(`RTDE: a package of ${size} bytes; the size field ends at 65535.`);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, size);
  view.setUint8(2, type);
  return { bytes, view };
}

/** A package of fixed leading bytes and a text to its end. */
export function textPackage(type: number, leading: Uint8Array, text: string): Uint8Array {
  const encoded = utf8.encode(text);
  const { bytes } = emptyPackage(type, leading.length + encoded.length);
  bytes.set(leading, headerBytes);
  bytes.set(encoded, headerBytes + leading.length);
  return bytes;
}

/** A package of one byte. */
export function bytePackage(type: number, value: number): Uint8Array {
  const { bytes } = emptyPackage(type, 1);
  bytes[headerBytes] = value;
  return bytes;
}

/** Text from `from` to `to` of the frame's buffer. */
export function textOf(frame: Frame, from = frame.start, to = frame.end): string {
  return fromUtf8.decode(bytesOf(frame, from, to));
}

/** A view of the bytes from `from` to `to` of the frame's buffer. */
export function bytesOf(frame: Frame, from: number, to: number): Uint8Array {
  return new Uint8Array(frame.view.buffer, frame.view.byteOffset + from, to - from);
}

/** Names or types between commas; empty ones, as a trailing comma leaves, are dropped. */
export function listOf(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** @throws ProtocolError unless the payload has at least `bytes` bytes. */
export function needBytes(frame: Frame, what: string, bytes: number): void {
  const given = frame.end - frame.start;
  if (given >= bytes) return;
  throw new ProtocolError(`RTDE: a ${what} with ${given} bytes of payload; it needs ${bytes}.`);
}

/** A text message as it goes over the wire. Parts of more than 255 bytes do not fit version 2. */
export function encodeText(message: TextPackage, version: ProtocolVersion): Uint8Array {
  const level = levels.indexOf(message.level);
  if (version === 1) return textPackage(packageType.text, Uint8Array.of(level), message.message);
  const text = utf8.encode(message.message);
  const source = utf8.encode(message.source);
  if (text.length > 0xff || source.length > 0xff) {
    throw new ProtocolError(
      `RTDE: a text of ${text.length} bytes from a source of ${source.length}; 255 fit.`,
    );
  }
  const { bytes } = emptyPackage(packageType.text, text.length + source.length + 3);
  bytes[headerBytes] = text.length;
  bytes.set(text, headerBytes + 1);
  bytes[headerBytes + 1 + text.length] = source.length;
  bytes.set(source, headerBytes + 2 + text.length);
  bytes[bytes.length - 1] = level;
  return bytes;
}

/** Reads a text message. @throws ProtocolError if lengths or level cannot be. */
export function decodeText(frame: Frame, version: ProtocolVersion): TextPackage {
  const { view, start, end } = frame;
  needBytes(frame, "text message", version === 1 ? 1 : 3);
  if (version === 1) {
    return {
      kind: "text",
      message: textOf(frame, start + 1),
      source: "",
      level: levelOf(view.getUint8(start)),
    };
  }
  const textEnd = start + 1 + view.getUint8(start);
  if (textEnd + 2 > end) throw new ProtocolError("RTDE: a text message longer than its package.");
  const sourceEnd = textEnd + 1 + view.getUint8(textEnd);
  if (sourceEnd + 1 > end) throw new ProtocolError("RTDE: a text message's source longer than its package.");
  return {
    kind: "text",
    message: textOf(frame, start + 1, textEnd),
    source: textOf(frame, textEnd + 1, sourceEnd),
    level: levelOf(view.getUint8(sourceEnd)),
  };
}

function levelOf(byte: number): TextLevel {
  const level = levels[byte];
  if (level === undefined)
    throw new ProtocolError(`RTDE: a text message of level ${byte}; there are 0 to 3.`);
  return level;
}
