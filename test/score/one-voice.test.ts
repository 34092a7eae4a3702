import { expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { oneVoice } from "../../src/score/one-voice.ts";
import type { RawNote } from "../../src/score/raw-notes.ts";
import { refusal } from "./refusal.ts";

const GRID = { ticksPerQuarter: 480, meters: [{ tick: 0, beatsPerBar: 4, beatUnit: 4 }] };
const note = (startTick: number, endTick: number, midi: number): RawNote => ({
  startTick,
  endTick,
  midi,
  velocity: 80,
});
const shape = (notes: readonly RawNote[]): number[][] => notes.map((n) => [n.startTick, n.endTick, n.midi]);

it("trims a legato overlap of a 1/32 note and says so", () => {
  // 1/32 note = 480 / 8 = 60 ticks
  const { notes, ignored } = oneVoice([note(0, 540, 50), note(480, 960, 57)], GRID, undefined);
  expect(shape(notes)).toEqual([
    [0, 480, 50],
    [480, 960, 57],
  ]);
  expect(ignored).toEqual(["legato overlap: 1 note trimmed by at most a 1/32 note"]);
});

it("refuses one tick more, with bar and beat", () => {
  const message = refusal("score-invalid", () =>
    oneVoice([note(1920, 2461, 50), note(2400, 2880, 57)], GRID, undefined),
  );
  expect(message).toContain("bar 2 beat 2: D3 and A3 overlap by 61 ticks");
});

it("does not call a quick chord legato: the first note must keep more than half", () => {
  expect(
    refusal("score-invalid", () => oneVoice([note(0, 40, 50), note(5, 45, 57)], GRID, undefined)),
  ).toContain("overlap");
});

const CHORALE = [
  note(0, 960, 45),
  note(0, 480, 57),
  note(480, 960, 59),
  note(960, 1440, 50),
  note(1200, 1440, 62),
];

it("keeps the top voice, cutting what a higher note begins over", () => {
  const { notes, ignored } = oneVoice(CHORALE, GRID, "top");
  expect(shape(notes)).toEqual([
    [0, 480, 57],
    [480, 960, 59],
    [960, 1200, 50],
    [1200, 1440, 62],
  ]);
  expect(ignored).toEqual([
    "voice top: 1 note of other voices left out",
    "voice top: 1 note cut where the top voice moves on",
  ]);
});

it("keeps the bottom voice", () => {
  expect(shape(oneVoice(CHORALE, GRID, "bottom").notes)).toEqual([
    [0, 960, 45],
    [960, 1440, 50],
  ]);
});

it("leaves no splinter of a rolled chord", () => {
  const rolled = [note(0, 960, 45), note(20, 960, 52), note(40, 960, 57)];
  expect(shape(oneVoice(rolled, GRID, "top").notes)).toEqual([[40, 960, 57]]);
});

it("never lets two notes of the voice sound at once, for any notes", () => {
  const random = seededRandom(3);
  for (let round = 0; round < 500; round++) {
    const notes = Array.from({ length: 30 }, () => {
      const start = Math.floor(random() * 4000);
      return note(start, start + 1 + Math.floor(random() * 900), 40 + Math.floor(random() * 30));
    });
    for (const voice of ["top", "bottom"] as const) {
      const kept = oneVoice(notes, GRID, voice).notes;
      const isOneVoice = kept.every(
        (n, i) => n.startTick < n.endTick && n.endTick <= (kept[i + 1]?.startTick ?? Infinity),
      );
      expect(isOneVoice, `round ${round}`).toBe(true);
    }
  }
});
