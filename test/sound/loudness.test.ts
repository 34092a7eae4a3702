import { describe, expect, it } from "vitest";
import { kWeightingFilters } from "../../src/sound/k-weighting.ts";
import { loudnessRangeLu, measureLoudness } from "../../src/sound/loudness.ts";
import { LISTENING_LEVEL, normaliseLoudness } from "../../src/sound/normalise-loudness.ts";
import { truePeakDbtp } from "../../src/sound/true-peak.ts";

/** Sine of each peak level [dBFS] for each time [s], one after the other; `hz` whole. */
function tone(
  hz: number,
  rate: number,
  ...parts: readonly (readonly [dbfs: number, seconds: number])[]
): Float32Array {
  const second = Float64Array.from({ length: rate }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));
  const lengths = parts.map(([, seconds]) => Math.round(seconds * rate));
  const out = new Float32Array(lengths.reduce((sum, n) => sum + n, 0));
  let at = 0;
  parts.forEach(([dbfs], p) => {
    const level = 10 ** (dbfs / 20);
    for (const end = at + lengths[p]!; at < end; at++) out[at] = level * second[at % rate]!;
  });
  return out;
}

const stereo = (signal: Float32Array): Float32Array[] => [signal, signal];

describe("K-weighting", () => {
  it("has the coefficients of the standard's table at 48 kHz", () => {
    const [shelf, highPass] = kWeightingFilters(48000);
    expect(shelf.b0).toBeCloseTo(1.53512485958697, 10);
    expect(shelf.b1).toBeCloseTo(-2.69169618940638, 10);
    expect(shelf.b2).toBeCloseTo(1.19839281085285, 10);
    expect(shelf.a1).toBeCloseTo(-1.69065929318241, 10);
    expect(shelf.a2).toBeCloseTo(0.73248077421585, 10);
    expect(highPass.a1).toBeCloseTo(-1.99004745483398, 10);
    expect(highPass.a2).toBeCloseTo(0.99007225036621, 10);
  });

  it("has the re-derived coefficients at 44.1 kHz", () => {
    const [shelf, highPass] = kWeightingFilters(44100);
    expect(shelf.b0).toBeCloseTo(1.53084123005035, 10);
    expect(shelf.a2).toBeCloseTo(0.71259542807322, 10);
    expect(highPass.a1).toBeCloseTo(-1.9891696736298, 10);
  });
});

describe("integrated loudness", () => {
  it.each([44100, 48000])("of a mono 997 Hz tone at full scale is −3.01 LUFS at %i Hz", (rate) => {
    expect(measureLoudness([tone(997, rate, [0, 5])], rate).integratedLufs).toBeCloseTo(-3.01, 2);
  });

  /** EBU Tech 3341 cases 1 to 5: stereo 1 kHz. */
  const cases: [number, (readonly [number, number])[], number][] = [
    [1, [[-23, 20]], -23],
    [2, [[-33, 20]], -33],
    [3, [[-36, 10], [-23, 60], [-36, 10]], -23], // prettier-ignore
    [4, [[-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10]], -23], // prettier-ignore
    [5, [[-26, 20], [-20, 20.1], [-26, 20]], -23], // prettier-ignore
  ];
  it.each(cases)("meets EBU 3341 case %i within 0.1 LU", (_number, parts, lufs) => {
    const { integratedLufs } = measureLoudness(stereo(tone(1000, 48000, ...parts)), 48000);
    expect(Math.abs(integratedLufs - lufs)).toBeLessThan(0.1);
  });

  it("of silence, and of less than one block, is −∞", () => {
    expect(measureLoudness([new Float32Array(48000)], 48000).integratedLufs).toBe(-Infinity);
    expect(measureLoudness([tone(997, 48000, [0, 0.39])], 48000).integratedLufs).toBe(-Infinity);
  });
});

it("momentary and short-term loudness follow a step within their own windows", () => {
  // −23 dBFS stereo for 5 s, then −33 for 5 s; momentary window i covers [0.1 i, 0.1 i + 0.4)
  const { momentaryLufs, shortTermLufs } = measureLoudness(
    stereo(tone(1000, 48000, [-23, 5], [-33, 5])),
    48000,
  );
  expect(momentaryLufs.length).toBe(97);
  expect(shortTermLufs.length).toBe(71);
  expect(momentaryLufs[46]!).toBeCloseTo(-23, 1);
  expect(momentaryLufs[50]!).toBeCloseTo(-33, 1);
  expect(shortTermLufs[20]!).toBeCloseTo(-23, 1);
  // half of the window loud, half 10 dB down: 10·log10((1 + 0.1)/2) = −2.6 dB
  expect(shortTermLufs[35]!).toBeCloseTo(-25.6, 1);
});

describe("EBU vectors of windows and range", () => {
  /** EBU Tech 3341 case 9: −20 dBFS for 1.34 s and −30 for 1.66 s, five times: 3 s hold −23 LUFS wherever they begin. */
  it("keeps short-term loudness at −23 LUFS through case 9", () => {
    const parts = Array.from({ length: 5 }, () => [[-20, 1.34], [-30, 1.66]] as const).flat(); // prettier-ignore
    const { shortTermLufs } = measureLoudness(stereo(tone(1000, 48000, ...parts)), 48000);
    expect(shortTermLufs.length).toBe(121);
    for (const level of shortTermLufs) expect(Math.abs(level + 23)).toBeLessThan(0.1);
  });

  /** Case 12: −20 dBFS for 0.18 s and −30 for 0.22 s, 25 times: 0.4 s hold −23 LUFS. */
  it("keeps momentary loudness at −23 LUFS through case 12", () => {
    const parts = Array.from({ length: 25 }, () => [[-20, 0.18], [-30, 0.22]] as const).flat(); // prettier-ignore
    const { momentaryLufs } = measureLoudness(stereo(tone(1000, 48000, ...parts)), 48000);
    expect(momentaryLufs.length).toBe(97);
    for (const level of momentaryLufs) expect(Math.abs(level + 23)).toBeLessThan(0.1);
  });

  /** EBU Tech 3342 cases 1 to 4: stereo 1 kHz, 20 s each. */
  it.each([
    [1, [-20, -30], 10],
    [2, [-20, -15], 5],
    [3, [-40, -20], 20],
    [4, [-50, -35, -20, -35, -50], 15],
  ] as const)("finds the loudness range of EBU 3342 case %i within 0.1 LU", (_number, levels, range) => {
    const signal = stereo(tone(1000, 48000, ...levels.map((level) => [level, 20] as const)));
    expect(Math.abs(loudnessRangeLu(measureLoudness(signal, 48000).shortTermLufs) - range)).toBeLessThan(0.1);
  });

  it("is no range in silence", () => {
    expect(loudnessRangeLu(measureLoudness([new Float32Array(48000 * 4)], 48000).shortTermLufs)).toBe(0);
  });
});

describe("true peak", () => {
  /** Case 19: amplitude 1.41 at a quarter of the rate and 45 degrees: +3 dBTP, −0.4 to +0.2. */
  it("finds +3 dBTP over full scale", () => {
    const samples = Float64Array.from({ length: 4800 }, (_, i) => {
      const fade = Math.min(1, i / 480, (4799 - i) / 480);
      return 1.41 * fade * Math.sin((Math.PI * i) / 2 + Math.PI / 4);
    });
    expect(truePeakDbtp(samples)).toBeGreaterThan(2.6);
    expect(truePeakDbtp(samples)).toBeLessThan(3.2);
  });

  /** EBU Tech 3341 cases 15 to 18: peak 0.5 at phases that hide it between the samples. */
  it.each([
    [4, 0],
    [4, 45],
    [6, 60],
    [8, 67.5],
  ])("finds −6 dBTP in a sine of 1/%i of the sample rate at %f degrees", (divisor, degrees) => {
    const samples = Float64Array.from({ length: 4800 }, (_, i) => {
      const fade = Math.min(1, i / 480, (4799 - i) / 480); // a hard start would ring over the peak
      return 0.5 * fade * Math.sin((2 * Math.PI * i) / divisor + (degrees * Math.PI) / 180);
    });
    const peak = truePeakDbtp(samples);
    expect(peak).toBeGreaterThan(-6.4);
    expect(peak).toBeLessThan(-5.8);
  });

  it("is the sample peak of a lone sample, and −∞ of silence", () => {
    const lone = new Float64Array(200);
    lone[100] = 0.25;
    expect(truePeakDbtp(lone)).toBeCloseTo(20 * Math.log10(0.25), 6);
    expect(truePeakDbtp(new Float64Array(200))).toBe(-Infinity);
  });
});

describe("normaliseLoudness", () => {
  it("brings a recording to −23 LUFS by one gain", () => {
    const quiet = tone(997, 48000, [-40, 3]);
    const result = normaliseLoudness(quiet, 48000);
    // mono 997 Hz: −3.01 − 40 = −43.01 LUFS, so 20.01 dB are missing
    expect(result.gainDb).toBeCloseTo(20.01, 1);
    expect(measureLoudness([result.samples], 48000).integratedLufs).toBeCloseTo(-23, 2);
    expect(result.samples[1001]! / quiet[1001]!).toBeCloseTo(10 ** (result.gainDb / 20), 4);
  });

  it("stops at −1 dBTP rather than reach the loudness", () => {
    const clicks = new Float32Array(48000 * 2);
    for (let i = 4800; i < clicks.length; i += 9600) clicks[i] = 0.5;
    const result = normaliseLoudness(clicks, 48000);
    expect(truePeakDbtp(result.samples)).toBeCloseTo(-1, 3);
    expect(result.integratedLufs).toBeLessThan(LISTENING_LEVEL.integratedLufs);
  });

  it("leaves silence alone", () => {
    expect(normaliseLoudness(new Float32Array(48000), 48000).gainDb).toBe(0);
  });
});
