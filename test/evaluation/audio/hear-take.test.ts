import { expect, it } from "vitest";
import { inject, type Injected } from "../../../bench/sound/injected-faults.ts";
import { hearTake } from "../../../src/evaluation/audio/hear-take.ts";
import { hearingLines } from "../../../src/evaluation/audio/hearing-lines.ts";
import type { TakeReport } from "../../../src/evaluation/audio/take-report.ts";
import { seededRandom } from "../../../src/math/random.ts";
import { soundInputOf } from "../../../src/performance/sound-of-performance.ts";
import type { Score } from "../../../src/score/score.ts";
import { renderSound, type SoundInput } from "../../../src/sound/render.ts";
import { DEFAULT_SOUND } from "../../../src/sound/sound-settings.ts";
import { mixOf } from "../../../src/sound/stems.ts";
import type { Recording } from "../../../src/sound/wav.ts";
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

/** The sound of the good take, changed sample by sample. */
function changed(of: (x: number, timeS: number) => number, withScore = score): TakeReport {
  const channels = goodSound.channels.map((side) => side.map((x, n) => of(x, n / goodSound.sampleRateHz)));
  return hearTake({ ...goodSound, channels }, withScore);
}

function takeWith(faults: Readonly<Record<number, Injected>>): TakeReport {
  let input = soundInputOf(record, parallelStrings);
  for (const [index, kind] of Object.entries(faults)) input = inject(record, input, Number(index), kind);
  return hearTake(soundOf(input), score);
}
function soundOf(input: SoundInput): Recording {
  const { left, right } = mixOf(renderSound(input, DEFAULT_SOUND).stems).mix;
  return { sampleRateHz: 48000, channels: [left, right] };
}
const goodSound = soundOf(soundInputOf(record, parallelStrings));
const good = hearTake(goodSound, score);

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

it("names what was done to a note, each of the six that can be done", () => {
  const heard = takeWith({
    1: "flat",
    2: "crossing-bump",
    4: "late",
    6: "wrong-string",
    8: "too-heavy",
    10: "too-light",
  });
  const named = {
    1: "flat",
    2: "crossing bump",
    4: "late",
    6: "wrong string",
    8: "too heavy",
    10: "too light",
  };
  expect(heard.notes.map((n) => n.fault)).toEqual(
    good.notes.map((_, i) => named[i as keyof typeof named] ?? null),
  );
  expect(heard.transcription.notes.fMeasure).toBeLessThan(1);
});

it("calls a whistle over a note a squeal, and noise in place of its tone a scratch", () => {
  const [first, fourth] = [good.notes[0]!, good.notes[3]!];
  const within = (timeS: number, { onsetS, offsetS }: typeof first): boolean => timeS > onsetS + 0.05 && timeS < offsetS - 0.05; // prettier-ignore
  const random = seededRandom(2);
  // 2310 Hz is 15.7 times the D of the first note
  const heard = changed((x, timeS) =>
    within(timeS, first)
      ? x + 0.15 * Math.sin(2 * Math.PI * 2310 * timeS)
      : within(timeS, fourth)
        ? 0.1 * x + 0.3 * (random() - 0.5)
        : x,
  );
  expect(good.words).toEqual({});
  expect(heard.notes.map((n) => n.words.join())).toEqual(good.notes.map((_, i) => ({ 0: "squeal", 3: "scratch" })[i] ?? "")); // prettier-ignore
});

it("hears whether the notes under a hairpin grow, within a note too", () => {
  // notes 2 to 4 (from 0) are marked to grow from mf to ff and note 8 to fade from mf to p, 2 steps of 3 dB each
  const swells: Record<number, readonly [number, number]> = {
    2: [3, 3.67],
    3: [3.67, 4.33],
    4: [4.33, 5],
    8: [3, 1],
  };
  const marked: Score = {
    ...score,
    notes: score.notes.map((note) => {
      const swell = swells[note.index];
      return swell ? { ...note, swell: { fromLevel: swell[0], toLevel: swell[1] } } : note;
    }),
  };
  const [growsS, grownS] = [good.notes[2]!.onsetS, good.notes[4]!.offsetS];
  const [fadesS, fadedS] = [good.notes[8]!.onsetS, good.notes[8]!.offsetS];
  const share = (timeS: number, fromS: number, toS: number): number =>
    timeS < fromS || timeS > toS ? 0 : (timeS - fromS) / (toS - fromS);
  const gainDb = (timeS: number): number =>
    6 * share(timeS, growsS, grownS) - 6 * share(timeS, fadesS, fadedS);
  const played = changed((x, timeS) => x * 10 ** (gainDb(timeS) / 20), marked).dynamics.hairpins;
  const flat = changed((x) => x, marked).dynamics.hairpins;
  expect(played.map((h) => [h.firstNote, h.lastNote, h.heard])).toEqual([[2, 4, true], [8, 8, true]]); // prettier-ignore
  for (const [i, wantedDb] of [6, -6].entries()) {
    expect(played[i]!.wantedDb).toBeCloseTo(wantedDb, 5);
    // what the ramp adds to the take as it was
    expect(Math.abs(played[i]!.heardDb - flat[i]!.heardDb - wantedDb)).toBeLessThan(1.5);
  }
  expect(flat.map((h) => h.heard)).toEqual([false, false]);
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
