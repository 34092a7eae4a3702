import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import { derivatives } from "./derivatives.ts";
import { fastestPace } from "./fastest-pace.ts";
import type { MotionLimits } from "./joint-trajectory.ts";
import { handSpeedMps, largestUse } from "./measure-path.ts";
import type { RoundedWay } from "./rounded-way.ts";

/** How fast a free motion may be. */
export interface FreePace {
  readonly limits: MotionLimits;
  /** Of all limits, in (0, 1]. */
  readonly share: number;
  readonly sampleS: number;
}

/**
 * Accelerations change over this time, twice [s]. @source tried on the ways of `bench/independent`: at 42 and at 30 ms the jerk
 *   limit slows the whole down by more than the shorter easing saves
 */
const EASE_S = 0.05;
/** Grid on which the pace is smoothed [s]. */
const FINE_S = 0.001;

/**
 * Samples along a rounded way from rest to rest: as fast as its limits allow, then eased so that the jerk is bounded too.
 *
 * Easing averages the way travelled over a moving window, so the arm stays exactly on its way; what it then asks of the joints is
 * measured, and the whole is slowed down by the little that is too much.
 *
 * @returns [n × 6] at `sampleS`, both ends included
 */
export function timedWay(
  way: RoundedWay,
  instrument: Pick<Instrument, "dh" | "hair" | "tcp_F">,
  { limits, share, sampleS }: FreePace,
): Float64Array {
  const pace = fastestPace({
    ...way,
    joints: 6,
    acceleration: limits.jointAcceleration_radps2.map((a) => share * a),
    ceiling: ceilingOf(way, instrument, limits, share),
  });
  const travelled = eased(eased(evenTimes(pace, way.step), EASE_S), EASE_S);
  let slower = 1;
  for (let round = 0; round < 4; round++) {
    const q_rad = sampled(way, travelled, slower, sampleS);
    const excess = excessOf(q_rad, instrument, limits, share, sampleS);
    if (excess <= 1 + 1e-6) return q_rad;
    slower *= excess * 1.002;
  }
  return sampled(way, travelled, slower, sampleS);
}

/** Squared pace that the speed limits allow: of the joints, and of hand and elbow. */
function ceilingOf(
  { q_rad, slope }: RoundedWay,
  instrument: Pick<Instrument, "dh" | "hair" | "tcp_F">,
  limits: MotionLimits,
  share: number,
): Float64Array {
  return Float64Array.from({ length: q_rad.length / 6 }, (_, i) => {
    const hand =
      (share * limits.tcpSpeedMps) / handSpeedMps(instrument as Instrument, q_rad, { qd: slope }, i);
    const joints = limits.jointSpeed_radps.map((v, j) => (share * v) / Math.abs(slope[i * 6 + j]!));
    return Math.min(hand, ...joints) ** 2;
  });
}

/** Length travelled at even times [FINE_S], from the squared pace at even lengths. */
function evenTimes(pace: Float64Array, step: number): Float64Array {
  const times = new Float64Array(pace.length);
  for (let i = 1; i < pace.length; i++)
    times[i] = times[i - 1]! + (2 * step) / (Math.sqrt(pace[i - 1]!) + Math.sqrt(pace[i]!));
  const total = times.at(-1)!;
  const travelled = new Float64Array(Math.ceil(total / FINE_S) + 1);
  let i = 1;
  for (let k = 0; k < travelled.length; k++) {
    const t = Math.min(k * FINE_S, total);
    while (i < times.length - 1 && times[i]! < t) i++;
    const [t0, v0, v1] = [times[i - 1]!, Math.sqrt(pace[i - 1]!), Math.sqrt(pace[i]!)];
    const acceleration = (v1 - v0) / (times[i]! - t0);
    travelled[k] = (i - 1) * step + v0 * (t - t0) + (acceleration * (t - t0) ** 2) / 2;
  }
  travelled[travelled.length - 1] = (pace.length - 1) * step;
  return travelled;
}

/** Moving average over `windowS`: before the start nothing is travelled, after the end all of it. */
function eased(travelled: Float64Array, windowS: number): Float64Array {
  const width = Math.round(windowS / FINE_S);
  const last = travelled.length - 1;
  const result = new Float64Array(travelled.length + width);
  let sum = 0;
  for (let k = 0; k < result.length; k++) {
    sum += travelled[Math.min(k, last)]!;
    if (k >= width + 1) sum -= travelled[Math.min(k - width - 1, last)]!;
    result[k] = sum / (width + 1);
  }
  return result;
}

function sampled(way: RoundedWay, travelled: Float64Array, slower: number, sampleS: number): Float64Array {
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

/** Cubic interpolation (Catmull-Rom) on an even grid: its slope does not jump at the grid's points. */
function cubic(values: Float64Array, at: number, offset: number, stride: number): number {
  const count = values.length / stride;
  const i = Math.min(Math.floor(at), count - 2);
  const value = (k: number): number => values[Math.min(Math.max(k, 0), count - 1) * stride + offset]!;
  const [a, b, c, d] = [value(i - 1), value(i), value(i + 1), value(i + 2)];
  const x = at - i;
  return b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)));
}

/** How much slower it has to be for every limit to hold; at most 1 = none. */
function excessOf(
  q_rad: Float64Array,
  instrument: Pick<Instrument, "dh" | "hair" | "tcp_F">,
  limits: MotionLimits,
  share: number,
  sampleS: number,
): number {
  const d = derivatives(q_rad, sampleS);
  const use = (values: Float64Array, limit: Joints): number => {
    const worst = largestUse(values, limit);
    return worst.value / worst.limit / share;
  };
  let hand = 0;
  for (let k = 0; k < q_rad.length / 6; k += 4)
    hand = Math.max(hand, handSpeedMps(instrument as Instrument, q_rad, d, k) / limits.tcpSpeedMps / share);
  return Math.max(
    hand,
    use(d.qd, limits.jointSpeed_radps),
    Math.sqrt(use(d.qdd, limits.jointAcceleration_radps2)),
    Math.cbrt(use(d.qddd, limits.jointJerk_radps3)),
  );
}
