import { expect, it } from "vitest";
import type { ClearanceCheck } from "../../src/collision/clearance.ts";
import { clearanceFor } from "../../src/planning/clearance-checks.ts";
import { checkPath } from "../../src/trajectory/check-path.ts";
import { derivatives } from "../../src/trajectory/derivatives.ts";
import { cell, instrument, profile } from "../performance/short-piece.ts";

const SAMPLE_S = 0.005;
/** The base turns by 0.1 rad and back, three times in 12 s, from score second −1 on. */
const swings = Float64Array.from({ length: 2401 * 6 }, (_, k) => {
  const turned = k % 6 === 0 ? 0.05 * (1 - Math.cos((2 * Math.PI * Math.floor(k / 6)) / 800)) : 0;
  return instrument.parked_rad[k % 6]! + turned;
});
const path = { q_rad: swings, sampleS: SAMPLE_S, startS: -1 };

it("tells every place where something comes too near, each at its nearest", () => {
  // A wall: 10 mm are left at 0.09 rad, and a tenth of a metre less a radian farther; the third swing meets nothing.
  let sweeps = 0;
  const wall = (q: number): number => 0.01 - 0.1 * (q - instrument.parked_rad[0] - 0.09);
  const isOpen = (): boolean => sweeps > 400;
  const nothing = { pair: ["bow", "wall"], allowanceM: 0 } as const;
  const clearance: ClearanceCheck = {
    ...clearanceFor({ instrument, cell, profile }),
    clearanceAt: ({ 0: q }) => ({ ...nothing, minM: isOpen() ? 1 : wall(q), pairNumber: 0 }),
    sweepSpline: (from) => {
      sweeps += 1;
      const lowerBoundM = isOpen() ? 1 : wall(from.q_rad[0]);
      return { ...nothing, lowerBoundM, sampledM: lowerBoundM };
    },
  };
  const { limits, trajectory: settings } = profile;
  const checked = checkPath(path, derivatives(swings, SAMPLE_S), { instrument, limits, clearance, settings });
  if (checked.ok) throw new Error("nothing was too near");
  expect(checked.why).toMatchObject({ kind: "too-close", places: [1, 5] }); // half-way through a swing of 4 s
});

it("tells when the elbow is straightest, and apart from that when the arm is nearest to singular", () => {
  const [, , elbow_rad, , wrist2_rad] = instrument.parked_rad;
  /** 1 at that score second, 0 from a second before and after it. */
  const bump = (timeS: number, atS: number): number =>
    Math.abs(timeS - atS) < 1 ? Math.cos((Math.PI * (timeS - atS)) / 2) ** 4 : 0;
  const bends = Float64Array.from({ length: 2401 * 6 }, (_, k) => {
    const [joint, timeS] = [k % 6, path.startS + SAMPLE_S * Math.floor(k / 6)];
    if (joint === 2) return elbow_rad - 0.2 * Math.sign(elbow_rad) * bump(timeS, 7);
    // Wrist 2 at zero is the singularity of the wrist.
    if (joint === 4) return wrist2_rad * (1 - 0.7 * bump(timeS, 3));
    return instrument.parked_rad[joint]!;
  });
  const clearance: ClearanceCheck = {
    ...clearanceFor({ instrument, cell, profile }),
    clearanceAt: () => ({ pair: ["bow", "wall"], allowanceM: 0, minM: 1, pairNumber: 0 }),
    sweepSpline: () => ({ pair: ["bow", "wall"], allowanceM: 0, lowerBoundM: 1, sampledM: 1 }),
  };
  const { limits, trajectory: settings } = profile;
  const context = { instrument, limits, clearance, settings };
  const checked = checkPath({ ...path, q_rad: bends }, derivatives(bends, SAMPLE_S), context);
  if (!checked.ok) throw new Error(checked.why.kind);
  const { atS, elbowAtS, minElbow_rad } = checked.value.singularity;
  expect(elbowAtS).toBeCloseTo(7, 2);
  expect(minElbow_rad).toBeCloseTo(Math.abs(elbow_rad) - 0.2, 6);
  expect(atS).toBeCloseTo(3, 2);
});
