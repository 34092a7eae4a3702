/** Bytes of Standard MIDI Files by hand, for tests that must not depend on our own writer. */

const be = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** (bytes - 1 - i)) % 256);

const text = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));

/** Header chunk: MThd, length 6, format, number of tracks, division. */
export const header = (format: number, tracks: number, division: number): number[] => [
  ...text("MThd"),
  ...be(6, 4),
  ...be(format, 2),
  ...be(tracks, 2),
  ...be(division, 2),
];

/** Track chunk around the bytes of its events. */
export const track = (...events: number[]): number[] => [...text("MTrk"), ...be(events.length, 4), ...events];

/** Delta 0, end of track. */
export const END = [0x00, 0xff, 0x2f, 0x00];

/** Delta 0, track name of at most 127 letters. */
export const name = (letters: string): number[] => [0x00, 0xff, 0x03, letters.length, ...text(letters)];

export const file = (...chunks: number[][]): Uint8Array => Uint8Array.from(chunks.flat());

/** One D3 of one quarter (96 ticks, delta 0x60) on a channel. */
export const quarter = (midi = 50, channel = 0): number[] => [
  ...[0x00, 0x90 + channel, midi, 80],
  ...[0x60, 0x80 + channel, midi, 0],
];
