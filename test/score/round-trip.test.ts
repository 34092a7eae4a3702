import { expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { dynamicOfVelocity, VELOCITY_OF_DYNAMIC } from "../../src/score/dynamics.ts";
import { readScore } from "../../src/score/read-score.ts";
import { scaleTempo } from "../../src/score/scale-tempo.ts";
import { DYNAMICS } from "../../src/score/score.ts";
import { secondsAtTick } from "../../src/score/tempo.ts";
import { type WritableScore, writeScoreAsMidi } from "../../src/score/write-midi.ts";
import { refusal } from "./refusal.ts";

/** A random one-voice score: gaps, changes of tempo, meter and key, letters beyond ASCII. */
function randomScore(random: () => number): WritableScore {
  const whole = (below: number): number => Math.floor(random() * below);
  const notes = [];
  let tick = whole(500);
  for (let count = 1 + whole(40); count > 0; count--) {
    const endTick = tick + 1 + whole(2000);
    notes.push({ startTick: tick, endTick, midi: 36 + whole(46), velocity: 1 + whole(127) });
    tick = endTick + (random() < 0.3 ? whole(20_000) : 0);
  }
  const later = (): number => 1 + whole(5000);
  return {
    title: ["Étude", "The Swan", "Hänschen klein", "曲"][whole(4)]!,
    ticksPerQuarter: 1 + whole(0x7fff),
    tempos: [
      { tick: 0, usPerQuarter: 1 + whole(0xffffff) },
      { tick: later(), usPerQuarter: 500_000 },
    ],
    meters: [
      { tick: 0, beatsPerBar: 1 + whole(12), beatUnit: 2 ** whole(6) },
      { tick: later(), beatsPerBar: 3, beatUnit: 4 },
    ],
    keys: [{ tick: whole(100), fifths: whole(15) - 7, minor: random() < 0.5 }],
    notes,
    endTick: Math.max(tick, 5000) + whole(3000),
  };
}

it("reads back what it wrote, for any score, plain and compact", () => {
  const random = seededRandom(2026);
  for (let round = 0; round < 300; round++) {
    const score = randomScore(random);
    for (const compact of [false, true]) {
      const { title, ticksPerQuarter, tempos, meters, keys, notes, endTick, ignored } = readScore(
        writeScoreAsMidi(score, { compact }),
      );
      const bare = notes.map(({ startTick, endTick, midi, velocity }) => ({
        startTick,
        endTick,
        midi,
        velocity,
      }));
      expect(
        { title, ticksPerQuarter, tempos, meters, keys, notes: bare, endTick },
        `round ${round}`,
      ).toEqual(score);
      expect(ignored).toEqual([]);
    }
  }
});

it("writes running status in fewer bytes", () => {
  const score = randomScore(seededRandom(1));
  expect(writeScoreAsMidi(score, { compact: true }).length).toBeLessThan(writeScoreAsMidi(score).length);
});

it("never returns notes from a damaged file without a word", () => {
  const random = seededRandom(77);
  for (let round = 0; round < 500; round++) {
    const bytes = writeScoreAsMidi(randomScore(random));
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    try {
      const numbers = readScore(bytes).notes.flatMap((n) => [n.startTick, n.endTick, n.midi, n.velocity]);
      expect(numbers.every(Number.isInteger), `round ${round}`).toBe(true);
    } catch (error) {
      expect(error, `round ${round}`).toMatchObject({ name: "CellistError" });
    }
  }
});

it("plays at nine tenths of the tempo in ten ninths of the time", () => {
  const score = readScore(writeScoreAsMidi(randomScore(seededRandom(5))));
  const slower = scaleTempo(score, 0.9);
  const secondsOf = ({ tempos, ticksPerQuarter, endTick }: typeof score): number =>
    secondsAtTick(tempos, ticksPerQuarter, endTick);
  expect(secondsOf(slower) * 0.9).toBeCloseTo(secondsOf(score), 9);
  expect(slower.notes).toBe(score.notes);
  expect(slower.provenance).not.toEqual(score.provenance);
  expect(scaleTempo(score, 1)).toBe(score);
  for (const factor of [0, -1, NaN, Infinity])
    expect(refusal("usage", () => scaleTempo(score, factor))).toContain("above 0");
});

it("hears the dynamic in the velocity it stands for", () => {
  expect(DYNAMICS.map((dynamic) => dynamicOfVelocity(VELOCITY_OF_DYNAMIC[dynamic]))).toEqual([...DYNAMICS]);
  // the bounds are halfway: (33 + 49) / 2 = 41 is already p, (64 + 80) / 2 = 72 already mf
  expect([1, 40, 41, 56, 57, 71, 72, 87, 88, 103, 104, 127].map(dynamicOfVelocity)).toEqual([
    ...["pp", "pp", "p", "p", "mp", "mp", "mf", "mf", "f", "f", "ff", "ff"],
  ]);
});
