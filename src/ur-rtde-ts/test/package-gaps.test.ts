import { expect, it } from "vitest";
import { PackageGaps } from "../src/rtde/package-gaps.ts";

/** Packages given as [timestamp, arrival], both in ms. */
function statsOf(packages: readonly (readonly [number, number])[], frequencyHz = 500) {
  const timestamp = new Float64Array(1);
  let nowS = 0;
  const gaps = new PackageGaps(frequencyHz, timestamp, () => nowS);
  for (const [stampMs, arrivalMs] of packages) {
    timestamp[0] = stampMs / 1000;
    nowS = arrivalMs / 1000;
    gaps.count();
  }
  return gaps.stats;
}

it("counts a package as late when another was due before it came", () => {
  // Due 2 ms apart from 100 on: at 100, 102, 104, 106, 108. The third comes 5 ms late, and with it the fourth 3 ms late;
  // the fifth is 1 ms late, which is still before the next one's time.
  const stats = statsOf([[0, 100], [2, 102], [4, 109], [6, 109], [8, 109]]); // prettier-ignore
  expect(stats).toMatchObject({ packages: 5, late: 2, missed: 0, gaps: 0 });
  expect(stats.worstLateS).toBeCloseTo(0.005, 4);
});

it("learns from the quickest package when the others were due", () => {
  // The first ones waited 10 ms each; only the third shows it.
  expect(statsOf([[0, 110], [2, 112], [4, 104], [6, 106.5]]).late).toBe(0); // prettier-ignore
  expect(statsOf([[0, 110], [2, 112], [4, 104], [6, 109]]).late).toBe(1); // prettier-ignore
});

it("does not take two clocks that drift apart for packages that come ever later", () => {
  // 100 ppm over 200 s are 20 ms.
  const drifting = Array.from({ length: 100_000 }, (_, i) => [2 * i, 2 * i * 1.0001] as const);
  expect(statsOf(drifting)).toMatchObject({ late: 0, missed: 0 });
});

it("begins anew after the controller's clock went back", () => {
  const stats = statsOf([[5000, 100], [5002, 102], [0, 104], [2, 106]]); // prettier-ignore
  expect(stats).toMatchObject({ late: 0, clockSteps: 1, lastTimestampS: 0.002 });
});

it("counts what it cannot time, without a timestamp", () => {
  const gaps = new PackageGaps(500, undefined);
  gaps.count();
  expect(gaps.stats).toMatchObject({ packages: 1, late: 0, lastTimestampS: undefined });
});

it("counts by the rate the controller sends at, where the one that was asked for cannot be", () => {
  // 300 Hz asked: every ⌊500 / 300⌋ = 1 cycle of 2 ms. One package is missing after the second, two after the third.
  expect(statsOf([[0, 0], [2, 2], [6, 6], [12, 12]], 300)).toMatchObject({ missed: 3, gaps: 2, late: 0 }); // prettier-ignore
  // 125 Hz: every 4 cycles, and nothing is missing.
  expect(statsOf([[0, 0], [8, 8], [16, 16]], 125)).toMatchObject({ missed: 0, gaps: 0 }); // prettier-ignore
});
