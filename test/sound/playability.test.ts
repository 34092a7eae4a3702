import { describe, expect, it } from "vitest";
import type { StringName } from "../../src/score/score.ts";
import { DEFAULT_SOUND, type SoundSettings } from "../../src/sound/sound-settings.ts";
import { isAcceptedStart } from "../../src/sound/string/helmholtz.ts";
import { largestForceN, smallestForceN } from "./schelleng.ts";
import { play, STEADY } from "./steady-note.ts";

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
    const at = (string: StringName, beta: number, bowSpeedMps: number): number =>
      largestForceN({ string, bowSpeedMps, contactM: beta * 0.69 });
    const slopes = (["G", "D", "A"] as const).map((string) =>
      logSlope([0.06, 0.08, 0.11, 0.155].map((beta) => [beta, at(string, beta, 0.1)])),
    );
    expect(Math.abs(slopes.reduce((sum, x) => sum + x / 3, 0) + 1)).toBeLessThan(0.2);
    expect(Math.abs(at("D", 0.09, 0.2) / at("D", 0.09, 0.1) - 2)).toBeLessThan(0.3);
  });

  it("goes with v/β exactly where the string does not twist", () => {
    const settings = {
      ...DEFAULT_SOUND,
      torsion: { ...DEFAULT_SOUND.torsion, impedanceRatio: 100 },
    };
    const points = [0.06, 0.1, 0.15].map((beta) => {
      return [beta, largestForceN({ bowSpeedMps: 0.1, contactM: beta * 0.69 }, settings)] as const;
    });
    expect(Math.abs(logSlope(points) + 1)).toBeLessThan(0.05);
  });

  it("has a smallest force that falls with β², and lies above Schelleng's estimate", () => {
    const settings = { ...DEFAULT_SOUND, touchForceN: 1e-4 };
    const slopes = (
      [
        ["A", 1],
        ["D", 4],
      ] as const
    ).map(([string, semitones]) => {
      // prettier-ignore
      const smallest = (beta: number): number => {
        const contactM = beta * 0.69 * 2 ** (-semitones / 12);
        return smallestForceN({ string, semitones, bowSpeedMps: 0.2, contactM }, 1.2, settings);
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

const ACCELERATIONS = [0.4, 0.9, 1.4, 1.9, 2.4, 2.9];
const FORCES = [0.3, 0.7, 1.2, 1.7, 2.3, 2.9];

/** Starts of the open D string at β = 0.0899 from rest with constant acceleration. @source Galluzzo's rig, euphonics 9.5.4 */
function guettler(settings: SoundSettings) {
  return ACCELERATIONS.map((accelerationMps2) =>
    FORCES.map((forceN) =>
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
  friction: { kind: "hyperbolic", staticCoefficient: 1.05, slidingCoefficient: 0.35, halfDropMps: 0.05 },
};

describe.each([
  ["thermal", DEFAULT_SOUND],
  ["hyperbolic", HYPERBOLIC],
] as const)("Guettler's map with %s friction", (_law, settings) => {
  const map = guettler(settings);
  const accepted = map.map((column) => column.map(({ tone }) => isAcceptedStart(tone)));

  it("is a wedge with two sides: too heavy for slow starts, too light for quick ones", () => {
    expect(accepted[0]!.slice(2)).toEqual([false, false, false, false]); // 1.2 N and more at 0.4 m/s²
    for (const quick of accepted.slice(3)) expect(quick[0]).toBe(false); // 0.3 N at 1.9 m/s² and more
    for (const column of accepted.slice(1)) expect(column.some(Boolean)).toBe(true);
  });

  it("moves to larger forces with acceleration", () => {
    const middle = accepted.slice(1).map((column) => {
      const good = column.flatMap((yes, i) => (yes ? [FORCES[i]!] : []));
      return good.reduce((sum, f) => sum + f, 0) / good.length;
    });
    // a straight line through the middles of the columns rises by a newton or so over 2 m/s²
    const [low, high] = [(middle[0]! + middle[1]!) / 2, (middle[3]! + middle[4]!) / 2];
    expect(high - low).toBeGreaterThan(0.7);
  });

  it("settles within 50 ms in the median of the good starts", () => {
    const good = map.flat().filter(({ tone }) => isAcceptedStart(tone));
    const times = good.map(({ tone }) => tone.preHelmholtzS!).sort((a, b) => a - b);
    expect(good.length).toBeGreaterThanOrEqual(9);
    expect(times[times.length >> 1]!).toBeLessThan(0.05);
  });
});
