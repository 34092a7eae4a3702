import { CellistError } from "../errors.ts";

/** A recording in memory: full scale is 1. */
export interface Recording {
  readonly sampleRateHz: number;
  /** Equally long. */
  readonly channels: readonly Float32Array[];
}

const HEADER_BYTES = 44;
const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;

/**
 * A recording as the bytes of a WAV file, 24-bit PCM, little-endian. Samples beyond full scale are held there.
 *
 * @source Microsoft RIFF WAVE, "Multimedia Programming Interface and Data Specifications 1.0"
 */
export function encodeWav({ sampleRateHz, channels }: Recording): Uint8Array {
  const frames = channels[0]?.length ?? 0;
  const frameBytes = channels.length * 3;
  const dataBytes = frames * frameBytes;
  const padding = dataBytes % 2;
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes + padding);
  const view = new DataView(bytes.buffer);
  writeText(bytes, 0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes + padding, true);
  writeText(bytes, 8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, FORMAT_PCM, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 24, true);
  writeText(bytes, 36, "data");
  view.setUint32(40, dataBytes, true);
  channels.forEach((channel, c) => writeChannel24(bytes, channel, HEADER_BYTES + 3 * c, frameBytes));
  return bytes;
}

function writeChannel24(bytes: Uint8Array, channel: Float32Array, from: number, stride: number): void {
  let at = from;
  for (const x of channel) {
    const n = Math.max(-8388608, Math.min(8388607, Math.round(x * 8388608)));
    bytes[at] = n & 255;
    bytes[at + 1] = (n >> 8) & 255;
    bytes[at + 2] = (n >> 16) & 255;
    at += stride;
  }
}

/**
 * The recording in the bytes of a WAV file: PCM of 16 or 24 bits, or 32-bit float.
 *
 * @throws CellistError wav-invalid
 */
export function decodeWav(bytes: Uint8Array): Recording {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || readText(bytes, 0) !== "RIFF" || readText(bytes, 8) !== "WAVE")
    throw new CellistError("wav-invalid", "not a WAV file: it does not begin with RIFF and WAVE");
  const format = chunk(view, bytes, "fmt ");
  const samples = chunk(view, bytes, "data");
  if (format.length < 16)
    throw new CellistError("wav-invalid", `the WAV format chunk has ${format.length} bytes, 16 are needed`);
  const channelCount = view.getUint16(format.at + 2, true);
  const read = sampleReader(view, format);
  const frames = Math.floor(samples.length / (channelCount * read.bytes));
  const channels = Array.from({ length: channelCount }, (_, c) =>
    Float32Array.from({ length: frames }, (_, i) =>
      read.at(samples.at + (i * channelCount + c) * read.bytes),
    ),
  );
  return { sampleRateHz: view.getUint32(format.at + 4, true), channels };
}

interface Chunk {
  readonly at: number;
  readonly length: number;
}

/** Where a chunk's content lies; a content cut short by the end of the file counts as far as it goes. */
function chunk(view: DataView, bytes: Uint8Array, name: string): Chunk {
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (readText(bytes, at) === name) return { at: at + 8, length: Math.min(length, bytes.length - at - 8) };
    at += 8 + length + (length % 2);
  }
  throw new CellistError("wav-invalid", `the WAV file has no "${name.trim()}" chunk`);
}

function sampleReader(view: DataView, format: Chunk): { readonly bytes: number; at(offset: number): number } {
  const tag = view.getUint16(format.at, true);
  const extended = tag === FORMAT_EXTENSIBLE && format.length >= 26;
  const coding = extended ? view.getUint16(format.at + 24, true) : tag;
  const bits = view.getUint16(format.at + 14, true);
  if (coding === FORMAT_PCM && bits === 16) return { bytes: 2, at: (i) => view.getInt16(i, true) / 32768 };
  if (coding === FORMAT_PCM && bits === 24)
    return { bytes: 3, at: (i) => ((view.getInt8(i + 2) << 16) | view.getUint16(i, true)) / 8388608 };
  if (coding === FORMAT_FLOAT && bits === 32) return { bytes: 4, at: (i) => view.getFloat32(i, true) };
  throw new CellistError(
    "wav-invalid",
    `WAV coding ${coding} with ${bits} bits is not read; 16- or 24-bit PCM or 32-bit float is needed`,
  );
}

function writeText(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}

const readText = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + 4));
