import { expect, it } from "vitest";
import { heardPair } from "../../../src/evaluation/audio/heard-pair.ts";
import { hzOfMidi } from "../../../src/evaluation/audio/written-note.ts";

const RATE = 16000;

/** A second of sawtooth-like tones. */
function tones(...parts: readonly { readonly midi: number; readonly amplitude?: number }[]): Float64Array {
  return Float64Array.from({ length: RATE }, (_, n) =>
    parts.reduce((sum, { midi, amplitude = 1 }) => {
      for (let h = 1; h * hzOfMidi(midi) < 7000; h++)
        sum += (amplitude / h) * Math.sin((2 * Math.PI * h * hzOfMidi(midi) * n) / RATE + h * midi);
      return sum;
    }, 0),
  );
}
const hear = (samples: Float64Array, upper: number, lower: number) =>
  heardPair({ samples, sampleRateHz: RATE }, { fromS: 0.2, toS: 0.8 }, [upper, lower]);

it.each([
  ["a fifth", 57, 50],
  ["a sixth", 61, 52],
  ["a third", 59, 55],
  ["a low fifth", 43, 36],
])("hears both pitches of %s, each with its own intonation", (_, upper, lower) => {
  const [high, low] = hear(tones({ midi: upper + 0.2 }, { midi: lower - 0.3 }), upper, lower);
  expect(high.cents).toBeGreaterThan(15);
  expect(high.cents).toBeLessThan(25);
  expect(low.cents).toBeGreaterThan(-35);
  expect(low.cents).toBeLessThan(-25);
  expect(Math.min(high.levelDb!, low.levelDb!)).toBeGreaterThan(-12);
});

it("tells when one of the two does not sound", () => {
  const [high, low] = hear(tones({ midi: 57 }), 57, 50);
  expect(high.levelDb).toBe(0);
  expect(low.levelDb).toBeLessThan(-25);
  const [, faint] = hear(tones({ midi: 57 }, { midi: 50, amplitude: 0.03 }), 57, 50);
  expect(faint.levelDb).toBeLessThan(-22);
});

it("does not judge the upper note of an octave, all of whose partials are the lower one's", () => {
  const [high, low] = hear(tones({ midi: 62 }, { midi: 50 }), 62, 50);
  expect(high).toEqual({ cents: null, levelDb: null });
  expect(Math.abs(low.cents!)).toBeLessThan(4);
});
