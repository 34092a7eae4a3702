/** A FLAC file of 16-bit samples at 48 kHz that stores every sample as it is: no prediction, but every field of the format. */
export function verbatimFlac(channels: readonly Float32Array[]): Uint8Array {
  const length = channels[0]!.length;
  const bytes: number[] = [...new TextEncoder().encode("fLaC"), ...streamInfo(channels.length, length)];
  for (let from = 0, frame = 0; from < length; from += BLOCK, frame++)
    for (const byte of frameOf(channels, from, frame)) bytes.push(byte);
  return Uint8Array.from(bytes);
}

const BLOCK = 4096;
const big = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** (count - 1 - i)) % 256);

/** The last metadata block: block sizes, frame sizes unknown, rate (20 bits), channels − 1 (3), bits − 1 (5), samples (36), no MD5. */
function streamInfo(channels: number, length: number): number[] {
  const packed = (48000n << 44n) | (BigInt(channels - 1) << 41n) | (15n << 36n) | BigInt(length);
  const eight = Array.from({ length: 8 }, (_, i) => Number((packed >> BigInt(56 - 8 * i)) & 255n));
  return [
    0x80,
    0,
    0,
    34,
    ...big(BLOCK, 2),
    ...big(BLOCK, 2),
    0,
    0,
    0,
    0,
    0,
    0,
    ...eight,
    ...new Array<number>(16).fill(0),
  ];
}

function frameOf(channels: readonly Float32Array[], from: number, frame: number): number[] {
  const count = Math.min(BLOCK, channels[0]!.length - from);
  // sync, fixed blocks; block size in 16 bits below, 48 kHz; channels, 16 bits
  const header = [
    0xff,
    0xf8,
    0x7a,
    ((channels.length - 1) << 4) | 0x08,
    ...utf8(frame),
    ...big(count - 1, 2),
  ];
  const bytes = [...header, crc(header, 8, 0x07)];
  for (const channel of channels) {
    bytes.push(0x02); // verbatim
    for (let n = from; n < from + count; n++) {
      const value = Math.max(-32768, Math.min(32767, Math.round(channel[n]! * 32768)));
      bytes.push((value >> 8) & 255, value & 255);
    }
  }
  return [...bytes, ...big(crc(bytes, 16, 0x8005), 2)];
}

/** Frame numbers are coded as characters are. */
const utf8 = (frame: number): number[] => [...new TextEncoder().encode(String.fromCodePoint(frame))];

function crc(bytes: readonly number[], bits: 8 | 16, polynomial: number): number {
  const [top, mask] = [1 << (bits - 1), (1 << bits) - 1];
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (bits - 8);
    for (let i = 0; i < 8; i++) sum = (sum & top ? (sum << 1) ^ polynomial : sum << 1) & mask;
  }
  return sum;
}
