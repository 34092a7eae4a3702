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
  expect(played("none")).toBe(score); // as --help names the default
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

it("slows down in the two bars before the last onset, to half the tempo there", () => {
  const of = played("ritard=1");
  // The last onset is beat 31, so that it begins with beat 23.
  expect(beatS(of, 22)).toBeCloseTo(1, 5);
  // Its first beat, at 1/16: v = (1 + (1/8 − 1) / 16)^(1/3) = 0.94531^(1/3) = 0.98143; its last, at 15/16: 0.17969^(1/3) = 0.56429
  expect(beatS(of, 23)).toBeCloseTo(1 / 0.98143, 4);
  expect(beatS(of, 30)).toBeCloseTo(1 / 0.56429, 3);
  expect(beatS(of, 31)).toBeCloseTo(2, 5);
  expect(beatS(played("ritard=2"), 31)).toBeCloseTo(4, 5);
  const slowing = [23, 24, 25, 26, 27, 28, 29, 30, 31].map((beat) => beatS(of, beat));
  expect(slowing).toEqual([...slowing].sort((a, b) => a - b));
});

it("slows down towards a whole note that is the last bar, before it begins", () => {
  const closed = scoreOf([...Array.from({ length: 8 }, () => ({ quarters: 1 })), { quarters: 4 }]);
  const of = express(closed, parseExpression("ritard=1"));
  const onsetS = secondsAtTick(of.tempos, of.ticksPerQuarter, closed.notes.at(-1)!.startTick);
  // Eight beats at 1/v in their middles: 1.019 + 1.062 + 1.112 + 1.175 + 1.253 + 1.359 + 1.512 + 1.772 s
  expect(onsetS).toBeCloseTo(10.264, 3);
});

it("slows down in all of a piece that is shorter, and a single note not at all", () => {
  const short = express(scoreOf([{ quarters: 1 }, { quarters: 1 }]), parseExpression("ritard=1"));
  expect(beatS(short, 0)).toBeCloseTo(1 / 0.5625 ** (1 / 3), 5); // half-way to 1/8
  expect(beatS(short, 1)).toBeCloseTo(2, 5);
  expect(beatS(express(scoreOf([{ quarters: 1 }]), parseExpression("ritard=1")), 0)).toBeCloseTo(1, 5);
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
