import type { Joints } from "../math/joints.ts";
import type { RoundedWay } from "./rounded-way.ts";
import { FINE_S } from "./travelled-length.ts";

/**
 * Samples of a way that is travelled so.
 *
 * @param travelled length at every `FINE_S`, @param slower factor on all times, >= 1
 * @returns [n × 6] at `sampleS`, both ends of the way included
 */
export function sampledWay(
  way: RoundedWay,
  travelled: Float64Array,
  slower: number,
  sampleS: number,
): Float64Array {
  const totalS = (travelled.length - 1) * FINE_S * slower;
  const samples = Math.ceil(totalS / sampleS - 1e-9) + 1;
  const q_rad = new Float64Array(samples * 6);
  for (let k = 0; k < samples; k++) {
    const at = Math.min((k * sampleS) / slower / FINE_S, travelled.length - 1);
    q_rad.set(pointAt(way, cubic(travelled, at, 0, 1) / way.step), k * 6);
  }
  q_rad.set(way.q_rad.subarray(0, 6), 0);
  q_rad.set(way.q_rad.subarray(way.q_rad.length - 6), (samples - 1) * 6);
  return q_rad;
}

/** The point of a way at a place between its grid's points. */
function pointAt({ q_rad }: RoundedWay, place: number): Joints {
  const at = Math.min(Math.max(place, 0), q_rad.length / 6 - 1);
  return [0, 1, 2, 3, 4, 5].map((j) => cubic(q_rad, at, j, 6)) as unknown as Joints;
}

/**
 * Cubic interpolation (Catmull-Rom) on an even grid: its slope does not jump at the grid's points. Beyond both ends the values go
 * on straight: held still there, they would bend the way's first and last step, and ask for acceleration nobody wants.
 */
function cubic(values: Float64Array, at: number, offset: number, stride: number): number {
  const count = values.length / stride;
  const i = Math.min(Math.floor(at), count - 2);
  const [b, c] = [values[i * stride + offset]!, values[(i + 1) * stride + offset]!];
  const a = i > 0 ? values[(i - 1) * stride + offset]! : 2 * b - c;
  const d = i < count - 2 ? values[(i + 2) * stride + offset]! : 2 * c - b;
  const x = at - i;
  return b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)));
}
