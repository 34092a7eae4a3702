import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readPerformance } from "../../src/bag/read-performance.ts";
import { evaluatePerformance } from "../../src/evaluation/evaluate-performance.ts";
import { soundOfPerformance } from "../../src/performance/sound-of-performance.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { performThroughNodes } from "./perform-through-nodes.ts";
import { instrument, shortMidi } from "./short-piece.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-"));
afterAll(() => rmSync(folder, { recursive: true }));
const piece = join(folder, "short.mid");
writeFileSync(piece, shortMidi());

const performTo = (bag: string, seed: number) =>
  performThroughNodes(bag, { piece, seed, set: ["simulation.forceNoiseN=0.2"] });

it(
  "plays every note on time, on its string, in its direction, and the bag tells it",
  { timeout: 120_000 },
  async () => {
    const bag = join(folder, "a.mcap");
    await performTo(bag, 1);
    const record = await readPerformance(bag);
    const report = evaluatePerformance(record);
    expect(report.completeness).toEqual({ played: 6, planned: 6 });
    expect(report.onsets.medianAbsS).toBeLessThan(0.005);
    expect(report.onsets.p95AbsS).toBeLessThan(0.015);
    expect(report.reversals).toEqual([]);
    expect(report.wrongStrings.events).toEqual([]);
    expect(report.straightness!.maxM).toBeLessThan(0.0005);
    expect(report.streaming.lostSamples).toBe(0);
    const { cello, robot } = soundOfPerformance(record, instrument, DEFAULT_SOUND).stems;
    const loudest = (samples: Float32Array): number =>
      samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expect(loudest(cello.left)).toBeGreaterThan(0.02);
    // Before the bow lands only the arm is heard: the approach takes 0.6 s at least.
    expect(loudest(cello.left.subarray(0, 0.3 * DEFAULT_SOUND.sampleRateHz))).toBe(0);
    expect(loudest(robot.left.subarray(0, 0.3 * DEFAULT_SOUND.sampleRateHz))).toBeGreaterThan(0);
  },
);

it("makes the same bytes from the same seed, and others from another", { timeout: 120_000 }, async () => {
  const [again, other] = ["b.mcap", "c.mcap"].map((name) => join(folder, name)) as [string, string];
  await performTo(again, 1);
  await performTo(other, 2);
  const [a, b, c] = [join(folder, "a.mcap"), again, other].map((bag) => readFileSync(bag));
  expect(a!.equals(b!)).toBe(true);
  expect(a!.equals(c!)).toBe(false);
});
