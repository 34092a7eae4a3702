import { expect, it } from "vitest";
import { readScore } from "../../src/score/read-score.ts";
import { checkSmf } from "../../src/score/smf-bytes.ts";
import { END, file, header, quarter, track } from "./smf.ts";
import { refusal } from "./refusal.ts";

const good = file(header(0, 1, 96), track(...quarter(), ...END));
const refused = (bytes: Uint8Array | number[]): string =>
  refusal("midi-invalid", () => readScore(Uint8Array.from(bytes)));

it("refuses an empty file, a text file and a cut header, each in one sentence", () => {
  expect(refused([])).toContain("empty (0 bytes)");
  expect(refused([...new TextEncoder().encode("Hello, world, I am text")])).toMatch(
    /not a MIDI file.*"Hell".*byte 0/,
  );
  expect(refused([0x4d])).toContain("not a MIDI file");
  expect(refused(good.subarray(0, 10))).toContain("ends at byte 10");
});

it("refuses a file cut anywhere, and never returns notes from it", () => {
  for (let length = 0; length < good.length; length++)
    expect(refused(good.subarray(0, length)), `${length} bytes`).toMatch(/truncated|empty|not a MIDI file/);
  expect(readScore(good).notes).toHaveLength(1);
});

it("names the byte where a track promises more than follows", () => {
  // header 14 bytes, so the track begins at byte 14; 8 note bytes + 4 of its end = 12 promised, 5 left
  expect(refused(good.subarray(0, 14 + 8 + 5))).toContain(
    "track 1 at byte 14 promises 12 bytes, only 5 follow",
  );
});

it("refuses a second track that is not there", () => {
  const bytes = file(header(1, 2, 96), track(...quarter(), ...END));
  expect(refused(bytes)).toContain(`track 2 of 2 should begin at byte ${bytes.length}`);
});

it("refuses a track without an end, and an event cut by the end of its track", () => {
  expect(refused(file(header(0, 1, 96), track(...quarter())))).toContain(
    "no end-of-track event before byte 30",
  );
  expect(refused(file(header(0, 1, 96), track(0x00, 0x90, 50)))).toContain(
    "cut in the middle of an event at byte 25",
  );
  expect(refused(file(header(0, 1, 96), track(0x00, 0xff, 0x03, 9, 65)))).toContain(
    "promises 9 bytes, 1 follow",
  );
});

it("refuses bytes that are no event, with their place", () => {
  // track data begins at byte 22
  expect(refused(file(header(0, 1, 96), track(0x00, 0x90, 50, 0x9a, ...END)))).toContain("0x9A at byte 25");
  expect(refused(file(header(0, 1, 96), track(0x00, 0xf4, ...END)))).toContain("0xF4 at byte 23");
  expect(refused(file(header(0, 1, 96), track(0x00, 0x40, ...END)))).toContain(
    "data instead of an event at byte 23",
  );
  expect(refused(file(header(0, 1, 96), track(0xff, 0xff, 0xff, 0xff, ...END)))).toContain(
    "four bytes at byte 22",
  );
});

it("refuses SMPTE time, format 2, and headers that make no sense", () => {
  // 0xE728: 0x100 - 0xE7 = 25 frames a second, 0x28 = 40 ticks a frame
  expect(refused(file(header(0, 1, 0xe728), track(...END)))).toContain(
    "25 frames a second, 40 ticks a frame",
  );
  expect(refused(file(header(2, 1, 96), track(...END)))).toContain("format 2");
  expect(refused(file(header(7, 1, 96), track(...END)))).toContain("format 7");
  expect(refused(file(header(0, 1, 0), track(...END)))).toContain("0 ticks per quarter");
  expect(refused(file(header(0, 2, 96), track(...END), track(...END)))).toContain("2 tracks");
});

it("passes over foreign chunks, trailing bytes and a longer header, and says so", () => {
  const longHeader = [...header(0, 1, 96), 0, 0];
  longHeader[7] = 8;
  const foreign = [...new TextEncoder().encode("XFIH"), 0, 0, 0, 2, 1, 2];
  const checked = checkSmf(file(longHeader, foreign, track(...quarter(), ...END), [0, 0, 0]));
  expect(checked.bytes).toEqual(good);
  expect(checked.ignored).toEqual([
    'chunk "XFIH" at byte 16: ignored',
    "3 bytes after the last track: ignored",
  ]);
});

it("refuses rubbish where a track should begin", () => {
  expect(refused(file(header(1, 1, 96), [1, 2, 3, 4, 0, 0, 0, 0]))).toContain('byte 14 with "MTrk"');
});
