import { expect, it } from "vitest";
import { inject, type Injected } from "../../../bench/sound/injected-faults.ts";
import { hearTake } from "../../../src/evaluation/audio/hear-take.ts";
import { hearingLines } from "../../../src/evaluation/audio/hearing-lines.ts";
import type { TakeReport } from "../../../src/evaluation/audio/take-report.ts";
import { seededRandom } from "../../../src/math/random.ts";
import { soundInputOf } from "../../../src/performance/sound-of-performance.ts";
import type { Score } from "../../../src/score/score.ts";
import { renderSound } from "../../../src/sound/render.ts";
import { DEFAULT_SOUND } from "../../../src/sound/sound-settings.ts";
import { mixOf } from "../../../src/sound/stems.ts";
import { parallelStrings } from "../../bowing/fixture/parallel-strings.ts";
import { performanceOf, planOf, SCORE_START_S, LAG_S } from "../ideal-performance.ts";

/** Twelve quarters of half a second on D and A; a rest after the sixth. */
const plan = planOf(
  Array.from({ length: 12 }, (_, i) => {
    const startS = 0.5 * i + (i >= 6 ? 0.5 : 0);
    return [startS, startS + 0.5, i % 4 < 2 ? "D" : "A", i % 2 ? "up" : "down", i] as const;
  }),
);
/** The score of that plan: at 120 quarters a minute tick 480 is half a second. */
const score: Score = {
  title: "Study",
  composer: "",
  ticksPerQuarter: 480,
  tempos: [{ tick: 0, usPerQuarter: 500_000 }],
  meters: [{ tick: 0, beatsPerBar: 4, beatUnit: 4 }],
  keys: [],
  notes: plan.notes.map(({ startS, endS, midi }, index) => ({
    index,
    startTick: startS * 960,
    endTick: endS * 960,
    midi,
    velocity: 80,
    dynamic: "mf",
    articulation: "detache",
    slurredFromPrevious: false,
  })),
  endTick: 6.5 * 960,
  ignored: [],
  provenance: { sha256: "ef".repeat(32) },
};
const record = performanceOf(plan);

function takeWith(faults: Readonly<Record<number, Injected>>): TakeReport {
  let input = soundInputOf(record, parallelStrings);
  for (const [index, kind] of Object.entries(faults)) input = inject(record, input, Number(index), kind);
  const { stems } = renderSound(input, DEFAULT_SOUND);
  const { left, right } = mixOf(stems).mix;
  return hearTake({ sampleRateHz: 48000, channels: [left, right] }, score);
}
const good = takeWith({});

it("writes down a good take note for note, and finds no fault", () => {
  expect(good.transcription.notes.fMeasure).toBe(1);
  expect(good.transcription.onsets.fMeasure).toBe(1);
  expect(good.faults).toEqual({});
  expect(Math.abs(good.clock.tempo - 1)).toBeLessThan(0.01);
  // the string answers the bow a few hundredths of a second late
  expect(Math.abs(good.clock.zeroS - (SCORE_START_S + LAG_S))).toBeLessThan(0.06);
});

it("hears every note within 15 cents, with vibrato nowhere, and most of its sound periodic", () => {
  for (const note of good.notes) expect(Math.abs(note.cents!), `note ${note.index}`).toBeLessThan(15);
  expect(good.notes.map((n) => n.vibrato)).toEqual(good.notes.map(() => null));
  expect(good.tone.hnrDb).toBeGreaterThan(10);
  expect(good.attributes.pitchStability).toBeGreaterThan(0.8);
});

it("names what was done to a note: late, flat, on the wrong string, too light", () => {
  const heard = takeWith({ 2: "late", 4: "flat", 7: "wrong-string", 9: "too-light" });
  expect(heard.notes.map((n) => n.fault)).toEqual(
    good.notes.map((_, i) => ({ 2: "late", 4: "flat", 7: "wrong string", 9: "too light" })[i] ?? null),
  );
  expect(heard.transcription.notes.fMeasure).toBeLessThan(1);
});

it("refuses a recording that is not of this piece, in one sentence", () => {
  const random = seededRandom(8);
  const noise = Float32Array.from({ length: 6 * 48000 }, () => 0.2 * (random() - 0.5));
  expect(() => hearTake({ sampleRateHz: 48000, channels: [noise] }, score)).toThrow(
    /^the recording does not sound like "Study": \d of 12 notes/,
  );
});

it("says it in lines that begin with what they are about", () => {
  const lines = hearingLines(good);
  expect(lines[0]).toBe("Study: 12 notes in 9.5 s; no fault heard");
  expect(lines.join("\n")).not.toMatch(/NaN|undefined/);
  expect(lines.length).toBe(8);
});
