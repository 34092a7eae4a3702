import { describe, expect, it } from "vitest";
import { DEFAULT_SOUND, type SoundSettings } from "../../src/sound/sound-settings.ts";
import { isAcceptedStart } from "../../src/sound/string/helmholtz.ts";
import { largestForceN, shareAtForce } from "./schelleng.ts";
import { play, STEADY, type Bowing } from "./steady-note.ts";

/** Slope of a straight line through points (log x, log y). */
function logSlope(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (k: 0 | 1): number => logs.reduce((sum, p) => sum + p[k], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const top = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return top / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

describe("Schelleng's diagram", () => {
  it("has a largest force that goes with v/β", () => {
    for (const string of ["D", "C"] as const) {
      const at = (beta: number, bowSpeedMps: number): number =>
        largestForceN({ string, bowSpeedMps, contactM: beta * 0.69 });
      const byBeta = [0.06, 0.09, 0.135].map((beta) => [beta, at(beta, 0.1)] as const);
      expect(Math.abs(logSlope(byBeta) + 1)).toBeLessThan(0.2);
      expect(Math.abs(Math.log2(at(0.09, 0.2) / byBeta[1]![1]) - 1)).toBeLessThan(0.1);
    }
  });

  it("has a smallest force that falls with β², and lies above Schelleng's estimate", () => {
    const settings = { ...DEFAULT_SOUND, touchForceN: 1e-4 };
    const slopes = ([["A", 1], ["D", 4]] as const).map(([string, semitones]) => { // prettier-ignore
      const smallest = (beta: number): number => {
        const note: Bowing = { ...STEADY, string, semitones, bowSpeedMps: 0.2, contactM: beta * 0.69 * 2 ** (-semitones / 12) }; // prettier-ignore
        let forceN = 1.5;
        while (forceN > 0.01 && shareAtForce(note, forceN / 1.25, settings) > 0.8) forceN /= 1.25;
        return forceN;
      };
      const byBeta = [0.05, 0.08, 0.125].map((beta) => [beta, smallest(beta)] as const);
      expect(byBeta[2]![1]).toBeGreaterThan(0.02);
      return logSlope(byBeta);
    });
    const mean = (slopes[0]! + slopes[1]!) / 2;
    expect(mean).toBeGreaterThan(-2.5);
    expect(mean).toBeLessThan(-1.5);
  });
});

/** Starts of the open D string at β = 0.0899 from rest with constant acceleration. @source Galluzzo's rig, euphonics 9.5.4 */
function guettler(settings?: SoundSettings) {
  const steps = [0.4, 0.9, 1.4, 1.9, 2.4, 2.9];
  return steps.map((accelerationMps2) =>
    steps.map((forceN) =>
      play(
        {
          ...STEADY,
          contactM: 0.0899 * 0.69,
          forceN,
          bowSpeedMps: 0.15 * accelerationMps2,
          forceLeadS: 0.1,
          rampS: 0.08,
          lengthS: 0.4,
          speedAt: (t) => accelerationMps2 * Math.max(0, t),
        },
        settings,
      ),
    ),
  );
}

const HYPERBOLIC: SoundSettings = {
  ...DEFAULT_SOUND,
  friction: { kind: "hyperbolic", staticCoefficient: 1.18, slidingCoefficient: 0.436, halfDropMps: 0.026 },
};

describe.each([
  ["thermal", DEFAULT_SOUND],
  ["hyperbolic", HYPERBOLIC],
] as const)("Guettler's map with %s friction", (_law, settings) => {
  const map = guettler(settings);
  const accepted = map.map((column) => column.map(({ tone }) => isAcceptedStart(tone)));

  it("is a wedge with two sides: too heavy for a slow start, too light for a quick one", () => {
    const [slow, quick] = [accepted[0]!, accepted.at(-1)!];
    expect(slow.slice(-2)).toEqual([false, false]); // 2.4 and 2.9 N at 0.4 m/s²
    expect(quick[0]).toBe(false); // 0.4 N at 2.9 m/s²
    expect(slow.some(Boolean)).toBe(true);
    expect(quick.some(Boolean)).toBe(true);
  });

  it("moves to larger forces with acceleration", () => {
    const heaviest = accepted.map((column) => column.lastIndexOf(true));
    const middle = accepted.map((column) => {
      const good = column.flatMap((yes, i) => (yes ? [i] : []));
      return good.reduce((sum, i) => sum + i, 0) / good.length;
    });
    expect(heaviest.at(-1)!).toBeGreaterThan(heaviest[0]!);
    expect(middle.slice(3).reduce((s, x) => s + x, 0)).toBeGreaterThan(
      middle.slice(0, 3).reduce((s, x) => s + x, 0) + 2,
    );
  });

  it("settles within 50 ms in the median of the good starts, and a good part of all starts is good", () => {
    const good = map.flat().filter(({ tone }) => isAcceptedStart(tone));
    const times = good.map(({ tone }) => tone.preHelmholtzS!).sort((a, b) => a - b);
    expect(times[times.length >> 1]!).toBeLessThan(0.05);
    expect(good.length / 36).toBeGreaterThan(0.33);
  });
});
