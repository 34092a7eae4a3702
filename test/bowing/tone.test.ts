import { expect, it } from "vitest";
import { defaultBowingSettings as settings } from "../../src/bowing/bowing-settings.ts";
import { timedNotes, strokesOf } from "../../src/bowing/stroke.ts";
import { contactPoints, noteForce } from "../../src/bowing/tone.ts";
import type { StringName } from "../../src/score/score.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";
import { scoreOf, type Written } from "./fixture/scores.ts";

function contacts(written: readonly Written[], string: StringName): readonly number[] {
  const strokes = strokesOf(timedNotes(scoreOf(written), settings));
  if (!strokes.ok) throw new Error("no marks, no refusal");
  const strung = strokes.value.map((stroke) => ({ stroke, levels: stroke.notes.map(() => string) }));
  return contactPoints(strung, parallelStrings, settings);
}

it("bows nearer the bridge the louder it is", () => {
  // β · 0.69 m: ff 0.104 -> 71.8 mm, f 0.118 -> 81.4 mm, p 0.176 -> 121 mm, held to 110 mm
  expect(contacts([{ quarters: 1, dynamic: "ff" }], "D")[0]).toBeCloseTo(0.07176, 6);
  expect(contacts([{ quarters: 1, dynamic: "f" }], "D")[0]).toBeCloseTo(0.08142, 6);
  expect(contacts([{ quarters: 1, dynamic: "p" }], "D")[0]).toBe(0.11);
});

it("comes nearer the bridge high up a string", () => {
  // an octave above open D: a fifth of 0.345 m = 69 mm
  expect(contacts([{ quarters: 1, midi: 62 }], "D")[0]).toBeCloseTo(0.069, 6);
});

it("moves the contact point by a centimetre per bow change, farther in a rest", () => {
  const loud = { quarters: 1, dynamic: "ff" as const };
  const there = contacts([{ quarters: 1, dynamic: "p" }, loud, loud, { ...loud, rest: 1 }], "D");
  // 110 mm, −10, −10, then −10 − 100 mm/s · 1 s would do: arrives at 71.8
  expect(there.map((m) => Math.round(m * 1e4) / 10)).toEqual([110, 100, 90, 71.8]);
});

it("makes ready bows ahead for a note high up a string, not for a loud one", () => {
  const soft = { quarters: 1, dynamic: "p" as const };
  const high = contacts([soft, soft, soft, soft, { ...soft, midi: 62 }], "D");
  // a fifth of what is left of the string is 69 mm: 10 mm more at each bow before it
  expect(high.map((m) => Math.round(m * 1e4) / 10)).toEqual([109, 99, 89, 79, 69]);
  expect(contacts([soft, soft, { quarters: 1, dynamic: "ff" }], "D")[1]).toBe(0.11);
});

const note = (written: Partial<Written>) => scoreOf([{ quarters: 1, ...written }]).notes[0]!;

it("presses by dynamic, and heavier strings by their impedance", () => {
  const bow = { speedMps: 0.272, contactM: 0.0925, heaviestN: 3 };
  const onA = noteForce(note({ midi: 57 }), parallelStrings.strings.A, bow, settings);
  const onG = noteForce(note({ midi: 43 }), parallelStrings.strings.G, bow, settings);
  expect(onA.forceN).toBeCloseTo(1.1, 9);
  expect(onG.forceN).toBeCloseTo((1.1 * 1.0) / 0.46, 9); // 2.39 N
});

it("presses an attack of 1.25 a quarter harder", () => {
  const bow = { speedMps: 0.32, contactM: 0.0925, heaviestN: 3, attack: 1.25 };
  const accent = noteForce(note({ midi: 57 }), parallelStrings.strings.A, bow, settings);
  expect(accent.forceN).toBeCloseTo(1.375, 9);
});

it("eases off to half of Schelleng's maximum where the bow is slow", () => {
  // f on A at 0.1 m/s, 81.42 mm: F_max = 2 · 0.46 · 0.1 / (0.118 · 0.75) = 1.0396 N
  const slow = noteForce(
    note({ midi: 57, dynamic: "f" }),
    parallelStrings.strings.A,
    { speedMps: 0.1, contactM: 0.08142, heaviestN: 3 },
    settings,
  );
  expect(slow.maxForceN).toBeCloseTo(1.0395, 4);
  expect(slow.forceN).toBeCloseTo(0.5198, 4);
  expect(slow.limit).toBe("lowered");
});

it("never presses more than 3 N", () => {
  const bow = { speedMps: 0.4, contactM: 0.072, heaviestN: 3 };
  expect(
    noteForce(note({ midi: 36, dynamic: "ff" }), parallelStrings.strings.C, bow, settings),
  ).toMatchObject({
    forceN: 3,
    limit: "heaviest",
  });
});
