import { describe, expect, it } from "vitest";
import { measureLoudness } from "../../../src/sound/loudness.ts";
import { truePeakDbtp } from "../../../src/sound/true-peak.ts";
import { envelopeOffset } from "../../../src/evaluation/audio/envelope-offset.ts";
import { audioTimeOf, evenAnchors } from "../../../src/listening-test/stimuli/excerpt.ts";
import { levelNoise } from "../../../src/listening-test/stimuli/level-noise.ts";
import { applySteps, type Step } from "../../../src/listening-test/stimuli/recipe.ts";
import { withVibrato } from "../../../src/listening-test/stimuli/varied-performance.ts";

const RATE = 48000;
const sine = (hz: number, seconds: number, rate = RATE): Float32Array =>
  Float32Array.from({ length: seconds * rate }, (_, i) => 0.25 * Math.sin((2 * Math.PI * hz * i) / rate));
const apply = (samples: Float32Array, ...steps: Step[]) =>
  applySteps({ sampleRateHz: RATE, channels: [samples] }, steps);
const rms = (x: Float32Array): number => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length);

describe("a recipe", () => {
  it("moves a tone to another rate without changing its pitch, level or length", () => {
    const { sampleRateHz, channels } = apply(sine(1000, 1), { do: "resample", toHz: 44100 });
    const wanted = sine(1000, 1, 44100);
    expect([sampleRateHz, channels[0]!.length]).toEqual([44100, 44100]);
    const middle = channels[0]!.subarray(2000, 42000);
    expect(Math.max(...middle.map((v, i) => Math.abs(v - wanted[i + 2000]!)))).toBeLessThan(1e-4);
  });

  it("lets nothing above half the new rate come back as another tone", () => {
    // 23 kHz would fold to 21.1 kHz.
    const { channels } = apply(sine(23000, 1), { do: "resample", toHz: 44100 });
    expect(rms(channels[0]!.subarray(2000, 42000))).toBeLessThan(rms(sine(300, 1)) / 300);
  });

  it("cuts beyond either end with silence, and pads to a length", () => {
    const { channels } = apply(
      Float32Array.from({ length: RATE }, () => 1),
      { do: "cut", fromS: -0.5, toS: 1.5 },
      { do: "pad", toS: 3 },
    );
    expect(channels[0]!.length).toBe(3 * RATE);
    expect([0.4, 0.6, 1.4, 1.6, 2.9].map((s) => channels[0]![s * RATE])).toEqual([0, 1, 1, 0, 0]);
  });

  it("makes the same samples from the same steps, noise and room included", () => {
    const steps: Step[] = [
      { do: "room", decayS: 1, seed: 3 },
      { do: "noise", dbfs: -60, seed: 8 },
    ];
    const [a, b] = [apply(sine(300, 1), ...steps), apply(sine(300, 1), ...steps)];
    expect(a).toEqual(b);
    expect(apply(sine(300, 1), { do: "noise", dbfs: -60, seed: 9 })).not.toEqual(
      apply(sine(300, 1), { do: "noise", dbfs: -60, seed: 8 }),
    );
  });

  it("has a room that dies away by 60 dB in its time, and a noise of the level asked for", () => {
    const click = new Float32Array(2 * RATE);
    click[0] = 1;
    const [tail] = apply(click, { do: "room", decayS: 1, seed: 1 }).channels;
    const level = (fromS: number): number => rms(tail!.subarray(fromS * RATE, (fromS + 0.2) * RATE));
    const decay = 20 * Math.log10(level(0.7) / level(0.2));
    // Half a second of a decay of 60 dB a second
    expect(decay).toBeGreaterThan(-36);
    expect(decay).toBeLessThan(-24);
    const [noise] = apply(new Float32Array(RATE), { do: "noise", dbfs: -60, seed: 1 }).channels;
    expect(20 * Math.log10(rms(noise!))).toBeCloseTo(-60, 1);
  });

  it("takes away what lies above an anchor's 3.5 kHz", () => {
    const gain = (hz: number): number =>
      20 * Math.log10(rms(apply(sine(hz, 1), { do: "low-pass", hz: 3500 }).channels[0]!) / rms(sine(hz, 1)));
    expect(gain(500)).toBeCloseTo(0, 1);
    expect(gain(3500)).toBeCloseTo(-3, 0);
    expect(gain(7000)).toBeLessThan(-22);
  });

  it("lets a codec take its share without moving anything, the same way each time", () => {
    const high = sine(9000, 1);
    const music = sine(220, 1).map((v, i) => v * (i % 12000 < 6000 ? 1 : 0.2) + high[i]! / 10);
    const coded = (kbps: number, loud = 1) =>
      apply(
        music.map((v) => loud * v),
        { do: "codec", codec: "opus", kbps },
      ).channels[0]!;
    const missing = (x: Float32Array, loud = 1): number => rms(x.map((v, i) => v - loud * music[i]!)) / loud;
    expect(coded(96)).toHaveLength(music.length);
    expect(missing(coded(96))).toBeLessThan(0.06 * rms(music));
    expect(missing(coded(16))).toBeGreaterThan(2 * missing(coded(96)));
    expect(coded(32)).toEqual(coded(32));
    // A soft take is coded as well as a loud one.
    expect(missing(coded(96, 1 / 256), 1 / 256)).toBeCloseTo(missing(coded(96)), 6);
    expect(() =>
      applySteps({ sampleRateHz: 44100, channels: [music] }, [{ do: "codec", codec: "opus", kbps: 64 }]),
    ).toThrow("not at 44100 Hz");
  });

  it("puts as many beeps as asked into silence", () => {
    const [x] = apply(sine(200, 4), { do: "beeps", count: 3, atS: 1 }).channels;
    const loud = Array.from({ length: 400 }, (_, i) => rms(x!.subarray(i * 480, (i + 1) * 480)) > 0.01);
    const begins = loud.filter((on, i) => i >= 99 && on && !loud[i - 1]).length;
    // Three beeps, and the music that comes back after them
    expect(begins).toBe(4);
  });
});

it("finds where a recording of the same music lies in another, to 5 ms", () => {
  const notes = Float32Array.from({ length: 4 * RATE }, (_, i) => {
    const s = i / RATE;
    const on = [0.3, 0.9, 1.3, 2.2, 3.1].some((start) => s > start && s < start + 0.25);
    return on ? 0.3 * Math.sin(1400 * s) : 0;
  });
  const later = new Float32Array(5 * RATE);
  later.set(
    notes.map((v, i) => 0.2 * v + 0.001 * Math.sin(i * i)),
    Math.round(0.73 * RATE),
  );
  const { offsetS, correlation } = envelopeOffset(
    { samples: notes, sampleRateHz: RATE },
    { samples: later, sampleRateHz: RATE },
    2,
  );
  expect(Math.abs(offsetS - 0.73)).toBeLessThanOrEqual(0.0051);
  expect(correlation).toBeGreaterThan(0.5);
});

it("finds bar lines in a recording by where it sounds, at an even pace", () => {
  const samples = new Float32Array(6 * RATE);
  samples.set(sine(300, 4), RATE);
  // Bars of 2 s in the score; played in 4 s instead of 8.
  const anchors = evenAnchors(samples, RATE, { lines: [0, 2, 4, 6, 8], firstNoteS: 0, lastNoteS: 8 });
  anchors.forEach((a, i) => expect(Math.abs(a.audioS - (1 + i))).toBeLessThan(0.02));
  expect(audioTimeOf(anchors, 3)).toBeCloseTo(2.5, 1);
  expect(audioTimeOf(anchors, 9)).toBeCloseTo(6, 1);
});

it("swings the pitch by the cents declared", () => {
  const x = withVibrato(sine(440, 2), RATE, { vibratoCents: 20, vibratoHz: 5 });
  const crossings: number[] = [];
  for (let i = RATE / 2; i < 1.5 * RATE; i++)
    if (x[i - 1]! < 0 && x[i]! >= 0) crossings.push(i - x[i]! / (x[i]! - x[i - 1]!));
  const cents = crossings.slice(1).map((c, i) => 1200 * Math.log2(RATE / (c - crossings[i]!) / 440));
  expect(Math.max(...cents)).toBeCloseTo(20, 0);
  expect(Math.min(...cents)).toBeCloseTo(-20, 0);
});

it("makes a noise to set the volume by that is as loud as the stimuli", () => {
  const noise = levelNoise(44100, -23);
  expect(measureLoudness([noise], 44100).integratedLufs).toBeCloseTo(-23, 1);
  expect(truePeakDbtp(noise)).toBeLessThan(-1);
});
