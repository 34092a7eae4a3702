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

/** Of EBU Tech 3341 all cases but 7 and 8, and of 3342 all but 5 and 6: those are programme material, and are not here. */
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

  /** Case 6: five channels at −28, −28, −24, −30, −30 dBFS; the surround channels count 1.41 times. */
  it("meets EBU 3341 case 6 within 0.1 LU", () => {
    const channels = [-28, -28, -24, -30, -30].map((dbfs) => tone(1000, 48000, [dbfs, 20]));
    expect(Math.abs(measureLoudness(channels, 48000).integratedLufs + 23)).toBeLessThan(0.1);
  });

  it("of silence, and of less than one block, is −∞", () => {
    expect(measureLoudness([new Float32Array(48000)], 48000).integratedLufs).toBe(-Infinity);
    expect(measureLoudness([tone(997, 48000, [0, 0.39])], 48000).integratedLufs).toBe(-Infinity);
  });
});

it("momentary and short-term loudness follow a step within their own windows", () => {
  // −23 dBFS stereo for 5 s, then −33 for 5 s; momentary window i covers [i, i + 40) hundredths of a second
  const { momentaryLufs, shortTermLufs } = measureLoudness(
    stereo(tone(1000, 48000, [-23, 5], [-33, 5])),
    48000,
  );
  expect(momentaryLufs.length).toBe(961);
  expect(shortTermLufs.length).toBe(71);
  expect(momentaryLufs[460]!).toBeCloseTo(-23, 1);
  expect(momentaryLufs[503]!).toBeCloseTo(-33, 1);
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
    expect(momentaryLufs.length).toBe(961);
    for (const level of momentaryLufs) expect(Math.abs(level + 23)).toBeLessThan(0.1);
  });

  /** Twenty bursts, each at its own distance from the grid of windows: the loudest window of each must hold it whole. */
  const bursts = (
    burst: (i: number) => readonly (readonly [dbfs: number, seconds: number])[],
  ): { readonly levels: ReturnType<typeof measureLoudness>; readonly startsS: readonly number[] } => {
    const parts = Array.from({ length: 20 }, (_, i) => burst(i + 1));
    let atS = 0;
    const startsS = parts.map((part) => {
      const startS = atS;
      atS += part.reduce((sum, [, seconds]) => sum + seconds, 0);
      return startS;
    });
    return { levels: measureLoudness(stereo(tone(1000, 48000, ...parts.flat())), 48000), startsS };
  };
  const SILENCE = -200;
  const loudestWithin = (
    levels: Float64Array,
    windowsPerS: number,
    [fromS, toS]: readonly [number, number],
  ): number =>
    levels
      .subarray(Math.round(fromS * windowsPerS), Math.round(toS * windowsPerS))
      .reduce((most, level) => Math.max(most, level), -Infinity);

  /** EBU Tech 3341 cases 10 and 13: i times 0.15 s (0.02 s) of silence, −23 dBFS for 3 s (0.4 s), 1 s of silence. */
  it.each([
    [10, 0.15, 3],
    [13, 0.02, 0.4],
  ] as const)("finds −23 LUFS in every burst of case %i", (number, delayS, lengthS) => {
    const { levels, startsS } = bursts((i) => [[SILENCE, i * delayS], [-23, lengthS], [SILENCE, 1]]); // prettier-ignore
    startsS.forEach((startS, i) => {
      const endS = startsS[i + 1] ?? startS + (i + 1) * delayS + 1;
      const loudest =
        number === 10
          ? loudestWithin(levels.shortTermLufs, 10, [startS, endS])
          : loudestWithin(levels.momentaryLufs, 100, [startS, endS]);
      expect(Math.abs(loudest + 23), `burst ${i + 1}`).toBeLessThan(0.1);
    });
  });

  /** Cases 11 and 14: the same bursts at −38 + i dBFS, each followed by silence up to a whole 6 s (0.8 s). */
  it.each([
    [11, 0.15, 3],
    [14, 0.02, 0.4],
  ] as const)("follows twenty bursts that grow by 1 LU each through case %i", (number, delayS, lengthS) => {
    const { levels, startsS } = bursts((i) => [
      [SILENCE, i * delayS],
      [-38 + i, lengthS],
      [SILENCE, lengthS - i * delayS],
    ]);
    startsS.forEach((startS, i) => {
      const toS = startS + (i + 1) * delayS + lengthS;
      const loudest =
        number === 11
          ? loudestWithin(levels.shortTermLufs, 10, [startS, toS])
          : loudestWithin(levels.momentaryLufs, 100, [startS, toS]);
      expect(Math.abs(loudest - (-38 + i + 1)), `burst ${i + 1}`).toBeLessThan(0.1);
    });
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

  /** As cases 20 to 23: a swell to full scale inside a sine of half of it, made at four times the rate and thinned out. */
  it.each([0, 1, 2, 3])(
    "finds 0 dBTP in a swell to full scale, %i quarters of a sample off the grid",
    (offset) => {
      // a sixth of 48 kHz: 24 points of 192 kHz a cycle; the middle cycle's top is 1 at point 2400
      const fine = Float64Array.from({ length: 4800 }, (_, i) => {
        const swell = 0.5 + 0.5 * Math.exp(-(((i - 2400) / 96) ** 2));
        const fade = Math.min(1, i / 960, (4799 - i) / 960);
        return swell * fade * Math.cos((2 * Math.PI * (i - 2400)) / 24);
      });
      const peak = truePeakDbtp(fine.filter((_, i) => i % 4 === offset));
      expect(peak).toBeGreaterThan(-0.4);
      expect(peak).toBeLessThan(0.2);
    },
  );

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
