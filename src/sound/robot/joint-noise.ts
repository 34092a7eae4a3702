import { seededRandom } from "../../math/random.ts";
import { readSmooth } from "../string/smooth-curve.ts";

export interface JointNoiseSettings {
  /** Level of one joint at 1 rad/s [dBFS, mean square]; −Infinity = silent. */
  readonly levelDbfs: number;
  readonly seed: number;
}

/** Turns of the motor per turn of the joint. @source UR5e: strain wave gears of 101:1 */
const GEAR_RATIO = 101;
/** What is heard of each turn of the motor: the wave generator passes twice, and overtones at 2 and 4 times that. @assumed */
const FIRST_ORDER = 2;
const SHARES = [0.6, 0.35, 0.2] as const;
/** Tones and rush share the level. @assumed */
const RUSH_SHARE = 0.6;
/** Middle of the rush of gears and bearings [Hz], and how broad. @assumed */
const RUSH_HZ = 1400;
const RUSH_Q = 0.7;
/** A joint slower than this is not heard to turn [rad/s]. */
const AT_REST_RADPS = 0.002;

/**
 * What the arm itself sounds like: tones that follow the motors, and a rush that grows with speed.
 *
 * A stem of its own, so that a recording without it can be had, and one with it can be worked on. @assumed nobody has
 * given a spectrum of this arm; pitch follows from the gears, levels are guessed
 *
 * @param jointSpeeds_radps [n × 6], one row per `periodS`
 * @returns samples at `sampleRateHz`, as long as the rows last
 */
export function jointNoise(
  jointSpeeds_radps: Float64Array,
  periodS: number,
  sampleRateHz: number,
  settings: JointNoiseSettings,
): Float32Array {
  const rows = jointSpeeds_radps.length / 6;
  const out = new Float32Array(Math.round(rows * periodS * sampleRateHz));
  if (settings.levelDbfs === -Infinity) return out;
  const level = 10 ** (settings.levelDbfs / 20) * Math.SQRT2;
  const speeds = Array.from({ length: 6 }, (_, j) =>
    Float64Array.from({ length: rows }, (_, row) => jointSpeeds_radps[6 * row + j]!),
  );
  const rush = rushOf(out.length, sampleRateHz, settings.seed);
  const step = 1 / (sampleRateHz * periodS);
  const hop = 32;
  const phase = new Float64Array(6);
  const now = Float64Array.from(speeds, (speed) => Math.abs(readSmooth(speed, 0)));
  for (let at = 0; at < out.length; at += hop) {
    const length = Math.min(hop, out.length - at);
    let [total, totalNext] = [0, 0];
    for (let j = 0; j < 6; j++) {
      const next = Math.abs(readSmooth(speeds[j]!, (at + hop) * step));
      total += now[j]!;
      totalNext += next;
      phase[j] = addTones(out, { at, length, hop }, [now[j]!, next], phase[j]!, level, sampleRateHz);
      now[j] = next;
    }
    for (let n = 0; n < length; n++)
      out[at + n]! += level * RUSH_SHARE * (total + ((totalNext - total) * n) / hop) * rush[at + n]!;
  }
  return out;
}

/**
 * Tones of one motor whose speed runs straight along the piece, so that its phase runs along a parabola:
 *
 *     z_(n+1) = z_n·r_n,   r_(n+1) = r_n·q     z, r, q on the unit circle
 *
 * @returns phase of the motor after the piece [turns]
 */
function addTones(
  out: Float32Array,
  piece: { readonly at: number; readonly length: number; readonly hop: number },
  [from, to]: readonly [number, number],
  turn: number,
  level: number,
  sampleRateHz: number,
): number {
  if (from < AT_REST_RADPS && to < AT_REST_RADPS) return turn;
  const radians = (FIRST_ORDER * GEAR_RATIO) / sampleRateHz;
  const faster = (to - from) / piece.hop;
  const first = 2 * Math.PI * FIRST_ORDER * turn;
  let [sin, cos] = [Math.sin(first), Math.cos(first)];
  let [rSin, rCos] = [Math.sin(radians * from), Math.cos(radians * from)];
  const [qSin, qCos] = [Math.sin(radians * faster), Math.cos(radians * faster)];
  for (let n = 0; n < piece.length; n++) {
    // the orders double: sin 2x = 2 sin x cos x, cos 2x = 1 − 2 sin² x
    const sin2 = 2 * sin * cos;
    const sin4 = 2 * sin2 * (1 - 2 * sin * sin);
    out[piece.at + n]! +=
      level * (from + faster * n) * (SHARES[0] * sin + SHARES[1] * sin2 + SHARES[2] * sin4);
    const nextSin = sin * rCos + cos * rSin;
    cos = cos * rCos - sin * rSin;
    sin = nextSin;
    const nextRSin = rSin * qCos + rCos * qSin;
    rCos = rCos * qCos - rSin * qSin;
    rSin = nextRSin;
  }
  const turns = (GEAR_RATIO / (2 * Math.PI * sampleRateHz)) * piece.length;
  return (turn + turns * (from + (faster * (piece.length - 1)) / 2)) % 1;
}

/** Noise about `RUSH_HZ`, of mean square about 1. */
function rushOf(count: number, sampleRateHz: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const w = (2 * Math.PI * RUSH_HZ) / sampleRateHz;
  const alpha = Math.sin(w) / (2 * RUSH_Q);
  const [b, a1, a2] = [alpha / (1 + alpha), (-2 * Math.cos(w)) / (1 + alpha), (1 - alpha) / (1 + alpha)];
  const loud = Math.sqrt(3 / (RUSH_HZ / RUSH_Q / (sampleRateHz / 2)) / (Math.PI / 2)); // of white noise in [−1, 1]
  const out = new Float32Array(count);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const x = 2 * random() - 1;
    const y = b * (x - x2) - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    out[i] = loud * y;
  }
  return out;
}
