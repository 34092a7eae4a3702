import { expect, it } from "vitest";
import { trackPitch } from "../../../src/evaluation/audio/pitch-track.ts";
import { seededRandom } from "../../../src/math/random.ts";

/** A sawtooth-like tone of as many partials as fit, whose pitch follows `hzAt`. */
function tone(rate: number, lengthS: number, hzAt: (s: number) => number, noise = 0): Float32Array {
  const random = seededRandom(2);
  const out = new Float32Array(Math.round(rate * lengthS));
  let turn = 0;
  for (let i = 0; i < out.length; i++) {
    const hz = hzAt(i / rate);
    turn += hz / rate;
    let sum = noise * (random() - 0.5);
    for (let k = 1; k <= 20 && k * hz < 0.45 * rate; k++) sum += (0.2 * Math.sin(2 * Math.PI * k * turn)) / k;
    out[i] = sum;
  }
  return out;
}

const errors = (samples: Float32Array, rate: number, hzAt: (s: number) => number): number[] => {
  const { hz, hopS } = trackPitch(samples, rate);
  return [...hz.slice(20, -20)].map((heard, f) => 1200 * Math.log2(heard / hzAt((f + 20) * hopS)));
};
const within = (cents: number[], limit: number): number =>
  cents.filter((c) => Math.abs(c) <= limit).length / cents.length;

it.each([44100, 48000, 96000])("tells every cello pitch from C2 to A5 within 2 cents, at %i Hz", (rate) => {
  for (let midi = 36; midi <= 81; midi += 5) {
    const hz = 440 * 2 ** ((midi - 69) / 12);
    const cents = errors(tone(rate, 0.5, () => hz), rate, () => hz); // prettier-ignore
    expect(within(cents, 2), `MIDI ${midi}`).toBe(1);
  }
});

it("follows a vibrato of 25 cents within 5 cents in 95 % of the frames", () => {
  const hzAt = (s: number): number => 220 * 2 ** ((25 * Math.sin(2 * Math.PI * 5.5 * s)) / 1200);
  expect(within(errors(tone(48000, 2, hzAt), 48000, hzAt), 5)).toBeGreaterThan(0.95);
});

it("follows a tone in noise 26 dB below it within 5 cents in 95 % of the frames", () => {
  // partials: 0.04/2·Σ1/k² ≈ 0.032; uniform noise ±n/2: n²/12 = 0.032/400 -> n = 0.031
  const cents = errors(
    tone(48000, 1, () => 146.83, 0.031),
    48000,
    () => 146.83,
  );
  expect(within(cents, 5)).toBeGreaterThan(0.95);
});

it("hears no pitch in noise, and none in silence", () => {
  const random = seededRandom(3);
  const noise = Float32Array.from({ length: 24000 }, () => random() - 0.5);
  const voiced = [...trackPitch(noise, 48000).hz].filter((hz) => !Number.isNaN(hz)).length;
  expect(voiced / trackPitch(noise, 48000).hz.length).toBeLessThan(0.05);
  expect([...trackPitch(new Float32Array(4800), 48000).hz].every(Number.isNaN)).toBe(true);
});

it("gives the level of a full-scale sine as −3.01 dB, to what a frame of 47 ms can hold", () => {
  const sine = Float32Array.from({ length: 24000 }, (_, i) => Math.sin((2 * Math.PI * 200 * i) / 48000));
  expect(trackPitch(sine, 48000).levelDb[50]!).toBeCloseTo(-3.01, 0);
});
