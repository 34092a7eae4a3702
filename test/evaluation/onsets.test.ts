import { expect, it } from "vitest";
import { evaluatePerformance } from "../../src/evaluation/evaluate-performance.ts";
import { judgeOnsets, quantile } from "../../src/evaluation/judge-onsets.ts";
import { performanceOf, planOf, quarters } from "./ideal-performance.ts";

it("finds no fault in hair that follows its plan", () => {
  const report = evaluatePerformance(performanceOf(quarters(8)));
  expect(report.verdict.outcome).toBe("as-written");
  expect(report.completeness).toEqual({ played: 8, planned: 8 });
  // A stroke from rest counts from 2 mm/s on: 0.5 ms at 4 m/s².
  expect(report.onsets.medianAbsS).toBeLessThan(1e-6);
  expect(report.onsets.maxAbsS).toBeLessThan(0.000501);
  for (const note of report.notes) {
    expect(Math.abs(note.offset.errorS!)).toBeLessThan(0.000501);
    expect(note.onset.commandedS).toBeCloseTo(note.onset.plannedS, 9);
    expect(note.speedMps.achieved).toBeCloseTo(0.2, 6); // ramps of 50 ms end outside the central 250 ms
    expect(note.forceN.achieved).toBeCloseTo(1, 9);
  }
});

it("puts score zero one servo lag after the path crosses the score's start", () => {
  // robot 100 s at path 0; the score starts at path 2 s; lag 30 ms: 100 + 2 + 0.03
  expect(evaluatePerformance(performanceOf(quarters(2))).clock.scoreZeroRobotS).toBeCloseTo(102.03, 9);
});

it("says 7 ms of hair that comes 7 ms late", () => {
  const report = evaluatePerformance(performanceOf(quarters(8), { playsAt: (s) => s - 0.007 }));
  expect(report.onsets.medianAbsS).toBeCloseTo(0.007, 6);
  for (const note of report.notes.slice(1)) expect(note.onset.errorS).toBeCloseTo(0.007, 6);
  expect(Math.abs(report.onsets.driftS!)).toBeLessThan(1e-6);
  expect(report.verdict.outcome).toBe("with-faults"); // median limit 5 ms
  expect(report.verdict.sentence).toContain("onset error, median");
});

it("says early of hair that comes 3.3 ms early, between the samples", () => {
  const report = evaluatePerformance(performanceOf(quarters(8), { playsAt: (s) => s + 0.0033 }));
  for (const note of report.notes.slice(1)) expect(note.onset.errorS).toBeCloseTo(-0.0033, 6);
  // from rest there is no zero crossing: the first note may be a sample off
  expect(Math.abs(report.notes[0]!.onset.errorS! + 0.0033)).toBeLessThan(0.002);
  expect(report.verdict.outcome).toBe("as-written");
});

it("finds the moment of a string change where the new string takes the larger force", () => {
  const plan = planOf([
    [0, 0.5, "D", "down", 0],
    [0.5, 1, "A", "up", 1],
    [1, 1.5, "G", "down", 2],
    [1.5, 2, "D", "down", 2],
  ]);
  const report = evaluatePerformance(performanceOf(plan, { playsAt: (s) => s - 0.004 }));
  const [fromRest, ...later] = report.notes;
  expect(fromRest!.onset.errorS).toBeCloseTo(0.0045, 4); // 2 mm/s at 4 m/s²: half a millisecond
  for (const note of later) expect(note.onset.errorS).toBeCloseTo(0.004, 4);
  // 1 N given up over 40 ms: both above 0.05 N for 0.9 of it, 36 ms
  for (const crossing of report.crossings) expect(crossing.bothTouchedS).toBeCloseTo(0.036, 2);
  expect(report.crossings.map(({ from, into }) => from + into)).toEqual(["DA", "AG", "GD"]);
});

it("sees drift of a robot that runs 1 % slow", () => {
  // 16 onsets 0, 0.5 … 7.5 s, each 1 % of itself late: the last 75 ms
  const report = evaluatePerformance(performanceOf(quarters(16), { playsAt: (s) => s / 1.01 }));
  expect(report.onsets.driftS).toBeCloseTo(0.075, 6);
  expect(report.clock.kind).toBe("robot");
});

it("calls it no drift that the notes of the second half are on a string that speaks 6 ms later", () => {
  const plan = planOf(
    Array.from({ length: 16 }, (_, i) => [
      0.5 * i,
      0.5 * i + 0.5,
      i < 8 ? "A" : "C",
      i % 2 ? "up" : "down",
      i,
    ]),
  );
  const report = evaluatePerformance(performanceOf(plan, { playsAt: (s) => (s < 4 ? s : s - 0.006) }));
  expect(report.notes.at(-1)!.onset.errorS).toBeCloseTo(0.006, 6);
  expect(Math.abs(report.onsets.driftS!)).toBeLessThan(1e-6);
});

it("tells no drift where it is but one late note at the end, and tells it of an arm held up half-way", () => {
  // the last of seven alike onsets 20 ms late: as a line 0.02 · 3 / 28 a note, 15 ms over the piece, give or take 9 ms
  const late = (s: number): number => (s < 3.3 ? s : s - 0.02);
  expect(evaluatePerformance(performanceOf(quarters(8), { playsAt: late })).onsets.driftS).toBeNull();
  const held = (s: number): number => (s < 15.3 ? s : s - 0.06);
  expect(evaluatePerformance(performanceOf(quarters(60), { playsAt: held })).onsets.driftS).toBeGreaterThan(
    0.05,
  );
});

it("tells no drift of notes of which no two are alike, and blames nobody for it", () => {
  const way = ["C", "G", "D", "A", "D", "G", "C", "D", "C", "A", "C"] as const;
  const plan = planOf(way.map((string, i) => [0.5 * i, 0.5 * i + 0.5, string, i % 2 ? "up" : "down", i]));
  const report = evaluatePerformance(performanceOf(plan, { playsAt: (s) => s - 0.001 * s }));
  expect(report.onsets.driftS).toBeNull();
  expect(report.verdict.checks.map(({ name }) => name)).not.toContain("drift at the end");
});

it("shows a path that is played slow as commanded late", () => {
  // from path 2 s on only 0.9995 of full speed: at score 2 s the robot needs 2/0.9995 s, 1.0005 ms more
  const pathAt = (s: number): number => (s < 2 ? s : 2 + 0.9995 * (s - 2));
  const report = evaluatePerformance(performanceOf(quarters(5), { pathAt }));
  expect(report.notes[4]!.onset.commandedS - 2).toBeCloseTo(0.0010005, 6);
  expect(report.notes[4]!.onset.errorS).toBeCloseTo(0.0010005, 5);
});

it("leaves notes under a slur on one string to the left hand", () => {
  const plan = planOf([
    [0, 0.4, "D", "down", 0],
    [0.4, 0.8, "D", "down", 0],
    [0.8, 1.2, "A", "down", 0],
  ]);
  const report = evaluatePerformance(performanceOf(plan));
  expect(report.notes.map((note) => note.startsWith)).toEqual(["bow", "left hand", "bow"]);
  expect(report.notes[1]!.onset).toMatchObject({ achievedS: null, errorS: null });
  expect(report.notes[0]!.offset.achievedS).toBeNull();
  expect(report.onsets.count).toBe(2);
  expect(report.completeness.played).toBe(3);
});

it("misses a note that is not bowed, and no other", () => {
  const silent = {
    edit: (row: { forceN: number[] }, s: number) => void (s >= 1 && s < 1.5 && row.forceN.fill(0)),
  };
  const report = evaluatePerformance(performanceOf(quarters(6), silent));
  expect(report.completeness).toEqual({ played: 5, planned: 6 });
  expect(report.notes.map((note) => note.played)).toEqual([true, true, false, true, true, true]);
  expect(report.notes[2]!.string.achieved).toBeNull();
  expect(report.verdict.outcome).toBe("incomplete");
  expect(report.deadTime.deadS).toBeCloseTo(0.5, 2);
  expect(report.deadTime.share).toBeCloseTo(0.5 / 3, 2);
});

it("does not count a note bowed the wrong way, or on the wrong string", () => {
  const turned = evaluatePerformance(
    performanceOf(quarters(4), {
      edit: ({ bowSpeedMps }, s) =>
        void (s > 0.5 && s < 1 && bowSpeedMps.forEach((v, i) => (bowSpeedMps[i] = -v))),
    }),
  );
  expect(turned.notes[1]).toMatchObject({ played: false, direction: { planned: "up", achieved: "down" } });
  const swapped = evaluatePerformance(
    performanceOf(quarters(4), {
      edit: ({ forceN }, s) => void (s > 0.5 && s < 1 && ([forceN[2], forceN[3]] = [0, forceN[2]])),
    }),
  );
  expect(swapped.notes[1]).toMatchObject({ played: false, string: { planned: "D", achieved: "A" } });
});

it("tells a second stroke the same way by the moment the bow stands still", () => {
  const plan = planOf([
    [0, 0.5, "D", "down", 0],
    [0.5, 1, "D", "down", 1],
  ]);
  const report = evaluatePerformance(performanceOf(plan, { playsAt: (s) => s - 0.006 }));
  expect(report.notes[1]!.onset.errorS).toBeCloseTo(0.006, 6);
});

it("begins a note after a rest when the hair lands", () => {
  const plan = planOf([
    [0, 0.5, "D", "down", 0],
    [1, 1.5, "D", "down", 1],
  ]);
  const { notes, deadTime } = evaluatePerformance(performanceOf(plan, { playsAt: (s) => s - 0.004 }));
  expect(notes[0]!.offset.achievedS).toBeCloseTo(0.504, 3);
  expect(notes[1]!.onset.achievedS).toBeCloseTo(1.0045, 4);
  expect(deadTime.playedS).toBeCloseTo(1, 9);
});

it("keeps the score's time through a pause", () => {
  // path time stands still for 1.5 s from score 0.75 s on, inside the second note
  const pathAt = (s: number): number => (s < 2.75 ? s : Math.max(2.75, s - 1.5));
  const report = evaluatePerformance(performanceOf(quarters(8), { pathAt, lengthS: 8.5 }));
  expect(report.clock.kind).toBe("path");
  expect(report.clock.heldUpS).toBeCloseTo(1.5, 2);
  expect(report.clock.holdUps).toBe(1);
  expect(report.onsets.maxAbsS).toBeLessThan(0.000501);
  expect(report.completeness.played).toBe(8);
  expect(report.streaming.starvations).toBe(0);
});

it("judges nothing where nobody knows the hair", () => {
  const record = performanceOf(quarters(4));
  for (const table of Object.values(record.contacts)) if (typeof table !== "string") table.fill(NaN);
  const report = evaluatePerformance(record);
  expect(report.contacts).toBe("unknown");
  expect(report.verdict.outcome).toBe("not-judged");
  expect(report.onsets).toMatchObject({ count: 0, medianAbsS: null });
});

it("judges what there is of a record that was cut off, even before its score began", () => {
  const cut = evaluatePerformance(performanceOf(quarters(8), { lengthS: 2 + 0.03 + 2.2 }));
  expect(cut.completeness.played).toBe(4); // notes at 0, 0.5, 1, 1.5 s are whole; the one at 2 s lacks its middle
  const early = evaluatePerformance(performanceOf(quarters(8), { lengthS: 1 }));
  expect(early.completeness.played).toBe(0);
  expect(early.clock.scoreZeroRobotS).toBeCloseTo(102.03, 9);
});

it("takes quantiles between neighbours", () => {
  expect(quantile([1, 2, 3], 0.5)).toBe(2);
  expect(quantile([1, 2, 3], 0.75)).toBe(2.5);
  expect(quantile([], 0.5)).toBeNull();
  expect(judgeOnsets([])).toMatchObject({ count: 0, meanS: null, driftS: null });
});
