import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readPerformance } from "../../src/bag/read-performance.ts";
import { hearTake } from "../../src/evaluation/audio/hear-take.ts";
import { evaluatePerformance } from "../../src/evaluation/evaluate-performance.ts";
import { judgeTone } from "../../src/evaluation/judge-tone.ts";
import { scoreClock } from "../../src/evaluation/score-clock.ts";
import { soundOfPerformance } from "../../src/performance/sound-of-performance.ts";
import { engrave } from "../../src/score/engrave.ts";
import { readPiece } from "../../src/score/piece.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { mixOf } from "../../src/sound/stems.ts";
import { performThroughNodes } from "./perform-through-nodes.ts";
import { instrument } from "./short-piece.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A fifth of open strings, a stopped sixth, another pair, and one string between pairs. */
const SOURCE = "tempo: 80\nmeter: 4/4\nkey: D major\nmusic: D3+A3/4 E3+C#4 G2+D3 D3\n";

it("plays double stops on the simulated arm: both strings sound as planned, and ears hear both notes", async () => {
  const bytes = engrave(SOURCE, "");
  const piece = join(folder, "pairs.mid");
  writeFileSync(piece, bytes);
  const bag = join(folder, "pairs.mcap");
  await performThroughNodes(bag, { piece });
  const record = await readPerformance(bag);
  const report = evaluatePerformance(record);
  expect(report.completeness).toEqual({ played: 4, planned: 4 });
  expect(report.wrongStrings.events).toEqual([]);
  expect(report.reversals).toEqual([]);
  expect(report.onsets.maxAbsS).toBeLessThan(0.03);
  expect(report.notes.map(({ lower }) => lower?.midi)).toEqual([50, 52, 43, undefined]);
  for (const { forceN, lower, band, index } of report.notes) {
    expect(forceN.achieved! / forceN.planned, `note ${index}`).toBeCloseTo(1, 1);
    expect(band!.inside).toBe(true);
    if (!lower) continue;
    expect(lower.forceN.achieved! / lower.forceN.planned, `note ${index}, lower`).toBeCloseTo(1, 1);
    expect(lower.band!.inside).toBe(true);
  }
  const rendered = soundOfPerformance(record, instrument, DEFAULT_SOUND);
  for (const { lower, helmholtzShare, index } of judgeTone(record, rendered).notes) {
    expect(helmholtzShare, `note ${index}`).toBeGreaterThan(0.9);
    if (lower) expect(lower.helmholtzShare, `note ${index}, lower`).toBeGreaterThan(0.9);
  }
  const zeroS = scoreClock(record).scoreZeroRobotS - record.robotTimeS[0]!;
  const { left, right } = mixOf(rendered.stems).mix;
  const take = { sampleRateHz: rendered.stems.sampleRateHz, channels: [left, right] };
  const { notes } = hearTake(take, readPiece(bytes, undefined).score, { zeroS, tempo: 1 });
  for (const note of notes) {
    expect(note.fault, `note ${note.index}`).toBeNull();
    expect(Math.abs(note.cents!)).toBeLessThan(15);
    if (note.lower) expect(Math.abs(note.lower.cents!)).toBeLessThan(15);
  }
}, 120_000);
