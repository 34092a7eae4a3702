import { badMidi } from "./smf-error.ts";
import { endOfTrack, type TrackBytes } from "./smf-track.ts";

/** A Standard MIDI File whose every length has been checked. */
export interface CheckedSmf {
  readonly format: 0 | 1;
  readonly ticksPerQuarter: number;
  /** Header and tracks only, each track ending with its end-of-track event: safe to parse. */
  readonly bytes: Uint8Array;
  /** What stood in the file besides, one sentence each. */
  readonly ignored: readonly string[];
}

const CHUNK_HEADER_BYTES = 8;
const HEADER_DATA_BYTES = 6;

/**
 * Checks the bytes of a Standard MIDI File before anything is read from them.
 *
 * @throws midi-invalid, one sentence, naming the byte where it applies
 * @source Standard MIDI File 1.0: header chunk, track chunks, division
 */
export function checkSmf(bytes: Uint8Array): CheckedSmf {
  const header = checkHeader(bytes);
  const ignored: string[] = [];
  const kept = [bytes.subarray(0, CHUNK_HEADER_BYTES), bytes.subarray(8, 14)];
  let at = CHUNK_HEADER_BYTES + header.dataBytes;
  for (let found = 0; found < header.tracks;) {
    const chunk = checkChunk(bytes, at, found + 1, header.tracks);
    if (chunk.id === "MTrk") {
      found += 1;
      const track: TrackBytes = { number: found, start: at + CHUNK_HEADER_BYTES, end: chunk.end };
      const events = bytes.subarray(track.start, endOfTrack(bytes, track));
      kept.push(chunkHeader("MTrk", events.length), events);
    } else ignored.push(`chunk "${chunk.id}" at byte ${at}: ignored`);
    at = chunk.end;
  }
  if (at < bytes.length) ignored.push(`${bytes.length - at} bytes after the last track: ignored`);
  const { format, ticksPerQuarter } = header;
  return { format, ticksPerQuarter, bytes: joined(kept), ignored };
}

interface SmfHeader {
  readonly format: 0 | 1;
  readonly tracks: number;
  readonly ticksPerQuarter: number;
  readonly dataBytes: number;
}

function checkHeader(bytes: Uint8Array): SmfHeader {
  if (bytes.length === 0) throw badMidi("the file is empty (0 bytes); a Standard MIDI File is needed.", 0);
  if (ascii(bytes, 0) !== "MThd")
    throw badMidi(
      `not a MIDI file: it begins with ${JSON.stringify(ascii(bytes, 0))} at byte 0, where "MThd" must stand.`,
      0,
    );
  if (bytes.length < CHUNK_HEADER_BYTES + HEADER_DATA_BYTES)
    throw badMidi(
      `the file is truncated: it ends at byte ${bytes.length}, inside its 14-byte header.`,
      bytes.length,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dataBytes = view.getUint32(4);
  if (dataBytes < HEADER_DATA_BYTES)
    throw badMidi(`the header at byte 0 is ${dataBytes} bytes long; a MIDI header has at least 6.`, 4);
  const [format, tracks, division] = [view.getUint16(8), view.getUint16(10), view.getUint16(12)];
  const ticksPerQuarter = checkDivision(division);
  if (format === 2)
    throw badMidi("the file is MIDI format 2 (independent patterns); export it as format 0 or 1.", 8);
  if (format !== 0 && format !== 1)
    throw badMidi(`the file says MIDI format ${format} at byte 8; formats 0 and 1 are read.`, 8);
  if (tracks === 0 || (format === 0 && tracks > 1))
    throw badMidi(
      `the header promises ${tracks} tracks for a file of format ${format}; the file is damaged.`,
      10,
    );
  return { format, tracks, ticksPerQuarter, dataBytes };
}

function checkDivision(division: number): number {
  if (division === 0)
    throw badMidi("the file says 0 ticks per quarter note at byte 12; the file is damaged.", 12);
  if (division < 0x8000) return division;
  const [framesPerSecond, ticksPerFrame] = [0x100 - (division >> 8), division & 0xff];
  throw badMidi(
    `the file counts time in SMPTE frames (${framesPerSecond} frames a second, ${ticksPerFrame} ticks a frame), ` +
      "so it has no bars or beats; export it with ticks per quarter note.",
    12,
  );
}

function checkChunk(
  bytes: Uint8Array,
  at: number,
  track: number,
  tracks: number,
): { id: string; end: number } {
  if (at + CHUNK_HEADER_BYTES > bytes.length)
    throw badMidi(
      `the file is truncated: track ${track} of ${tracks} should begin at byte ${at}, but the file ends at byte ${bytes.length}.`,
      bytes.length,
    );
  const id = ascii(bytes, at);
  if (!/^[\x20-\x7e]{4}$/.test(id))
    throw badMidi(
      `track ${track} of ${tracks} should begin at byte ${at} with "MTrk", but no chunk begins there.`,
      at,
    );
  const length = new DataView(bytes.buffer, bytes.byteOffset + at, CHUNK_HEADER_BYTES).getUint32(4);
  const end = at + CHUNK_HEADER_BYTES + length;
  if (end > bytes.length)
    throw badMidi(
      `the file is truncated: track ${track} at byte ${at} promises ${length} bytes, only ` +
        `${bytes.length - at - CHUNK_HEADER_BYTES} follow; export or copy it again.`,
      at,
    );
  return { id, end };
}

function chunkHeader(id: string, length: number): Uint8Array {
  const header = new Uint8Array(CHUNK_HEADER_BYTES);
  header.set(new TextEncoder().encode(id));
  new DataView(header.buffer).setUint32(4, length);
  return header;
}

/** Joins the chunks; the header may have been longer than six bytes, so its length is written anew. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  new DataView(all.buffer).setUint32(4, HEADER_DATA_BYTES);
  return all;
}

const ascii = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
