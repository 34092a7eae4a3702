import { expect, it } from "vitest";
import { readScore } from "../../src/score/read-score.ts";
import { secondsAtTick } from "../../src/score/tempo.ts";
import { END, file, header, name, quarter, track } from "./smf.ts";
import { refusal } from "./refusal.ts";

it("reads notes, rests, velocities, tempo, meter and key by hand", () => {
  const score = readScore(
    file(
      header(0, 1, 96),
      track(
        ...name("Tune"),
        ...[0x00, 0xff, 0x58, 4, 3, 2, 24, 8], // 3/4
        ...[0x00, 0xff, 0x59, 2, 0xff, 1], // one flat, minor: -1
        ...[0x00, 0xff, 0x51, 3, 0x0f, 0x42, 0x40], // 1 000 000 µs a quarter
        ...[0x00, 0x90, 50, 80, 0x60, 0x80, 50, 0], // D3, ticks 0..96
        ...[0x60, 0x90, 57, 100, 0x30, 0x80, 57, 0], // rest 96..192, A3 192..240
        ...END,
      ),
    ),
  );
  expect(score.title).toBe("Tune");
  expect(score.meters).toEqual([{ tick: 0, beatsPerBar: 3, beatUnit: 4 }]);
  expect(score.keys).toEqual([{ tick: 0, fifths: -1, minor: true }]);
  expect(
    score.notes.map(({ startTick, endTick, midi, velocity }) => [startTick, endTick, midi, velocity]),
  ).toEqual([
    [0, 96, 50, 80],
    [192, 240, 57, 100],
  ]);
  // 240 ticks / 96 = 2.5 quarters of one second
  expect(secondsAtTick(score.tempos, score.ticksPerQuarter, score.endTick)).toBe(2.5);
  expect(score.notes[0]).toMatchObject({
    dynamic: "mf",
    articulation: "detache",
    slurredFromPrevious: false,
  });
  expect(score.ignored).toEqual([]);
});

it("reads running status and notes ended by velocity 0", () => {
  const running = readScore(
    // one status byte 0x90 for all four events; the second note begins where the first ends
    file(header(0, 1, 96), track(0x00, 0x90, 50, 80, 0x60, 50, 0, 0x00, 57, 80, 0x60, 57, 0, ...END)),
  );
  expect(running.notes.map(({ startTick, endTick, midi }) => [startTick, endTick, midi])).toEqual([
    [0, 96, 50],
    [96, 192, 57],
  ]);
});

it("assumes 120 quarters a minute and 4/4 where the file is silent", () => {
  const { tempos, meters } = readScore(file(header(0, 1, 96), track(...quarter(), ...END)));
  expect(tempos).toEqual([{ tick: 0, usPerQuarter: 500_000 }]);
  expect(meters).toEqual([{ tick: 0, beatsPerBar: 4, beatUnit: 4 }]);
});

it("takes tempo and meter of a conductor track, the last of several at one tick", () => {
  const conductor = track(
    ...[0x00, 0xff, 0x51, 3, 0x07, 0xa1, 0x20],
    ...[0x00, 0xff, 0x51, 3, 0x0f, 0x42, 0x40],
    ...[0x60, 0xff, 0x51, 3, 0x07, 0xa1, 0x20],
    ...END,
  );
  const { tempos } = readScore(file(header(1, 2, 96), conductor, track(...quarter(), ...END)));
  expect(tempos).toEqual([
    { tick: 0, usPerQuarter: 1_000_000 },
    { tick: 96, usPerQuarter: 500_000 },
  ]);
});

it("says what is not played: pedal, bend, controllers, other parts", () => {
  const cello = track(
    ...name("Cello"),
    ...[0x00, 0xb0, 64, 127, 0x00, 0xb0, 64, 0, 0x00, 0xe0, 0, 0x50, 0x00, 0xb0, 99, 1],
    ...quarter(),
    ...END,
  );
  const piano = track(...name("Piano"), ...quarter(60, 1), ...END);
  expect(readScore(file(header(1, 2, 96), cello, piano), { part: "cello" }).ignored).toEqual([
    'part 2 "Piano" (track 2, channel 2, 1 note): not played',
    "sustain pedal: 2 events ignored",
    "pitch bend: 1 event ignored",
    "controller 99: 1 event ignored",
  ]);
});

it("asks which part to play, and takes it by number, digits or name", () => {
  const parts = file(
    header(1, 3, 96),
    track(...END),
    track(...name("Violin"), ...quarter(76), ...quarter(76), ...END),
    track(...quarter(50, 3), ...END),
  );
  const asked = refusal("score-invalid", () => readScore(parts));
  expect(asked).toContain(
    '1 "Violin" (track 2, channel 1, 2 notes); 2 "track 3 channel 4" (track 3, channel 4, 1 note)',
  );
  expect(readScore(parts, { part: 2 }).notes.map(({ midi }) => midi)).toEqual([50]);
  expect(readScore(parts, { part: "1" }).notes).toHaveLength(2);
  expect(readScore(parts, { part: " violin" }).notes).toHaveLength(2);
  expect(refusal("score-invalid", () => readScore(parts, { part: "viola" }))).toContain('no part "viola"');
  expect(refusal("score-invalid", () => readScore(parts, { part: 3 }))).toContain('no part "3"');
});

it("separates the channels of one track, and does not guess between equal names", () => {
  const two = file(header(0, 1, 96), track(...name("Duo"), ...quarter(50, 0), ...quarter(57, 1), ...END));
  expect(refusal("score-invalid", () => readScore(two, { part: "Duo" }))).toContain(
    '2 parts are called "Duo"',
  );
  expect(readScore(two, { part: 2 }).notes.map(({ midi }) => midi)).toEqual([57]);
});

it("refuses a file without notes", () => {
  expect(refusal("score-invalid", () => readScore(file(header(0, 1, 96), track(...END))))).toContain(
    "no notes",
  );
});

it("refuses a note that never ends, with its name, bar and beat", () => {
  // begins after one bar (384 ticks = 0x83 0x00) in 4/4
  const bytes = file(header(0, 1, 96), track(0x83, 0x00, 0x90, 54, 80, ...END));
  expect(refusal("midi-invalid", () => readScore(bytes))).toContain(
    "F#3 that begins at bar 2 beat 1 is never ended",
  );
});

it("drops notes of zero length and ends without a note, and says so", () => {
  const bytes = file(
    header(0, 1, 96),
    track(0x00, 0x90, 60, 80, 0x00, 0x80, 60, 0, 0x00, 0x80, 62, 0, ...quarter(), ...END),
  );
  const score = readScore(bytes);
  expect(score.notes).toHaveLength(1);
  expect(score.ignored).toEqual(["notes of zero length: 1 ignored", "note ends without a note: 1 ignored"]);
});

it("refuses what the cello does not have, with name, place and a transposition that fits", () => {
  const low = file(header(0, 1, 96), track(...quarter(50), ...quarter(35), ...quarter(34), ...END));
  const message = refusal("score-invalid", () => readScore(low));
  expect(message).toContain("B1 at bar 1 beat 2 lies below C2, the open C string (2 notes are out of range)");
  expect(message).toContain("transpose by +12");
  expect(readScore(low, { transpose: 12 }).notes.map(({ midi }) => midi)).toEqual([62, 47, 46]);
  // in all, with what was asked for: 5 semitones down and 12 up again
  expect(refusal("score-invalid", () => readScore(low, { transpose: -5 }))).toContain("transpose by +7");
  expect(refusal("score-invalid", () => readScore(file(header(0, 1, 96), track(...quarter(36), ...END)), { transpose: -12 }))).toContain("leave the transposition out"); // prettier-ignore
  const high = file(header(0, 1, 96), track(...quarter(82), ...END));
  expect(refusal("score-invalid", () => readScore(high))).toMatch(
    /A#5 at bar 1 beat 1 lies above A5.*by -12/,
  );
  const wide = file(header(0, 1, 96), track(...quarter(30), ...quarter(80), ...END));
  expect(refusal("score-invalid", () => readScore(wide))).toContain("spans 50 semitones and a cello 45");
  const lowest = file(header(0, 1, 96), track(...quarter(36), ...quarter(81), ...END));
  expect(readScore(lowest).notes).toHaveLength(2);
});

it("raises notes misread from tenor clef by a fifth, and their key with them", () => {
  const bytes = file(header(0, 1, 96), track(0x00, 0xff, 0x59, 2, 0, 0, ...quarter(53), ...END));
  const score = readScore(bytes, { clef: "tenor" });
  // the line of F3 in bass clef is C4 in tenor clef; C major becomes G major
  expect(score.notes[0]!.midi).toBe(60);
  expect(score.keys[0]!.fifths).toBe(1);
  // two semitones down: C major becomes B flat major
  expect(readScore(bytes, { transpose: -2 }).keys[0]!.fifths).toBe(-2);
  expect(readScore(bytes, { clef: "tenor", transpose: -12 }).notes[0]!.midi).toBe(48);
  expect(refusal("usage", () => readScore(bytes, { transpose: 0.5 }))).toContain("whole semitones");
});

it("has the same provenance for the same bytes and choices, and another for others", () => {
  const bytes = file(header(0, 1, 96), track(...quarter(), ...END));
  const sha = (options: Parameters<typeof readScore>[1]): string =>
    readScore(bytes, options).provenance.sha256;
  expect(sha({})).toBe(readScore(Uint8Array.from(bytes)).provenance.sha256);
  expect(sha({ transpose: 1 })).not.toBe(sha({}));
});

it("refuses a tempo of zero and a meter without beats", () => {
  const tempo = file(header(0, 1, 96), track(0x00, 0xff, 0x51, 3, 0, 0, 0, ...quarter(), ...END));
  expect(refusal("midi-invalid", () => readScore(tempo))).toContain("0 microseconds");
  const meter = file(header(0, 1, 96), track(0x00, 0xff, 0x58, 4, 0, 2, 24, 8, ...quarter(), ...END));
  expect(refusal("midi-invalid", () => readScore(meter))).toContain("0/4");
});

it("ends the first of two sounding notes of one pitch first", () => {
  // begun at 0 and 90, ended at 96 and 192: 0..96 and 90..192, the overlap of 6 ticks is legato (96 / 8 = 12)
  const bytes = file(
    header(0, 1, 96),
    track(0x00, 0x90, 50, 60, 0x5a, 0x90, 50, 90, 0x06, 0x80, 50, 0, 0x60, 0x80, 50, 0, ...END),
  );
  expect(readScore(bytes).notes.map((n) => [n.startTick, n.endTick, n.velocity])).toEqual([
    [0, 90, 60],
    [90, 192, 90],
  ]);
});

it("reads past channel pressure of one byte, and leaves other channels' controllers uncounted", () => {
  const bytes = file(
    header(0, 1, 96),
    track(0x00, 0xd0, 90, 0x00, 0xb5, 64, 127, 0x00, 0xc0, 42, ...quarter(), ...END),
  );
  expect(readScore(bytes).ignored).toEqual(["channel pressure: 1 event ignored"]);
});
