import { expect, it } from "vitest";
import { evaluatePerformance } from "../../src/evaluation/evaluate-performance.ts";
import { performanceOf, planOf, quarters, ROBOT_START_S, type HairRow } from "./ideal-performance.ts";

const CROSSING = planOf([
  [0, 1, "D", "down", 0],
  [1, 2, "A", "up", 1],
]);

const between = (fromS: number, toS: number, change: (row: HairRow) => void) => ({
  edit: (row: HairRow, s: number) => {
    if (s >= fromS - 1e-9 && s < toS - 1e-9) change(row);
  },
});
const backwards = (row: HairRow): void => row.bowSpeedMps.forEach((v, i) => (row.bowSpeedMps[i] = -v));

it("counts a bow that turns round inside a note", () => {
  const report = evaluatePerformance(performanceOf(quarters(4), between(0.7, 0.74, backwards)));
  expect(report.reversals).toHaveLength(1);
  expect(report.reversals[0]).toMatchObject({ index: 1 });
  expect(report.reversals[0]!.durationS).toBeCloseTo(0.04, 6);
  expect(report.reversals[0]!.peakSpeedMps).toBeCloseTo(0.2, 6);
  expect(report.completeness.played).toBe(4); // 210 of its central 250 ms are bowed as planned
  expect(report.verdict.outcome).toBe("with-faults");
});

it("counts a bow that ran out and plays the rest of its note the other way", () => {
  const report = evaluatePerformance(performanceOf(quarters(4), between(0.8, 1, backwards)));
  expect(report.reversals).toHaveLength(1);
});

it("takes 8 ms of the wrong way for noise, and a late bow change for a late onset", () => {
  expect(evaluatePerformance(performanceOf(quarters(4), between(0.7, 0.708, backwards))).reversals).toEqual(
    [],
  );
  const late = evaluatePerformance(performanceOf(quarters(8), { playsAt: (s) => s - 0.02 }));
  expect(late.reversals).toEqual([]);
  expect(late.onsets.medianAbsS).toBeCloseTo(0.02, 6);
});

it("names hair on a neighbouring string, with time and force", () => {
  const report = evaluatePerformance(
    performanceOf(
      quarters(4),
      between(0.7, 0.73, (row) => (row.forceN[3] = 0.2)),
    ),
  );
  expect(report.wrongStrings.totalS).toBeCloseTo(0.03, 6);
  expect(report.wrongStrings.events).toHaveLength(1);
  expect(report.wrongStrings.events[0]).toMatchObject({ string: "A", peakForceN: 0.2, index: 1 });
  expect(report.wrongStrings.events[0]!.atS).toBeCloseTo(0.7, 6);
});

it("lets a crossing touch both its strings, but neither string long before or after", () => {
  const touching = (fromS: number, string: 2 | 3) =>
    evaluatePerformance(
      performanceOf(
        CROSSING,
        between(fromS, fromS + 0.02, (row) => (row.forceN[string] = 0.3)),
      ),
    );
  expect(touching(0.8, 3).wrongStrings.events).toEqual([]); // 200 ms before: inside the window of 250 ms
  expect(touching(0.7, 3).wrongStrings.events).toHaveLength(1); // 300 ms before
  expect(touching(1.2, 2).wrongStrings.events).toEqual([]);
  expect(touching(1.3, 2).wrongStrings.events).toHaveLength(1);
});

it("calls a string brushed on the way over it wrong", () => {
  const plan = planOf([
    [0, 1, "G", "down", 0],
    [1, 2, "A", "up", 1],
  ]);
  const report = evaluatePerformance(
    performanceOf(
      plan,
      between(0.99, 1, (row) => (row.forceN[2] = 0.1)),
    ),
  );
  expect(report.wrongStrings.events.map(({ string }) => string)).toEqual(["D"]);
});

it("measures the silence of a crossing that leaves both strings", () => {
  const off = between(0.95, 1.05, (row) => row.forceN.fill(0));
  const [crossing] = evaluatePerformance(performanceOf(CROSSING, off)).crossings;
  expect(crossing!.silentS).toBeCloseTo(0.1, 2);
  expect(crossing).toMatchObject({ from: "D", into: "A", lifted: false });
  expect(crossing!.onsetErrorS).toBeCloseTo(0.05, 2); // the new string bears hair only from 1.05 s on
});

it("times a crossing from string to string", () => {
  const takenS = (off: readonly [number, number]) =>
    evaluatePerformance(
      performanceOf(
        CROSSING,
        between(...off, (row) => row.forceN.fill(0)),
      ),
    ).crossings[0]!.exchangeS;
  expect(takenS([0.9, 1.05])).toBeCloseTo(0.15, 2);
  expect(takenS([0.5, 1.05])).toBeNull(); // the old string does not play at all where its crossing is looked at
});

it("does not call a bow change dead, but calls a lifted bow so", () => {
  // at 4 m/s² the hair is slower than 5 mm/s for 1.25 ms either side of each change: one sample or two, 4 ms at most
  const clean = evaluatePerformance(performanceOf(quarters(4))).deadTime;
  expect(clean.deadS).toBe(0);
  expect(clean.bowChangeS).toBeGreaterThan(0);
  expect(clean.bowChangeS).toBeLessThan(0.004 * 4);
  const lifted = evaluatePerformance(
    performanceOf(
      quarters(4),
      between(0.48, 0.52, (row) => row.forceN.fill(0)),
    ),
  );
  expect(lifted.deadTime.deadS).toBeCloseTo(0.04, 6);
  expect(lifted.deadTime.share).toBeCloseTo(0.04 / 2, 6); // of 4 × 0.5 s
});

it("does not call the end of a stroke dead in which the next one's string sounds already, but calls one so in which none does", () => {
  const old = 2;
  const leaves = (from: number, force: number) =>
    evaluatePerformance(
      performanceOf(
        CROSSING,
        between(from, 1, (row) => {
          row.forceN[old] = 0;
          row.forceN[3] = force;
        }),
      ),
    );
  expect(leaves(0.98, 0.5).deadTime.deadS).toBe(0);
  expect(leaves(0.98, 0).deadTime.deadS).toBeCloseTo(0.02, 2);
  // 80 ms before its time a string is no more ahead of its bow change, it is wrong: half of them are dead.
  expect(leaves(0.92, 0.5).deadTime.deadS).toBeCloseTo(0.04, 2);
});

it("measures how long before the bow turns it has gone over to the next string", () => {
  // Force goes from D to A in ±20 ms around 1 s, where the bow turns; here 15 ms earlier.
  const lead = (byS: number): number | null => {
    const record = performanceOf(CROSSING, {
      edit: (row, s) => {
        const share = Math.min(1, Math.max(0, (s + byS - 1) / 0.04 + 0.5));
        row.forceN[2] = 1 - share;
        row.forceN[3] = share;
      },
    });
    return evaluatePerformance(record).crossings[0]!.leadS;
  };
  expect(lead(0)).toBeCloseTo(0, 3);
  expect(lead(0.015)).toBeCloseTo(0.015, 3);
  expect(lead(-0.01)).toBeCloseTo(-0.01, 3);
  const slurred = planOf([
    [0, 1, "D", "down", 0],
    [1, 2, "A", "down", 0],
  ]);
  expect(evaluatePerformance(performanceOf(slurred)).crossings[0]!.leadS).toBeNull();
});

it("measures how far the hair leaves its place on the string, where the note is steady", () => {
  const slid = between(0.6, 0.9, (row) => (row.contactM[2] = 0.0807));
  const report = evaluatePerformance(performanceOf(quarters(4), slid));
  expect(report.straightness!.maxM).toBeCloseTo(0.0007, 9);
  expect(report.straightness!.noteIndex).toBe(1);
  expect(report.verdict.checks.find((c) => c.name.startsWith("straight"))).toMatchObject({ passed: false });
});

it("moves Schelleng's band with what the bow did", () => {
  // half the speed and 1.25 × the distance: F_max = 4 · 0.5 / 1.25 = 1.6 N, F_min = 0.1 · 0.5 / 1.5625 = 0.032 N
  const slow = between(0.6, 0.9, (row) => {
    row.bowSpeedMps.fill(-0.1);
    row.contactM[2] = 0.1;
    row.forceN[2] = 1.7;
  });
  const { band } = evaluatePerformance(performanceOf(quarters(4), slow)).notes[1]!;
  expect(band!.maxForceN).toBeCloseTo(1.6, 9);
  expect(band!.minForceN).toBeCloseTo(0.032, 9);
  expect(band!.inside).toBe(false);
});

it("counts the samples that were not heard", () => {
  // samples 1000, 1001 and 1002 in one place, 1500 in another: 4 lost in 2 gaps, the longer 8 ms
  const lost = new Set([1000, 1001, 1002, 1500]);
  const { streaming } = evaluatePerformance(performanceOf(quarters(4), { keep: (k) => !lost.has(k) }));
  expect(streaming).toMatchObject({ lostSamples: 4, gaps: 2, starvations: 0 });
  expect(streaming.longestGapS).toBeCloseTo(0.008, 9);
  const whole = evaluatePerformance(performanceOf(quarters(4))).streaming;
  expect(whole).toMatchObject({ lostSamples: 0, gaps: 0 });
});

it("tells the least buffer while path was still to come, and a buffer that ran dry from a pause", () => {
  // stands still for 1 s from path time 3 s on; path ends at 2 + 2 + 1 = 5 s
  const pathAt = (s: number): number => (s < 3 ? s : Math.max(3, s - 1));
  const dry = { pathAt, lengthS: 6, aheadS: (k: number) => (k >= 1500 && k < 2000 ? 0 : 0.3) };
  const starved = evaluatePerformance(performanceOf(quarters(4), dry)).streaming;
  expect(starved).toMatchObject({ starvations: 1, minAheadS: 0 });
  const paused = evaluatePerformance(
    performanceOf(quarters(4), { pathAt, lengthS: 6, aheadS: () => 0.3 }),
  ).streaming;
  expect(paused).toMatchObject({ starvations: 0, minAheadS: 0.3 });
});

it("takes the host's own streaming figures from the settings", () => {
  const record = { ...performanceOf(quarters(2)), settings: { streaming: { lateP99S: 0.004, note: "x" } } };
  expect(evaluatePerformance(record).streaming.host).toEqual({ lateP99S: 0.004 });
});

it("compares joints with their targets, and with the path that was commanded one servo lag before", () => {
  // joint 5 is 0.6 sin(t − 0.03) for a target of 0.6 sin t: at most 0.6 · 2 sin(0.015) = 0.018 rad apart
  const { tracking, achievedJointSpeed } = evaluatePerformance(performanceOf(quarters(16)));
  expect(tracking.max_rad[5]).toBeCloseTo(1.2 * Math.sin(0.015), 5);
  expect(tracking.rms_rad[5]).toBeCloseTo((1.2 * Math.sin(0.015)) / Math.SQRT2, 3);
  expect(tracking.lagS).toBeCloseTo(0.03, 4);
  expect(tracking.pathMax_rad[5]).toBeLessThan(1e-9); // knots every 20 ms hold a sine that well
  // and its speed 0.6 cos reaches 0.6 rad/s
  expect(achievedJointSpeed[5]!.maxRadps).toBeCloseTo(0.6, 5);
  expect(achievedJointSpeed[5]!.limitRadps).toBe(Math.PI);
});

it("keeps its figures whatever the robot's clock says at power-on", () => {
  const record = performanceOf(quarters(6), { playsAt: (s) => s - 0.003 });
  const later = { ...record, robotTimeS: record.robotTimeS.map((t) => t - ROBOT_START_S + 9000) };
  const [a, b] = [evaluatePerformance(record), evaluatePerformance(later)];
  expect(b.onsets.medianAbsS).toBeCloseTo(a.onsets.medianAbsS!, 6);
  expect(b.completeness).toEqual(a.completeness);
});
