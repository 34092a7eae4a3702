import { expect, it } from "vitest";
import { parseMarkings } from "../../src/score/markings.ts";
import { readPiece } from "../../src/score/piece.ts";
import type { ScoreNote } from "../../src/score/score.ts";
import { secondsAtTick } from "../../src/score/tempo.ts";
import { END, file, header, quarter, track } from "./smf.ts";
import { refusal } from "./refusal.ts";

// eight quarters D3 E3 F#3 G3 | A3 B3 C#4 D4, velocity 80
const SCALE = file(
  header(0, 1, 96),
  track(...[50, 52, 54, 55, 57, 59, 61, 62].flatMap((midi) => quarter(midi)), ...END),
);
const notes = (marks: string): readonly ScoreNote[] => readPiece(SCALE, marks).score.notes;
const refused = (marks: string): string => refusal("markings-invalid", () => readPiece(SCALE, marks));

it("writes slurs, dynamics, bows, articulations and strings on the notes they name", () => {
  const marked = notes(`
    title: Scale
    composer: nobody
    source: here
    licence: CC0-1.0
    slurs: 1.2 - 1.4, 2.3 - 2.4
    dynamics: { 2.1: f, 1.3: p }
    bows: { 1.1: up, 2.1: down }
    articulations: { 1.4: staccato, 2.1 - 2.2: tenuto }
    strings: { 1.1 - 1.2: G }
  `);
  expect(marked.map((n) => n.slurredFromPrevious)).toEqual([
    false,
    false,
    true,
    true,
    false,
    false,
    false,
    true,
  ]);
  // velocity 80 is mf until the first mark; p holds until f, though f stands first in the file
  expect(marked.map((n) => n.dynamic)).toEqual(["mf", "mf", "p", "p", "f", "f", "f", "f"]);
  expect(marked.map((n) => n.bow)).toEqual(["up", ...Array<undefined>(3), "down", ...Array<undefined>(3)]);
  expect(marked.map((n) => n.articulation)).toEqual([
    ...["detache", "legato", "legato", "staccato"],
    ...["tenuto", "tenuto", "legato", "legato"],
  ]);
  expect(marked.map((n) => n.string)).toEqual(["G", "G", ...Array<undefined>(6)]);
});

it("hands on title, composer, source and licence", () => {
  const piece = readPiece(SCALE, "title: Scale\ncomposer: nobody\nsource: here\nlicence: CC0-1.0\n", {
    title: "file",
  });
  expect(piece).toMatchObject({
    source: "here",
    licence: "CC0-1.0",
    score: { title: "Scale", composer: "nobody" },
  });
  expect(readPiece(SCALE, undefined, { title: "file" })).toMatchObject({
    source: "unknown",
    score: { title: "file" },
  });
});

it("reads marked pieces with the same choices as unmarked ones", () => {
  const { score } = readPiece(SCALE, "dynamics: { 1.1: p }", { transpose: -12 });
  expect(score.notes[0]).toMatchObject({ midi: 38, dynamic: "p" });
});

it("does not read bar 1 beat 10 as bar 1 beat 1", () => {
  // as a YAML number 1.10 would be 1.1, the first note
  expect(refused("dynamics: { 1.10: p }")).toContain("no bar 1 beat 10");
});

it("refuses a place where no note begins, with bar and beat and the nearest note", () => {
  expect(refused("bows: { 1.2+1/3: down }")).toContain(
    '"bows": no note begins at bar 1 beat 2 (1.2+1/3); the nearest begins at 1.2',
  );
  expect(refused("slurs: 1.1 - 9.1")).toContain("no note begins at bar 9 beat 1");
});

it("finds notes of a third of a beat, which fall between ticks", () => {
  // 100 ticks a quarter: thirds at 33.3 and 66.7, written at 33 and 67
  const triplet = track(...[0, 0x90, 50, 80, 33, 50, 0, 0, 52, 80, 34, 52, 0, 0, 54, 80, 33, 54, 0], ...END);
  const { score } = readPiece(file(header(0, 1, 100), triplet), "dynamics: { 1.1+1/3: p, 1.1+2/3: f }");
  expect(score.notes.map((n) => n.dynamic)).toEqual(["mf", "p", "f"]);
});

it("refuses unknown keys, values and places in one sentence", () => {
  expect(refused("slur: 1.1 - 1.2")).toContain('unknown key "slur"; known are title, composer');
  expect(refused("dynamics: { 1.1: loud }")).toContain("one of pp, p, mp, mf, f, ff");
  expect(refused("strings: { 1.1: E }")).toContain("one of C, G, D, A");
  expect(refused("bows: { 3: down }")).toContain('"3" is no place');
  expect(refused("bows: { 1.1 - 1.2: down }")).toContain('"1.1 - 1.2" is no place');
  expect(refused("slurs: 1.1-1.2")).toContain('"1.1-1.2" is no place');
  expect(refused("title: [a, b]")).toContain('under "title"');
  expect(refused("just text")).toContain("the markings");
  expect(refused("dynamics: { 1.1: p")).toContain("not YAML at line");
  expect(refused("dynamics: { 1.1: p, 1.1: f }")).toContain("not YAML");
});

it("refuses marks that contradict each other", () => {
  expect(refused("slurs: 1.1 - 1.3, 1.3 - 1.4")).toContain("1.3 - 1.4 shares a note with another slur");
  expect(refused("slurs: 1.1 - 1.1")).toContain("holds one note");
  expect(refused("slurs: 1.3 - 1.1")).toContain("ends before it begins");
  expect(refused("slurs: 1.1 - 1.3\nbows: { 1.2: down }")).toContain("inside a slur");
});

it("takes an empty file as no markings", () => {
  for (const text of ["", "\n", "# nothing yet\n", "slurs:\n"]) expect(parseMarkings(text).slurs).toEqual([]);
});

it("swells along a hairpin to the dynamic after it", () => {
  const marked = notes(
    "dynamics: { 1.1: p, 1.4: f }\nhairpins: { 1.1 - 1.3: crescendo, 2.3 - 2.4: diminuendo }",
  );
  // p = 1 to f = 4 over three quarters: a step each; without a goal the diminuendo goes one step down
  expect(marked.map(({ swell }) => swell && [swell.fromLevel, swell.toLevel])).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
    undefined,
    undefined,
    undefined,
    [4, 3.5],
    [3.5, 3],
  ]);
  expect(marked.map(({ dynamic }) => dynamic)).toEqual(["mp", "mf", "f", "f", "f", "f", "f", "mf"]);
});

it("turns half-way under a crescendo-diminuendo, inside a note and over several", () => {
  const marked = notes(
    "dynamics: { 1.1: p }\nhairpins: { 1.1: crescendo-diminuendo, 1.2 - 1.4: diminuendo-crescendo }",
  );
  expect(marked.slice(0, 5).map(({ swell }) => swell)).toEqual([
    { fromLevel: 1, toLevel: 1, turns: [{ share: 0.5, level: 2 }] },
    // p to pp and back over three quarters: a third of the way down in each half
    { fromLevel: 1, toLevel: expect.closeTo(1 / 3, 9) as number },
    {
      fromLevel: expect.closeTo(1 / 3, 9) as number,
      toLevel: expect.closeTo(1 / 3, 9) as number,
      turns: [{ share: 0.5, level: 0 }],
    },
    { fromLevel: expect.closeTo(1 / 3, 9) as number, toLevel: 1 },
    undefined,
  ]);
});

it("holds a note under a fermata, and nothing else", () => {
  const { tempos, ticksPerQuarter } = readPiece(SCALE, "fermatas: 1.4").score;
  const seconds = (quarter: number): number => secondsAtTick(tempos, ticksPerQuarter, quarter * 96);
  // half a second each, the fourth 1.75 times as long
  expect([3, 4, 5].map(seconds)).toEqual([1.5, 2.375, 2.875]);
  expect(refused("fermatas: 1.4 - 2.1")).toContain('under "fermatas');
});

it("takes the new articulations", () => {
  const marked = notes("articulations: { 1.1: martele, 1.2: portato, 1.3: tremolo }");
  expect(marked.slice(0, 4).map(({ articulation }) => articulation)).toEqual([
    "martele",
    "portato",
    "tremolo",
    "detache",
  ]);
});
