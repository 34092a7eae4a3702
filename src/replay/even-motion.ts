import { CellistError } from "../errors.ts";
import { jointsAt, type Joints } from "../math/joints.ts";
import type { Take } from "./take.ts";

/** Joints on an even grid of time. */
export interface EvenMotion {
  readonly periodS: number;
  /** [n × 6] */
  readonly q_rad: Float64Array;
  readonly qd_radps: Float64Array;
}

/** Longest time between states that still tells how the arm went: 125 Hz logs with their gaps have it [s]. */
const COARSEST_S = 0.05;

/**
 * The joints of a take on an even grid, by cubics through the recorded states (finite differences as slopes), which
 * also bridge the gaps of a logger.
 *
 * @param q_rad other joints of the same states, as the targets
 * @throws CellistError "bag-unreadable" when the states lie too far apart, as in logs of events
 */
export function evenMotion(take: Take, periodS: number, q_rad = take.q_rad): EvenMotion {
  const { timeS } = take;
  const usualS = usualStepS(take);
  if (usualS > COARSEST_S)
    throw new CellistError(
      "bag-unreadable",
      `${take.path} has a state every ${usualS.toFixed(2)} s; a replay needs one every ${COARSEST_S} s at least`,
    );
  const count = Math.floor((timeS.at(-1)! - timeS[0]!) / periodS) + 1;
  const q = new Float64Array(6 * count);
  const qd = new Float64Array(6 * count);
  for (let row = 0, k = 0; row < count; row++) {
    const t = timeS[0]! + row * periodS;
    while (k + 2 < timeS.length && timeS[k + 1]! <= t) k++;
    for (let j = 0; j < 6; j++) [q[6 * row + j], qd[6 * row + j]] = cubicAt(timeS, q_rad, k, j, t);
  }
  return { periodS, q_rad: q, qd_radps: qd };
}

/** Whether the states lie close enough for a motion: logs of events do not. */
export const isDense = (take: Take): boolean => usualStepS(take) <= COARSEST_S;

function usualStepS({ timeS }: Take): number {
  const steps = Array.from(timeS.subarray(1), (t, i) => t - timeS[i]!).sort((a, b) => a - b);
  return steps[steps.length >> 1]!;
}

/** Value and slope at t of the cubic between states k and k + 1. */
function cubicAt(
  timeS: Float64Array,
  q: Float64Array,
  k: number,
  joint: number,
  t: number,
): readonly [number, number] {
  const value = (i: number): number => q[6 * Math.min(Math.max(i, 0), timeS.length - 1) + joint]!;
  const time = (i: number): number => timeS[Math.min(Math.max(i, 0), timeS.length - 1)]!;
  const chord = (i: number): number => (value(i + 1) - value(i)) / (time(i + 1) - time(i));
  // Slope of the parabola through three states: their distances differ at a gap.
  const slope = (i: number): number => {
    if (i <= 0) return chord(0);
    if (i >= timeS.length - 1) return chord(timeS.length - 2);
    const [before, after] = [time(i) - time(i - 1), time(i + 1) - time(i)];
    return (chord(i - 1) * after + chord(i) * before) / (before + after);
  };
  const h = timeS[k + 1]! - timeS[k]!;
  const s = (t - timeS[k]!) / h;
  const [a, b, da, db] = [value(k), value(k + 1), h * slope(k), h * slope(k + 1)];
  const c2 = 3 * (b - a) - 2 * da - db;
  const c3 = 2 * (a - b) + da + db;
  return [a + s * (da + s * (c2 + s * c3)), (da + s * (2 * c2 + 3 * s * c3)) / h];
}

/** Joints between two rows of an even motion, straight from one to the other. @param place in rows, held at both ends */
export function jointsBetween(values: Float64Array, place: number): Joints {
  const last = values.length / 6 - 1;
  const at = Math.min(Math.max(place, 0), last);
  const row = Math.min(Math.floor(at), Math.max(last - 1, 0));
  const [a, b] = [jointsAt(values, row), jointsAt(values, Math.min(row + 1, last))];
  return a.map((v, j) => v + (at - row) * (b[j]! - v)) as unknown as Joints;
}
