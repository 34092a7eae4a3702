import type { PerformanceRecord } from "../../evaluation/performance-record.ts";
import { seededRandom } from "../../math/random.ts";
import type { Variation } from "../session/protocol.ts";

/** Slow swings: their periods [s]. */
const SWING_S = [3.1, 4.7, 7.3];

/**
 * A robot's performance as if a hand had wavered: time swings, force and speed wander, each by its declared share. The
 * record stays a record: its clock, contacts and rate agree with each other, so whatever renders or judges it works.
 */
export function variedPerformance(
  record: PerformanceRecord,
  variation: Variation,
  seed: number,
): PerformanceRecord {
  const random = seededRandom(seed);
  const swing = swings(random);
  const [force, speed] = [swings(random), swings(random)];
  const startS = record.robotTimeS[0] ?? 0;
  const n = record.robotTimeS.length;
  const from = new Float64Array(n);
  const rate = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const t = record.robotTimeS[k]! - startS;
    from[k] = t + variation.rubato * swing.integral(t);
    rate[k] = 1 + variation.rubato * swing.at(t);
  }
  const periodS = n > 1 ? (record.robotTimeS[n - 1]! - startS) / (n - 1) : 1;
  const row = (k: number): number => Math.min(n - 1, Math.max(0, Math.round(from[k]! / periodS)));
  const share = (wander: ReturnType<typeof swings>, spread: number, k: number): number =>
    Math.max(0.2, 1 + spread * wander.at(record.robotTimeS[k]! - startS));
  const warped = (
    values: Float64Array,
    width: number,
    scale: (k: number) => number = () => 1,
  ): Float64Array =>
    Float64Array.from(values, (_, at) => {
      const k = Math.floor(at / width);
      return values[row(k) * width + (at % width)]! * scale(k);
    });
  const { contacts } = record;
  return {
    ...record,
    pathTimeS: warped(record.pathTimeS, 1),
    rate: rate.map((r, k) => r * record.rate[row(k)]!),
    contacts: {
      source: contacts.source,
      forceN: warped(contacts.forceN, 4, (k) => share(force, variation.forceSpread, k)),
      bowSpeedMps: warped(contacts.bowSpeedMps, 4, (k) => rate[k]! * share(speed, variation.speedSpread, k)),
      contactM: warped(contacts.contactM, 4),
      bowPositionM: warped(contacts.bowPositionM, 4),
    },
  };
}

/** A sum of slow sines of unit standard deviation, with its integral from 0. */
function swings(random: () => number) {
  const parts = SWING_S.map((s) => ({
    w: (2 * Math.PI) / (s * (0.8 + 0.4 * random())),
    phase: 2 * Math.PI * random(),
  }));
  const scale = Math.sqrt(2 / parts.length);
  return {
    at: (t: number): number => scale * parts.reduce((sum, p) => sum + Math.sin(p.w * t + p.phase), 0),
    integral: (t: number): number =>
      scale * parts.reduce((sum, p) => sum + (Math.cos(p.phase) - Math.cos(p.w * t + p.phase)) / p.w, 0),
  };
}

/** Moves the pitch of a whole sound up and down by a delay that swings. */
export function withVibrato(
  x: Float32Array,
  sampleRateHz: number,
  { vibratoCents, vibratoHz }: Pick<Variation, "vibratoCents" | "vibratoHz">,
): Float32Array {
  const depth = ((2 ** (vibratoCents / 1200) - 1) / (2 * Math.PI * vibratoHz)) * sampleRateHz;
  return x.map((_, n) => {
    const at = n - depth * (1 + Math.sin((2 * Math.PI * vibratoHz * n) / sampleRateHz));
    const k = Math.floor(at);
    return cubic(x[k - 1] ?? 0, x[k] ?? 0, x[k + 1] ?? 0, x[k + 2] ?? 0, at - k);
  });
}

/** Catmull and Rom's curve through four samples, between the middle two. */
const cubic = (a: number, b: number, c: number, d: number, t: number): number =>
  b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
