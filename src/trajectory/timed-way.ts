import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import { derivatives } from "./derivatives.ts";
import type { MotionLimits } from "./joint-trajectory.ts";
import { handSpeedMps, largestUse } from "./measure-path.ts";
import type { RoundedWay } from "./rounded-way.ts";
import { sampledWay } from "./sampled-way.ts";
import { slowCorners } from "./slow-corners.ts";
import { travelledLength } from "./travelled-length.ts";

/** How fast a free motion may be. */
export interface FreePace {
  readonly limits: MotionLimits;
  /** Of all limits, in (0, 1]. */
  readonly share: number;
  readonly sampleS: number;
}

/** Times that corners are slowed down where easing has moved acceleration into them. */
const CORNER_ROUNDS = 12;

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
  pace: FreePace,
): Float64Array {
  const { limits, share } = pace;
  const acceleration = limits.jointAcceleration_radps2.map((a) => share * a);
  const ceiling = ceilingOf(way, instrument, limits, share);
  for (let round = 0; ; round++) {
    const travelled = travelledLength({ ...way, joints: 6, acceleration, ceiling });
    if (round < CORNER_ROUNDS && slowCorners(ceiling, travelled, way, pace)) continue;
    return slowEnough(travelled, way, instrument, pace);
  }
}

/** The way at its sampling, slowed down as a whole by the little that is still too much. */
function slowEnough(
  travelled: Float64Array,
  way: RoundedWay,
  instrument: Pick<Instrument, "dh" | "hair" | "tcp_F">,
  { limits, share, sampleS }: FreePace,
): Float64Array {
  let slower = 1;
  for (let round = 0; round < 4; round++) {
    const q_rad = sampledWay(way, travelled, slower, sampleS);
    const excess = excessOf(q_rad, instrument, limits, share, sampleS);
    if (excess <= 1 + 1e-6) return q_rad;
    slower *= excess * 1.002;
  }
  return sampledWay(way, travelled, slower, sampleS);
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
