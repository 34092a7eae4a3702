import { badMidi } from "./smf-error.ts";

/** Bytes of one track chunk inside the file. */
export interface TrackBytes {
  /** 1-based, in file order. */
  readonly number: number;
  /** First byte of the first event, counted from the start of the file. */
  readonly start: number;
  /** One past the last byte of the chunk. */
  readonly end: number;
}

/**
 * Walks the events of one track and gives the byte after its end-of-track event.
 *
 * `midi-file` reads past the end of a cut track without a word and returns notes of pitch `undefined`,
 * so every length and every data byte is checked here first.
 *
 * @throws midi-invalid, naming the byte
 * @source Standard MIDI File 1.0: event layout, running status, variable-length quantities
 */
export function endOfTrack(bytes: Uint8Array, track: TrackBytes): number {
  let at = track.start;
  let running: number | undefined;
  while (at < track.end) {
    at = afterVarInt(bytes, track, at).next;
    const status = byteAt(bytes, track, at);
    if (status === 0xff) {
      const kind = byteAt(bytes, track, at + 1);
      at = afterBlock(bytes, track, at + 2);
      if (kind === 0x2f) return at;
    } else if (status === 0xf0 || status === 0xf7) {
      at = afterBlock(bytes, track, at + 1);
    } else {
      if (status >= 0xf0)
        throw badMidi(
          `track ${track.number} holds the byte 0x${hex(status)} at byte ${at}, which starts no event of a MIDI file.`,
          at,
        );
      if (status >= 0x80) at += 1;
      running = status >= 0x80 ? status : running;
      if (running === undefined)
        throw badMidi(`track ${track.number} begins with data instead of an event at byte ${at}.`, at);
      at = afterData(bytes, track, at, dataBytesOf(running));
    }
  }
  throw badMidi(
    `track ${track.number} has no end-of-track event before byte ${track.end}; the file is damaged, export it again.`,
    track.end,
  );
}

/** Program change and channel pressure carry one data byte, the other channel messages two. */
const dataBytesOf = (status: number): number => (status >= 0xc0 && status < 0xe0 ? 1 : 2);

function afterData(bytes: Uint8Array, track: TrackBytes, from: number, count: number): number {
  for (let at = from; at < from + count; at++) {
    const value = byteAt(bytes, track, at);
    if (value >= 0x80)
      throw badMidi(
        `track ${track.number} holds 0x${hex(value)} at byte ${at}, where a data byte below 0x80 must stand.`,
        at,
      );
  }
  return from + count;
}

function afterBlock(bytes: Uint8Array, track: TrackBytes, from: number): number {
  const { value, next } = afterVarInt(bytes, track, from);
  if (next + value > track.end)
    throw badMidi(
      `track ${track.number} is cut: the event at byte ${from} promises ${value} bytes, ${track.end - next} follow.`,
      from,
    );
  return next + value;
}

function afterVarInt(bytes: Uint8Array, track: TrackBytes, from: number): { value: number; next: number } {
  let value = 0;
  for (let at = from; at < from + 4; at++) {
    const byte = byteAt(bytes, track, at);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + 1 };
  }
  throw badMidi(
    `track ${track.number} holds a length of more than four bytes at byte ${from}; the file is damaged.`,
    from,
  );
}

function byteAt(bytes: Uint8Array, track: TrackBytes, at: number): number {
  if (at >= track.end)
    throw badMidi(
      `track ${track.number} is cut in the middle of an event at byte ${track.end}; the file is damaged, export it again.`,
      track.end,
    );
  return bytes[at]!;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0").toUpperCase();
