import { expect, it } from "vitest";
import { express } from "../../src/expression/express.ts";
import { parseExpression } from "../../src/expression/expression-settings.ts";
import { loudnessOf } from "../../src/score/dynamics.ts";
import type { Score } from "../../src/score/score.ts";
import { secondsAtTick } from "../../src/score/tempo.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";
import { refusal } from "../score/refusal.ts";

/** Eight bars of quarters. */
const score = scoreOf(Array.from({ length: 32 }, (_, i) => ({ quarters: 1, midi: i === 5 ? 62 : 50 })));
const played = (rules: string): Score => express(score, parseExpression(rules));
const beatS = (of: Score, beat: number): number =>
  secondsAtTick(of.tempos, of.ticksPerQuarter, (beat + 1) * 480) -
  secondsAtTick(of.tempos, of.ticksPerQuarter, beat * 480);

it("changes nothing at all unless a rule is asked for", () => {
  expect(played("")).toBe(score);
  expect(played("phrase=0,ritard=0,accent=0,variation=0,seed=3")).toBe(score);
});

it("is slower and softer at both ends of a phrase of four bars, by its amount", () => {
  const [one, two] = [played("phrase=1"), played("phrase=2")];
  expect(beatS(one, 0)).toBeCloseTo(1.08, 5); // 8 % at the very beginning
  expect(beatS(one, 8)).toBeCloseTo(1, 5); // nothing in the middle
  expect(beatS(one, 16)).toBeCloseTo(1.08, 5); // the next phrase
  expect(beatS(two, 0)).toBeCloseTo(1.16, 5);
  expect(loudnessOf(one.notes[0]!)).toBeLessThan(loudnessOf(one.notes[8]!));
});

it("slows down in the last bar to a little over half the tempo", () => {
  const of = played("ritard=1");
  expect(beatS(of, 27)).toBeCloseTo(1, 5);
  // v(3/4) = (1 + (1/8 − 1) · 3/4)^(1/3) = 0.34375^(1/3) = 0.7005: the last beat lasts 1 / 0.7005 s
  expect(beatS(of, 31)).toBeCloseTo(1.4276, 3);
  expect([28, 29, 30, 31].map((beat) => beatS(of, beat))).toEqual(
    [28, 29, 30, 31].map((beat) => beatS(of, beat)).sort(),
  );
});

it("accents first beats and leaps up by a quarter of a dynamic", () => {
  const { notes } = played("accent=1");
  expect([0, 1, 4, 5].map((i) => loudnessOf(notes[i]!))).toEqual([3.25, 3, 3.25, 3.25]);
});

it("varies by chance only with a seed, the same for the same seed", () => {
  expect(refusal("usage", () => parseExpression("variation=1"))).toContain("needs a seed");
  expect(played("variation=1,seed=7")).toEqual(played("variation=1,seed=7"));
  expect(played("variation=1,seed=8").tempos).not.toEqual(played("variation=1,seed=7").tempos);
  for (let beat = 0; beat < 32; beat++)
    expect(Math.abs(beatS(played("variation=1,seed=7"), beat) - 1)).toBeLessThan(0.1);
});

it("keeps ticks, pitches and marks, stays inside pp and ff, and says what it did", () => {
  const loud = scoreOf([
    { quarters: 1, dynamic: "ff", bow: "up" },
    { quarters: 1, dynamic: "pp" },
  ]);
  const of = express(loud, parseExpression("accent=3,phrase=3"));
  expect(of.notes.map(({ startTick, endTick, midi, bow }) => [startTick, endTick, midi, bow])).toEqual(
    loud.notes.map(({ startTick, endTick, midi, bow }) => [startTick, endTick, midi, bow]),
  );
  for (const note of of.notes) expect(loudnessOf(note)).toBeGreaterThanOrEqual(0);
  for (const note of of.notes) expect(loudnessOf(note)).toBeLessThanOrEqual(5);
  expect(of.ignored.at(-1)).toContain("expression by rules: phrase 3, accent 3");
  expect(of.provenance).not.toEqual(loud.provenance);
});

it("refuses rules and amounts that do not exist", () => {
  expect(refusal("usage", () => parseExpression("rubato=1"))).toContain(
    'there is no rule "rubato"; rules are phrase, ritard',
  );
  expect(refusal("usage", () => parseExpression("phrase=lots"))).toContain("amounts are 0 to 3");
  expect(refusal("usage", () => parseExpression("seed=1.5"))).toContain("whole number");
});

/** An upbeat of one quarter, eight bars of 4/4 and the three quarters that the upbeat leaves. */
const led: Score = {
  ...score,
  meters: [
    { tick: 0, beatsPerBar: 1, beatUnit: 4 },
    { tick: 480, beatsPerBar: 4, beatUnit: 4 },
  ],
};

it("takes an upbeat into the phrase that it leads into, and for no first beat", () => {
  const of = express(led, parseExpression("phrase=1"));
  expect(beatS(of, 0)).toBeCloseTo(1.08, 5);
  expect(beatS(of, 8)).toBeCloseTo(1, 5);
  expect(beatS(of, 16)).toBeCloseTo(1.08, 5); // the upbeat of the next phrase, not the bar after it
  const accented = express(led, parseExpression("accent=1")).notes.map(loudnessOf);
  expect(accented.slice(0, 6)).toEqual([3, 3.25, 3, 3, 3, 3.5]);
});
