import { ByteReader } from "../connection/byte-reader.ts";
import { ByteWriter } from "../connection/byte-writer.ts";
import { type Frame } from "../connection/frame-decoder.ts";

/** Type byte of the packages of the primary interface that carry robot messages. */
export const robotMessageType = 20;

/** Level of an error code, weakest first. */
export const errorLevels = ["debug", "info", "warning", "violation", "fault", "critical"] as const;
export type ErrorLevel = (typeof errorLevels)[number];

/** What a robot message says; `other` is a kind this library does not decode. */
export type RobotMessageBody =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "program-label"; readonly id: number; readonly text: string }
  | {
      readonly kind: "popup";
      readonly requestId: number;
      readonly requestType: number;
      readonly warning: boolean;
      readonly error: boolean;
      readonly blocking: boolean;
      readonly title: string;
      readonly text: string;
    }
  | {
      readonly kind: "version";
      readonly project: string;
      readonly major: number;
      readonly minor: number;
      readonly bugfix: number;
      readonly build: number;
      readonly date: string;
    }
  | {
      readonly kind: "safety-mode";
      readonly code: number;
      readonly argument: number;
      readonly mode: number;
      readonly dataType: number;
      readonly data: number;
    }
  | {
      readonly kind: "error-code";
      readonly code: number;
      readonly argument: number;
      readonly level: ErrorLevel;
      readonly dataType: number;
      readonly data: number;
      readonly text: string;
    }
  | {
      readonly kind: "key";
      readonly code: number;
      readonly argument: number;
      /** For example `PROGRAM_XXX_STARTED`; the text is then the program's name, cut to 31 characters. */
      readonly title: string;
      readonly text: string;
    }
  | {
      readonly kind: "runtime-exception";
      /** From 1, in the text that was sent. */
      readonly line: number;
      readonly column: number;
      readonly text: string;
    }
  | { readonly kind: "other"; readonly messageType: number };

/** A message of the primary interface. */
export type RobotMessage = RobotMessageBody & {
  /** Controller's clock [µs]. */
  readonly timestampUs: bigint;
  /** Who speaks: 7 the controller, 8 RTDE, -2 robot interface, -3 real-time machine, -5 user interface. */
  readonly source: number;
};

/** Reads a robot message. @throws ProtocolError if the package is too short for what it says it is. */
export function decodeRobotMessage(frame: Frame): RobotMessage {
  const read = new ByteReader("robot message", frame);
  const timestampUs = read.u64();
  const source = read.i8();
  const messageType = read.u8();
  const decode = decoders[messageType];
  const body: RobotMessageBody = decode === undefined ? { kind: "other", messageType } : decode(read);
  return { ...body, timestampUs, source };
}

// The order of the properties is the order on the wire.
const decoders: Readonly<Record<number, (read: ByteReader) => RobotMessageBody>> = {
  0: (read) => ({ kind: "text", text: read.rest() }),
  1: (read) => ({ kind: "program-label", id: read.i32(), text: read.rest() }),
  2: (read) => ({
    kind: "popup",
    requestId: read.u32(),
    requestType: read.u32(),
    warning: read.bool(),
    error: read.bool(),
    blocking: read.bool(),
    title: read.text(read.u8()),
    text: read.rest(),
  }),
  3: (read) => ({
    kind: "version",
    project: read.text(read.u8()),
    major: read.u8(),
    minor: read.u8(),
    bugfix: read.i32(),
    build: read.i32(),
    date: read.rest(),
  }),
  5: (read) => ({
    kind: "safety-mode",
    code: read.i32(),
    argument: read.i32(),
    mode: read.u8(),
    dataType: read.u32(),
    data: read.u32(),
  }),
  6: (read) => ({
    kind: "error-code",
    code: read.i32(),
    argument: read.i32(),
    level: errorLevels[read.i32()] ?? "critical", // a level unknown to us is not taken lightly
    dataType: read.u32(),
    data: read.u32(),
    text: read.rest(),
  }),
  7: (read) => ({
    kind: "key",
    code: read.i32(),
    argument: read.i32(),
    title: read.text(read.u8()),
    text: read.rest(),
  }),
  10: (read) => ({ kind: "runtime-exception", line: read.i32(), column: read.i32(), text: read.rest() }),
};

/** The bytes of a robot message, as a controller sends it. */
export function encodeRobotMessage(message: RobotMessage): Uint8Array {
  const write = new ByteWriter().u8(robotMessageType).u64(message.timestampUs).u8(message.source);
  return encodeBody(write, message).sized();
}

function encodeBody(write: ByteWriter, body: RobotMessageBody): ByteWriter {
  switch (body.kind) {
    case "text":
      return write.u8(0).text(body.text);
    case "program-label":
      return write.u8(1).i32(body.id).text(body.text);
    case "popup":
      write.u8(2).i32(body.requestId).i32(body.requestType);
      write.bool(body.warning).bool(body.error).bool(body.blocking);
      return write.shortText(body.title).text(body.text);
    case "version":
      write.u8(3).shortText(body.project).u8(body.major).u8(body.minor);
      return write.i32(body.bugfix).i32(body.build).text(body.date);
    case "safety-mode":
      return write.u8(5).i32(body.code).i32(body.argument).u8(body.mode).i32(body.dataType).i32(body.data);
    case "error-code":
      write.u8(6).i32(body.code).i32(body.argument).i32(errorLevels.indexOf(body.level));
      return write.i32(body.dataType).i32(body.data).text(body.text);
    case "key":
      return write.u8(7).i32(body.code).i32(body.argument).shortText(body.title).text(body.text);
    case "runtime-exception":
      return write.u8(10).i32(body.line).i32(body.column).text(body.text);
    case "other":
      return write.u8(body.messageType);
  }
}
