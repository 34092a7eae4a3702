import { expect, it } from "vitest";
import type { BowPlan } from "../../src/bowing/bow-plan.ts";
import { defaultBowingSettings as settings } from "../../src/bowing/bowing-settings.ts";
import { compromises } from "../../src/bowing/compromises.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { explainRefusal } from "../../src/bowing/refusal.ts";
import type { Score } from "../../src/score/score.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";
import { scoreOf, type Written } from "./fixture/scores.ts";

/** Schelleng's limit itself, not half of it: the forces that are asked for are seen. */
const bold = { ...settings, maxForceShare: 1, maxForceN: 5 };

function planned(score: Score, by = settings): BowPlan {
  const outcome = planBowing(score, parallelStrings, by);
  if (!outcome.ok) throw new Error(explainRefusal(outcome.why));
  return outcome.value;
}
const plan = (...written: readonly Written[]): BowPlan => planned(scoreOf(written));
const lengths = ({ notes }: BowPlan): readonly number[] =>
  notes.map(({ startS, endS }) => Number((endS - startS).toFixed(3)));

it("stops the bow early on staccato, martele and portato, and nowhere else", () => {
  const of = plan(
    { quarters: 0.5, articulation: "staccato" },
    { quarters: 0.5, articulation: "martele" },
    { quarters: 0.5, articulation: "portato" },
    { quarters: 0.5, articulation: "tenuto" },
    { quarters: 0.5, articulation: "accent" },
  );
  expect(lengths(of)).toEqual([0.3, 0.375, 0.425, 0.5, 0.5]); // 60, 75 and 85 % of half a second
  expect(of.lifts).toEqual([]);
});

it("bows a martele that is too short for one as staccato, and says so", () => {
  const quick = scoreOf([
    { quarters: 0.2, articulation: "martele" },
    { quarters: 0.25, articulation: "martele" },
  ]);
  const of = planned(quick);
  expect(of.notes.map(({ articulation }) => articulation)).toEqual(["staccato", "martele"]);
  const label = "the martele is bowed as staccato: a note shorter than 0.25 s leaves no time for its attack";
  expect(compromises(quick, of, settings)).toContain(`1 note, first in bar 1 beat 1: ${label}`);
  expect(of.notes[0]!.why).toContain(label);
});

it("leaves a note that is short already as it is", () => {
  expect(lengths(plan({ quarters: 0.125, articulation: "staccato" }, { quarters: 1 }))).toEqual([0.125, 1]);
});

it("hooks staccato under a slur: the same bow again after a stop", () => {
  const of = plan(
    { quarters: 0.5, articulation: "staccato" },
    { quarters: 0.5, articulation: "staccato", slurredFromPrevious: true },
    { quarters: 1 },
  );
  expect(of.notes.map(({ direction }) => direction)).toEqual(["down", "down", "up"]);
  expect(of.notes.map(({ stroke }) => stroke)).toEqual([0, 1, 2]);
  expect(of.notes[1]!.bowStartM).toBeCloseTo(of.notes[0]!.bowEndM, 9);
});

it("attacks an accent and a martele with force and speed that decay to the note's own tone", () => {
  const course = (articulation: "accent" | "martele") =>
    planned(scoreOf([{ quarters: 1, dynamic: "p", articulation }]), bold).notes[0]!;
  const plain = planned(scoreOf([{ quarters: 1, dynamic: "p" }]), bold).notes[0]!;
  expect(plain.course).toBeUndefined();
  for (const [articulation, force, speed] of [
    ["accent", 1.5, 1.3],
    ["martele", 1.8, 1.4],
  ] as const) {
    const note = course(articulation);
    const [start, peak, over, end] = note.course!;
    expect(note.forceN).toBeCloseTo(plain.forceN, 9); // its tone is the dynamic's
    expect([start, over, end].map((point) => point!.forceN)).toEqual(new Array(3).fill(note.forceN));
    expect(peak!.atS).toBeCloseTo(0.07, 9);
    expect(over!.atS).toBeCloseTo(0.22, 9);
    expect(peak!.forceN / over!.forceN).toBeCloseTo(force, 6);
    expect(peak!.speedMps / over!.speedMps).toBeCloseTo(speed, 6);
  }
});

it("lets force and speed follow a hairpin inside one note, with the hair it would use without", () => {
  const swell = { fromLevel: 1, toLevel: 3 }; // p to mf
  const note = planned(scoreOf([{ quarters: 2, dynamic: "mp", swell }]), bold).notes[0]!;
  const [start, end] = [note.course![0]!, note.course!.at(-1)!];
  // forces of p and mf on one string: 0.55 and 1.1 N; speeds 0.125 and 0.272 m/s
  expect(end.forceN / start.forceN).toBeCloseTo(1.1 / 0.55, 6);
  expect(end.speedMps / start.speedMps).toBeCloseTo(0.272 / 0.125, 6);
  expect((start.speedMps + end.speedMps) / 2).toBeCloseTo(note.bowSpeedMps, 9);
  expect(Math.abs(note.bowEndM - note.bowStartM)).toBeCloseTo(note.bowSpeedMps * (2 - settings.rampS), 3);
});

it("swells and fades inside one note, loudest at the turn, with the hair it would use without", () => {
  const swell = { fromLevel: 1, toLevel: 1, turns: [{ share: 0.5, level: 3 }] }; // p to mf and back
  const note = planned(scoreOf([{ quarters: 2, dynamic: "mp", swell }]), bold).notes[0]!;
  const [start, turn, end] = note.course!;
  expect(note.course).toHaveLength(3);
  expect(turn!.atS).toBeCloseTo(1, 9);
  expect(turn!.forceN / start!.forceN).toBeCloseTo(1.1 / 0.55, 6);
  expect(turn!.speedMps / start!.speedMps).toBeCloseTo(0.272 / 0.125, 6);
  expect(end).toEqual({ ...start, atS: 2 });
  // the loudness's mean is mp: what the note would use if it did not move
  const plain = planned(scoreOf([{ quarters: 2, dynamic: "mp" }]), bold).notes[0]!;
  expect(Math.abs(note.bowEndM - note.bowStartM)).toBeCloseTo(Math.abs(plain.bowEndM - plain.bowStartM), 9);
});

it("swells an accented note around its attack", () => {
  const swell = { fromLevel: 1, toLevel: 1, turns: [{ share: 0.5, level: 3 }] };
  const note = planned(scoreOf([{ quarters: 2, dynamic: "mp", articulation: "accent", swell }]), bold)
    .notes[0]!;
  expect(note.course!.map(({ atS }) => atS)).toEqual([0, 0.07, 0.22, 1, 2]);
  const [start, peak, over, turn] = note.course!;
  expect(peak!.forceN).toBeGreaterThan(over!.forceN);
  expect(over!.forceN).toBeGreaterThan(start!.forceN);
  expect(turn!.forceN).toBeGreaterThan(over!.forceN);
});

it("divides the hair of a slurred crescendo as its speeds ask", () => {
  const of = planned(
    scoreOf([
      { quarters: 1, dynamic: "p", swell: { fromLevel: 1, toLevel: 2.5 } },
      { quarters: 1, dynamic: "mf", slurredFromPrevious: true, swell: { fromLevel: 2.5, toLevel: 4 } },
    ]),
    bold,
  );
  const [first, second] = of.notes.map(({ bowStartM, bowEndM }) => Math.abs(bowEndM - bowStartM));
  // mean of p and half-way mp-mf, and of that and f: (0.125 + 0.24)/2 and (0.24 + 0.336)/2 m/s: 1.58, less the ramps
  expect(second! / first!).toBeGreaterThan(1.55);
  expect(second! / first!).toBeLessThan(1.65);
});

it("bows a crescendo over slurred notes in one stroke with growing force", () => {
  const swell = (fromLevel: number, toLevel: number) => ({ swell: { fromLevel, toLevel } });
  const written: readonly Written[] = [
    { quarters: 0.3, dynamic: "p", ...swell(1, 2) },
    { quarters: 0.3, dynamic: "mp", slurredFromPrevious: true, ...swell(2, 3) },
    { quarters: 0.3, dynamic: "mf", slurredFromPrevious: true, ...swell(3, 4) },
  ];
  const of = planned(scoreOf(written), bold);
  expect(new Set(of.notes.map(({ stroke }) => stroke)).size).toBe(1);
  const [a, b, c] = of.notes.map(({ forceN }) => forceN);
  // half-way between the forces of p and mp, mp and mf, mf and f: 0.675, 0.95, 1.35 N on a string of reference impedance
  expect(b! / a!).toBeCloseTo(0.95 / 0.675, 6);
  expect(c! / b!).toBeCloseTo(1.35 / 0.95, 6);
});

it("labels what the arm does otherwise, at its place, in the plan and in the reasons", () => {
  const score = scoreOf([{ quarters: 1 }, { quarters: 1, articulation: "tremolo" }]);
  const of = planned(score);
  expect(compromises(score, of, settings)).toEqual([
    "1 note, first in bar 1 beat 2: tremolo is bowed as one long note: the arm does not change its bow so fast",
  ]);
  expect(of.notes[1]!.why[0]).toContain("tremolo is bowed as one long note");
  expect(compromises(scoreOf([{ quarters: 1 }]), plan({ quarters: 1 }), settings)).toEqual([]);
});

it("labels a hairpin or an attack that limits or locks flatten, and none that does as it is marked", () => {
  const swell = { fromLevel: 1, toLevel: 4 }; // p to f
  const crescendo: Written = { quarters: 1, dynamic: "mf", swell };
  const labels = (written: Written, by: typeof settings): readonly string[] => {
    const score = scoreOf([written]);
    return compromises(score, planned(score, by), by).map((text) => text.replace(/^.*?: /, ""));
  };
  expect(labels(crescendo, bold)).toEqual([]);
  // nothing above 0.6 N: p to f asks for 0.55 to 1.6 N
  expect(labels(crescendo, { ...bold, maxForceN: 0.6 })).toEqual([
    "the hairpin is flatter than written: its force stays inside what string, hair and cell bear",
  ]);
  expect(labels({ ...crescendo, override: { speedMps: 0.2 } }, bold)).toEqual([
    "the hairpin moves only the force: the speed of its bow is locked",
  ]);
  expect(labels({ quarters: 1, articulation: "martele" }, bold)).toEqual([]);
  expect(labels({ quarters: 1, articulation: "martele" }, { ...bold, maxForceN: 1.1 })[0]).toContain(
    "the martele is flatter than written",
  );
});

it("labels a new dynamic under a slur that limits flatten, and none that is as it is marked", () => {
  const score = scoreOf([
    { quarters: 0.7, dynamic: "p" },
    { quarters: 0.7, dynamic: "f", slurredFromPrevious: true },
  ]);
  expect(compromises(score, planned(score, bold), bold)).toEqual([]);
  // p to f asks for 0.55 to 1.6 N: nothing above 0.6 N
  const held = { ...bold, maxForceN: 0.6 };
  const of = planned(score, held);
  const label =
    "the new dynamic under its slur is flatter than written: its force stays inside what string, hair and cell bear";
  expect(compromises(score, of, held)).toEqual([`1 note, first in bar 1 beat 1+0.70: ${label}`]);
  expect(of.notes[1]!.why).toContain(label);
});

it("calls a lock on another note of the same bow by what it is", () => {
  const score = scoreOf([
    { quarters: 1, dynamic: "p", override: { speedMps: 0.12 } },
    { quarters: 1, dynamic: "f", slurredFromPrevious: true, override: { speedMps: 0.2 } },
  ]);
  const said = compromises(score, planned(score, bold), bold).join();
  expect(said).toContain(
    "the new dynamic under its slur moves only the force: the speed of its bow is locked",
  );
  expect(said).toContain("speedMps is locked to 0.2, but an earlier note in the same bow is locked to 0.12");
});

it("labels strokes that no bow is long enough for at their dynamic's speed", () => {
  // four seconds of f want 0.336 · 3.92 = 1.3 m of hair
  const long = scoreOf([{ quarters: 1 }, { quarters: 4, dynamic: "f" }]);
  expect(compromises(long, planned(long), settings)).toEqual([
    "1 note, first in bar 1 beat 2: bowed slower than its dynamic asks, because the bow is not longer",
  ]);
  const short = scoreOf([{ quarters: 0.06, dynamic: "ff" }, { quarters: 1 }]);
  expect(compromises(short, planned(short), settings)[0]).toContain("too short for the bow to reach");
});

it("keeps to a locked speed, force and contact point, and says so", () => {
  const of = plan(
    { quarters: 1 },
    { quarters: 1, override: { speedMps: 0.15, forceN: 0.7, contactM: 0.085 } },
  );
  const [free, locked] = of.notes;
  expect(locked!.bowSpeedMps).toBeCloseTo(0.15, 2); // to the nearest millimetre of hair
  expect([locked!.forceN, locked!.contactM]).toEqual([0.7, 0.085]);
  expect(free!.bowSpeedMps).toBeGreaterThan(0.2);
  expect(locked!.why).toEqual(
    expect.arrayContaining(["speedMps locked", "forceN locked", "contactM locked"]),
  );
});

it("says which locks it cannot keep, and how far it goes", () => {
  const score = scoreOf([
    { quarters: 1, override: { forceN: 5, contactM: 0.2 } },
    { quarters: 1, override: { speedMps: 0.2, forceN: 0.7, contactM: 0.085 } },
    { quarters: 2, override: { speedMps: 0.9 } },
  ]);
  const of = planned(score);
  const { forceN, contactM } = of.notes[0]!;
  const { bowSpeedMps } = of.notes[2]!;
  expect(bowSpeedMps).toBeLessThan(0.4); // two seconds: no bow is 1.6 m long
  expect(compromises(score, of, settings)).toEqual([
    `1 note, first in bar 1 beat 1: forceN is locked to 5, of which string and arm bear ${forceN.toFixed(2)}`,
    `1 note, first in bar 1 beat 1: contactM is locked to 0.2, of which string and arm bear ${contactM.toFixed(3)}`,
    `1 note, first in bar 1 beat 3: speedMps is locked to 0.9, of which hair and hand allow ${bowSpeedMps.toFixed(3)}`,
  ]);
  expect(of.notes[1]!.why.join()).not.toContain("as its dynamic asks");
});

it("never presses beyond the heaviest force, locked or not", () => {
  expect(plan({ quarters: 1, override: { forceN: 5 } }).notes[0]!.forceN).toBeLessThanOrEqual(
    settings.maxForceN,
  );
});

it("bows a dynamic that changes under a slur at its own speed and force, reached within the new note", () => {
  const of = plan(
    { quarters: 0.6, dynamic: "p" },
    { quarters: 0.6, dynamic: "f", slurredFromPrevious: true },
  );
  const [soft, loud] = of.notes;
  const last = loud!.course!.at(-1)!;
  // 0.336 m/s in f for 0.125 in p, whatever the mean of both is
  for (const { speedMps } of soft!.course!) expect(last.speedMps / speedMps).toBeCloseTo(0.336 / 0.125, 6);
  expect(last.forceN).toBeGreaterThan(1.5 * soft!.course![0]!.forceN);
  const [begins, reached] = loud!.course!;
  expect(begins!.speedMps).toBeCloseTo(soft!.course![0]!.speedMps, 9);
  expect(reached!.atS - loud!.startS).toBeCloseTo(0.1, 9);
  expect(reached!.speedMps).toBeCloseTo(last.speedMps, 9);
  expect(soft!.why.join()).toContain("on the mean");
});
