import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { amongFirst } from "../../src/performance/backlog.ts";
import { LiveSound, ROW_S, sayLiveSound, type LiveSoundReport } from "../../src/performance/live-sound.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { parallelStrings } from "../bowing/fixture/parallel-strings.ts";
import { planOf } from "../evaluation/ideal-performance.ts";

const plan = planOf([[0, 1, "D", "down", 0]]);
const DRAWN = { forceN: [0, 0, 1, 0], bowSpeedMps: [0, 0, 0.2, 0], contactM: [0.08, 0.08, 0.08, 0.08] };

interface Course {
  readonly gainDb?: number;
  /** Rows whose state never comes, and how much later than due the rows from one on arrive [s]. */
  readonly lost?: readonly number[];
  readonly lateFrom?: number;
  readonly lateS?: number;
  readonly takes?: (written: number) => boolean;
}

/** Half a second of a note, heard on a clock that the test holds. */
function course({ gainDb = 0, lost = [], lateFrom = Infinity, lateS = 0, takes = () => true }: Course) {
  const written: Int16Array[] = [];
  let nowS = 100;
  const sink = {
    write: (samples: Int16Array) => (written.push(samples), takes(written.length)),
    close: () => undefined,
  };
  const sound = new LiveSound(plan, parallelStrings, { sink, gainDb, nowS: () => nowS }, DEFAULT_SOUND);
  for (let row = 0; row < 250; row++) {
    nowS = 100 + row * ROW_S + (row >= lateFrom ? lateS : 0);
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
  const { report } = course({ lateFrom: 100, lateS: 0.06 });
  expect(report.underruns).toBe(1);
  expect(course({ lateFrom: 100, lateS: 0.015 }).report.underruns).toBe(0); // the lead bears it
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

it("takes what comes at once up to a limit, and as much again in the next turn of the event loop", async () => {
  const inTime = amongFirst(3);
  const taken = (): boolean[] => Array.from({ length: 5 }, inTime);
  expect(taken()).toEqual([true, true, true, false, false]);
  await turn();
  expect(taken()).toEqual([true, true, true, false, false]);
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
