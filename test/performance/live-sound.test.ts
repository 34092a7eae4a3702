import { expect, it } from "vitest";
import { LiveSound, ROW_S, sayLiveSound, type LiveSoundReport } from "../../src/performance/live-sound.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { parallelStrings } from "../bowing/fixture/parallel-strings.ts";
import { planOf } from "../evaluation/ideal-performance.ts";

const plan = planOf([[0, 1, "D", "down", 0]]);
const DRAWN = { forceN: [0, 0, 1, 0], bowSpeedMps: [0, 0, 0.2, 0], contactM: [0.08, 0.08, 0.08, 0.08] };

interface Course {
  readonly gainDb?: number;
  /** Rows whose state never comes, and how much later than due each row arrives [s]. */
  readonly lost?: readonly number[];
  readonly late?: (row: number) => number;
  readonly rows?: number;
  readonly takes?: (written: number) => boolean;
}

/** Half a second of a note, or more, heard on a clock that the test holds. */
function course({ gainDb = 0, lost = [], late = () => 0, rows = 250, takes = () => true }: Course) {
  const written: Int16Array[] = [];
  let nowS = 100;
  const sink = {
    write: (samples: Int16Array) => (written.push(samples), takes(written.length)),
    close: () => undefined,
  };
  const sound = new LiveSound(plan, parallelStrings, { sink, gainDb, nowS: () => nowS }, DEFAULT_SOUND);
  for (let row = 0; row < rows; row++) {
    nowS = 100 + row * ROW_S + late(row);
    if (!lost.includes(row)) sound.hear(DRAWN, row * ROW_S, 7 + row * ROW_S);
  }
  return { report: sound.report(), written };
}

it("writes each bow state's sound 14 to 22 ms after it, in blocks of 10 ms after a lead of 20 ms", () => {
  const { report, written } = course({});
  // a row sounds seven rows after it; the first of a block waits for four more
  expect(report.medianLatencyS).toBeCloseTo(0.022, 9);
  expect(report.worstLatencyS).toBeCloseTo(0.022, 9);
  expect(written.map((block) => block.length / 2)).toEqual([960, ...Array.from({ length: 48 }, () => 480)]);
  expect(written[0]!.every((x) => x === 0)).toBe(true);
  expect(written.at(-1)!.some((x) => Math.abs(x) > 100)).toBe(true);
  expect(report).toMatchObject({ underruns: 0, filledRows: 0, lostS: 0, clipped: 0 });
});

it("counts the times that nothing was left to play, and goes on", () => {
  const { report } = course({ late: (row) => (row < 100 ? 0 : 0.06) });
  expect(report.underruns).toBe(1);
  expect(course({ late: (row) => (row < 100 ? 0 : 0.015) }).report.underruns).toBe(0); // the lead bears it
});

it("keeps time where bow states are missing", () => {
  const { report } = course({ lost: [80, 81, 82] });
  expect(report.filledRows).toBe(3);
  expect(report.soundS).toBeCloseTo(course({}).report.soundS, 9);
});

it("leaves out bow states that are missing for too long, rather than sound what is past", () => {
  const lost = Array.from({ length: 60 }, (_, i) => 80 + i);
  const { report } = course({ lost });
  expect(report).toMatchObject({ filledRows: 0, leftOutRows: 60 });
  // 0.12 s less sound, in blocks of 10 ms
  expect(report.soundS).toBeCloseTo(course({}).report.soundS - 0.12, 9);
  expect(sayLiveSound(report)).toContain("0.12 s left out");
});

it("leaves out what comes more than 0.1 s late, and says how much; what was only held up less is sounded", () => {
  // from row 100 on nothing is heard for 0.4 s; then all comes at once, 0.4 to 0 s late
  const heldUp = (row: number): number => (row >= 100 && row < 300 ? (300 - row) * ROW_S : 0);
  const { report, written } = course({ rows: 500, late: heldUp });
  expect(report).toMatchObject({ leftOutRows: 150, filledRows: 0 });
  const all = course({ rows: 500 });
  expect(report.soundS).toBeCloseTo(all.report.soundS - 0.3, 9);
  expect(written.length).toBeLessThan(all.written.length);
  expect(sayLiveSound(report)).toContain("0.30 s left out");
  expect(report.worstLatencyS).toBeCloseTo(0.42, 2); // of what waited for its next rows when they were held up
});

it("hears an arm whose clock stood still, after one to two seconds", () => {
  const { report } = course({ rows: 1400, late: (row) => (row >= 400 ? 0.5 : 0) });
  expect(report.leftOutRows).toBe(600); // until none of the last 500 to 1000 came quicker
});

it("tells what was clipped, and what whoever plays did not take", () => {
  expect(course({ gainDb: 40 }).report.clipped).toBeGreaterThan(1000);
  expect(course({ takes: (n) => n <= 10 }).report.lostS).toBeCloseTo(0.39, 9);
});

it("says nothing before and after the score", () => {
  const sink = { write: () => true, close: () => undefined };
  const sound = new LiveSound(plan, parallelStrings, { sink, gainDb: 0, nowS: () => 0 }, DEFAULT_SOUND);
  for (let row = 0; row < 50; row++) sound.hear(DRAWN, -5 + row * ROW_S, row * ROW_S);
  for (let row = 0; row < 50; row++) sound.hear(DRAWN, 9 + row * ROW_S, 20 + row * ROW_S);
  expect(sound.report().soundS).toBe(0);
});

it("tells a person in one line", () => {
  const report: LiveSoundReport = { ...course({}).report, underruns: 2 };
  expect(sayLiveSound(report)).toContain("22.0 ms in the median");
  expect(sayLiveSound(report)).toContain("2 underruns");
});
