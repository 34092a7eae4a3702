import { expect, it } from "vitest";
import { defaultBowingSettings as settings } from "../../src/bowing/bowing-settings.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { explainRefusal, type BowingRefusal } from "../../src/bowing/refusal.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";
import { scoreOf, type Written } from "./fixture/scores.ts";

function refusal(written: readonly Written[], quartersPerMinute = 60): BowingRefusal {
  const outcome = planBowing(scoreOf(written, quartersPerMinute), parallelStrings, settings);
  if (outcome.ok) throw new Error("planned what it should refuse");
  return outcome.why;
}

it("refuses a note below the open C string", () => {
  const why = refusal([{ quarters: 1 }, { quarters: 1, midi: 35 }]);
  expect(why).toEqual({ kind: "below-open-c", noteIndex: 1, startS: 1, midi: 35, lowestMidi: 36 });
  expect(explainRefusal(why)).toBe(
    "note 2 at 1.00 s (MIDI 35) lies 1 semitone(s) below the open C string (MIDI 36); transpose it up",
  );
});

it("refuses a string mark above the note", () => {
  const why = refusal([{ quarters: 1, midi: 50, string: "A" }]);
  expect(why).toMatchObject({ kind: "not-on-string", noteIndex: 0, string: "A", openMidi: 57 });
  expect(explainRefusal(why)).toContain("marked for the A string, whose open pitch (MIDI 57) is above it");
});

it("refuses a string mark for a note above that string's fingerboard", () => {
  // two octaves above the open C string, C4, are there; C sharp is not
  expect(planBowing(scoreOf([{ quarters: 1, midi: 60, string: "C" }]), parallelStrings, settings).ok).toBe(
    true,
  );
  const why = refusal([{ quarters: 1, midi: 61, string: "C" }]);
  expect(explainRefusal(why)).toContain("25 semitones above its open pitch, but its fingerboard ends at 24");
});

it("refuses a double stop that no two strings hold, never one of its notes in silence", () => {
  // C2 with E2 would both need the C string
  const why = refusal([{ quarters: 1, midi: 40, lowerMidi: 36 }]);
  expect(why).toMatchObject({ kind: "double-stop", midi: 40, lowerMidi: 36 });
  expect(explainRefusal(why)).toBe(
    "note 1 at 0.00 s: C2 and E2 together lie on no two neighbouring strings; play --voice top or --voice bottom",
  );
  expect(refusal([{ quarters: 1, midi: 40, lowerMidi: 30 }])).toMatchObject({
    kind: "below-open-c",
    midi: 30,
  });
});

it("refuses a double stop wider than a hand, with the stretch in figures", () => {
  // D#2 on C and A4 on G: 3 and 26 semitones above the open strings
  const why = refusal([{ quarters: 1, midi: 69, lowerMidi: 39 }]);
  expect(why).toMatchObject({ stretch: { level: "CG", semitones: 23 }, limitSemitones: 5 });
  expect(explainRefusal(why)).toContain("need a stretch of 23 semitones on C and G, and a hand spans 5");
});

it("keeps a double stop to the string marked for its upper note, or says why not", () => {
  const marked = { quarters: 1, midi: 62, lowerMidi: 52, string: "D" as const };
  const outcome = planBowing(scoreOf([marked]), parallelStrings, settings);
  if (!outcome.ok) throw new Error(explainRefusal(outcome.why));
  // 12 semitones up D, 9 up G
  expect(outcome.value.notes[0]).toMatchObject({ string: "D", midi: 62, lower: { string: "G", midi: 52 } });
  // plainly it lies on A (5 up) and D (2 up)
  const plain = planBowing(scoreOf([{ quarters: 1, midi: 62, lowerMidi: 52 }]), parallelStrings, settings);
  expect(plain.ok && plain.value.notes[0]).toMatchObject({ string: "A", lower: { string: "D" } });
  expect(explainRefusal(refusal([{ ...marked, string: "C" }]))).toContain(
    "E3 and D4 together lie on no two neighbouring strings with the upper one on C",
  );
});

it("refuses a slur marked up and down", () => {
  const why = refusal([
    { quarters: 1, bow: "down" },
    { quarters: 1, slurredFromPrevious: true },
    { quarters: 1, slurredFromPrevious: true, bow: "up" },
  ]);
  expect(why).toMatchObject({ kind: "marks-contradict", noteIndex: 2, bow: "up", otherNoteIndex: 0 });
  expect(explainRefusal(why)).toContain("note 3 at 2.00 s is marked up-bow but is slurred to note 1");
});

it("refuses a slur that is too long even for the slowest bow, and names the tempo that fits", () => {
  const slur = Array.from({ length: 3 }, (_, i) => ({ quarters: 4, slurredFromPrevious: i > 0 }));
  const why = refusal([{ quarters: 1 }, ...slur]);
  // 12 s at 0.06 m/s need 0.06 · 11.92 = 0.7152 m; 0.49 m last 0.49/0.06 + 0.08 = 8.2467 s; 12 / 8.2467 = 1.4551
  expect(why).toMatchObject({ kind: "bow-too-short", noteIndex: 1, lastNoteIndex: 3, strokes: 1, startS: 1 });
  if (why.kind !== "bow-too-short") throw new Error("other refusal");
  expect(why.neededM).toBeCloseTo(0.7152, 9);
  expect(why.availableM).toBeCloseTo(0.49, 9);
  expect(why.tempoFactor).toBeCloseTo(1.4551, 4);
  expect(explainRefusal(why)).toBe(
    "the slur from note 2 at 1.00 s to note 4 needs 72 cm of bow for 12.0 s at 6 cm/s, " +
      "the slowest that still speaks, but only 49 cm can be used; play 1.46 times as fast or split the bow",
  );
});

it("can play the slur at the tempo it named", () => {
  const slur = Array.from({ length: 3 }, (_, i) => ({ quarters: 4, slurredFromPrevious: i > 0 }));
  expect(planBowing(scoreOf(slur, 60 * 1.456), parallelStrings, settings).ok).toBe(true);
  expect(planBowing(scoreOf(slur, 60 * 1.45), parallelStrings, settings).ok).toBe(false);
});

it("refuses marks that send the bow past its end, naming the fewest notes", () => {
  // 4 s down three times without a rest: 3 · 0.06 · 3.92 = 0.706 m of 0.49 m; any two of them fit
  const down = { quarters: 4, bow: "down" as const };
  const why = refusal([{ quarters: 4 }, down, down, down, { quarters: 4 }]);
  expect(why).toMatchObject({ kind: "bow-too-short", noteIndex: 1, lastNoteIndex: 3, strokes: 3, startS: 4 });
  if (why.kind !== "bow-too-short") throw new Error("other refusal");
  expect(why.neededM).toBeCloseTo(0.708, 2);
  // 0.49 / (3 · 0.06) + 0.08 = 2.80 s a note: 4 / 2.80 = 1.43; trials are 5 % apart
  expect(why.tempoFactor).toBeGreaterThan(1.42);
  expect(why.tempoFactor).toBeLessThan(1.51);
  expect(explainRefusal(why)).toContain("the 3 bows as marked from note 2 at 4.00 s to note 4 need 71 cm");
});

it("speaks of no marks where long bows on two strings do not fit one after the other", () => {
  // 8.1 s need 0.06 · 8.02 = 0.4812 m of 0.49; but from D to A the hair is shifted by 16 mm: 0.4812 + 0.016 = 0.4972
  const why = refusal([{ quarters: 8.1 }, { quarters: 8.1, midi: 57, string: "A" }]);
  if (why.kind !== "bow-too-short") throw new Error("other refusal");
  expect(why.neededM).toBeCloseTo(0.4972, 2);
  expect(explainRefusal(why)).toMatch(
    /^the 2 bows from note 1 at 0\.00 s to note 2 need (50|49\.\d) cm of bow, string crossings included, for 16\.2 s at 6 cm\/s, the slowest that still speaks, but only 49(\.0)? cm can be used; play 1\.05 times as fast or split one of the bows$/,
  );
});

it("names the locked speed that uses more hair than there is, and one that fits", () => {
  const slur = [57, 55, 53, 52].map((midi, i) => ({ quarters: 1, midi, slurredFromPrevious: i > 0 }));
  const piece = (speedMps: number): readonly Written[] => [
    ...[50, 52, 53, 55].map((midi) => ({ quarters: 1, midi })),
    ...slur.map((note, i) => (i === 0 ? { ...note, override: { speedMps } } : note)),
    ...[50, 57, 48, 52].map((midi) => ({ quarters: 1, midi })),
  ];
  const why = refusal(piece(0.9), 90);
  if (why.kind !== "bow-too-short") throw new Error("other refusal");
  // 4 quarters at 90 last 2.667 s: 0.9 · (2.667 - 0.08) = 2.33 m, and a little for the crossing
  expect(why.neededM).toBeGreaterThan(2.32);
  expect(why.neededM).toBeLessThan(2.36);
  expect(why.forcedBy).toMatchObject({ noteIndex: 4, speedMps: 0.9 });
  const said = explainRefusal(why);
  expect(said).toContain("locked to 0.9 m/s, but only 49 cm can be used; lock it to at most 0.1");
  expect(said).not.toContain("mark");
  const fits = Number(/at most ([\d.]+) m/.exec(said)![1]);
  expect(planBowing(scoreOf(piece(fits), 90), parallelStrings, settings).ok).toBe(true);
});

it("accepts the same marks where rests let the bow come back", () => {
  const down = { quarters: 3, bow: "down" as const, rest: 1 };
  expect(planBowing(scoreOf([down, down, down]), parallelStrings, settings).ok).toBe(true);
});
