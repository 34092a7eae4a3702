import { expect, it } from "vitest";
import type { BowPlan } from "../../src/bowing/bow-plan.ts";
import { defaultBowingSettings as settings } from "../../src/bowing/bowing-settings.ts";
import { explainNote } from "../../src/bowing/explain-note.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { explainRefusal } from "../../src/bowing/refusal.ts";
import type { Dynamic } from "../../src/score/score.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";
import { scoreOf, type Written } from "./fixture/scores.ts";

function plan(written: readonly Written[], quartersPerMinute = 60): BowPlan {
  const outcome = planBowing(scoreOf(written, quartersPerMinute), parallelStrings, settings);
  if (!outcome.ok) throw new Error(explainRefusal(outcome.why));
  return outcome.value;
}

const bows = (of: BowPlan): string =>
  of.notes.map(({ direction }) => (direction === "down" ? "d" : "u")).join("");
const strings = (of: BowPlan): string => of.notes.map(({ string }) => string).join("");
const quarters = (count: number): Written[] => Array.from({ length: count }, () => ({ quarters: 1 }));

it("alternates from a down-bow on the first beat", () => {
  expect(bows(plan(quarters(8), 120))).toBe("dudududu");
});

it("begins an upbeat up, so that the bar starts down", () => {
  expect(bows(plan([{ quarters: 1, rest: 3 }, ...quarters(8)], 120))).toBe("udududud" + "u");
});

it("takes a slur in one bow, and what follows the other way", () => {
  const slur = [{ quarters: 1 }, { quarters: 1, slurredFromPrevious: true }];
  const of = plan([...slur, ...slur], 120);
  expect(bows(of)).toBe("dduu");
  expect(of.notes.map(({ stroke }) => stroke)).toEqual([0, 0, 1, 1]);
});

it("lets a written bow win over the down-bow on the beat", () => {
  const of = plan([{ quarters: 1, bow: "up" }, ...quarters(3)], 120);
  expect(bows(of)).toBe("udud");
  expect(of.notes[0]!.why).toContain("up-bow: marked");
});

it("retakes in a rest to begin the next bar down", () => {
  // three quarters d u d, a rest, and the bar start wants down: the bow comes back through the air
  const of = plan([...quarters(3), { quarters: 1, rest: 1 }], 60);
  expect(bows(of)).toBe("dudd");
  expect(of.lifts).toHaveLength(1);
  expect(of.lifts[0]).toMatchObject({ after: 2, before: 3 });
});

it("rests on the string where a rest is too short to lift", () => {
  // 0.2 quarters at 60 = 0.2 s
  const of = plan([{ quarters: 0.8 }, { quarters: 1, rest: 0.2 }]);
  expect(of.lifts).toEqual([]);
  expect(of.notes[0]!.endS).toBeCloseTo(0.8, 9);
  expect(of.notes[1]!.bowStartM).toBeCloseTo(of.notes[0]!.bowEndM, 9);
});

it("gives a gap that is only notation to the note before it", () => {
  const of = plan([{ quarters: 0.95 }, { quarters: 1, rest: 0.05 }]);
  expect(of.notes[0]!.endS).toBe(of.notes[1]!.startS);
});

it("hooks a long-short pair rather than run out of bow", () => {
  // forte dotted rhythm at 80: 1.125 s use 0.35 m, 0.375 s use 0.10 m; d u d u would drift by 0.25 m a pair
  const pair = [
    { quarters: 1.5, dynamic: "f" as const },
    { quarters: 0.5, dynamic: "f" as const },
  ];
  const of = plan([...pair, ...pair, ...pair, ...pair], 80);
  expect(bows(of)).not.toBe("dudududu");
  for (const note of of.notes) expect(Math.abs(Math.log(note.bowSpeedMps / 0.336))).toBeLessThan(0.35);
});

it("bows quick and slow notes of one dynamic at one speed", () => {
  // the published robot: 31 mm/s for a quarter second, 118 mm/s for a whole one
  const eighths = Array.from({ length: 4 }, () => ({ quarters: 0.5 }));
  const of = plan([...eighths, { quarters: 1 }, { quarters: 1 }, ...eighths]);
  for (const { bowSpeedMps } of of.notes) {
    expect(bowSpeedMps).toBeGreaterThan(0.272 * 0.97);
    expect(bowSpeedMps).toBeLessThan(0.272 * 1.03);
  }
});

it("bows forte at least 2.5 times as fast as piano", () => {
  const inDynamic = (dynamic: Dynamic): number =>
    plan(
      quarters(4).map((note) => ({ ...note, dynamic })),
      80,
    ).notes[2]!.bowSpeedMps;
  expect(inDynamic("f") / inDynamic("p")).toBeGreaterThanOrEqual(2.5);
});

it("slows a stroke only as far as the bow requires, and says so", () => {
  // 4 s at mf want 0.272 · 3.92 = 1.066 m; 0.49 m are there: 0.49 / 3.92 = 0.125 m/s
  const note = plan([{ quarters: 4 }]).notes[0]!;
  expect(note.bowSpeedMps).toBeCloseTo(0.125, 3);
  expect(note.why[0]).toBe("slowed to 0.125 m/s from 0.272 m/s by dynamic: 4.0 s must fit 49 cm of bow");
});

it("looks ahead: a short stroke before a long one goes to the end where the long one starts", () => {
  // the whole bow down needs the frog: the up-bow before it must end there, though mf likes the middle
  const of = plan([{ quarters: 1, rest: 3, bow: "up" }, { quarters: 4 }]);
  expect(of.notes[0]!.bowEndM).toBeLessThan(0.08);
  expect(of.notes[1]!.bowSpeedMps).toBeGreaterThan(0.115);
});

it("takes the highest open string not above the pitch", () => {
  const of = plan(
    [36, 42, 43, 49, 50, 56, 57, 81].map((midi) => ({ quarters: 2, midi })),
    120,
  );
  expect(strings(of)).toBe("CCGGDDAA");
});

it("fingers a single note on the lower string to save two crossings, but never an open one", () => {
  // F♯3 F♯3 B3 F♯3 F♯3: B3 lies a sixth above the open D string
  const melody = (middle: number): Written[] =>
    [54, 54, middle, 54, 54].map((midi) => ({ quarters: 0.5, midi }));
  const stopped = plan(melody(59));
  expect(strings(stopped)).toBe("DDDDD");
  expect(stopped.notes[2]!.why).toContain("D string: saves string crossings");
  expect(strings(plan(melody(57)))).toBe("DDADD");
  expect(strings(plan([54, 59, 59, 59, 54].map((midi) => ({ quarters: 1, midi }))))).toBe("DAAAD");
});

it("plays a note on the string that is marked", () => {
  expect(strings(plan([57, 59, 60].map((midi) => ({ quarters: 1, midi, string: "G" as const }))))).toBe(
    "GGG",
  );
});

it("crosses under a slur with the hand going on: hair jumps by the crossing's shift", () => {
  // D to A is one string up: 16 mm nearer the tip
  const [d, a] = plan(
    [
      { quarters: 1, midi: 50 },
      { quarters: 1, midi: 57, slurredFromPrevious: true },
    ],
    90,
  ).notes;
  expect(a!.bowStartM - d!.bowEndM).toBeCloseTo(0.016, 9);
});

it("explains a note in one line", () => {
  const line = explainNote(plan(quarters(2), 120).notes[1]!);
  expect(line).toMatch(
    /^note 2 at 0\.50 s: D3 on D, up-bow, mf, 0\.27\d m\/s, [\d.]+ to [\d.]+ cm of the bow,/,
  );
  expect(line).toMatch(/Because: up-bow: alternates; .*paid upOnStrongBeat 0\.25.*\.$/);
});

it("explains a double stop from its lower note up, pitches and forces alike", () => {
  const [note] = plan([{ quarters: 1, midi: 59, lowerMidi: 43 }]).notes;
  const forces = [note!.lower!.forceN, note!.forceN].map((forceN) => `${forceN.toFixed(2)} N \\(of [^)]*\\)`);
  expect(explainNote(note!)).toMatch(new RegExp(`: G2 on G and B3 on D, .*, ${forces.join(" and ")}, `));
});

it("plans an empty piece as nothing", () => {
  expect(plan([])).toMatchObject({ notes: [], lifts: [] });
});
