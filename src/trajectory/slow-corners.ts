import { derivatives } from "./derivatives.ts";
import type { FreePace } from "./timed-way.ts";
import type { RoundedWay } from "./rounded-way.ts";
import { sampledWay } from "./sampled-way.ts";
import { EASE_S, FINE_S } from "./travelled-length.ts";

/** Acceleration beyond its limit that is worth another round [-]. */
const TOO_MUCH = 1.01;
/** A squared pace is lowered by no more than this at a time [-]. */
const LARGEST_STEP = 1.5;
/** Bend of a way that counts as a corner [1/rad]. */
const CURVED = 1e-3;

/**
 * Lowers the ceiling of the pace in the corners where a joint accelerates or jerks too much: easing brakes later than the pace says, so
 * that a corner is entered a little too fast.
 *
 * @param ceiling squared pace at each point of the way; lowered
 * @param travelled length at every `FINE_S`, as travelled under this ceiling
 * @returns whether anything was lowered
 */
export function slowCorners(
  ceiling: Float64Array,
  travelled: Float64Array,
  way: RoundedWay,
  pace: FreePace,
): boolean {
  const placeAt = (fine: number): number =>
    Math.round(travelled[Math.min(Math.max(fine, 0), travelled.length - 1)]! / way.step);
  const reach = Math.round(EASE_S / FINE_S);
  const lower = new Float64Array(ceiling.length).fill(1);
  let isLowered = false;
  for (const { atS, excess } of tooMuch(way, travelled, pace)) {
    const at = Math.round(atS / FINE_S);
    for (let i = placeAt(at - reach); i <= placeAt(at + reach); i++) {
      if (!isCorner(way, i)) continue;
      lower[i] = Math.min(lower[i]!, 1 / Math.min(excess, LARGEST_STEP));
      isLowered = true;
    }
  }
  lower.forEach((by, i) => (ceiling[i]! *= by));
  return isLowered;
}

/** When acceleration or jerk of any joint is over what it may be, and how much the squared pace is to be lowered for it. */
function tooMuch(
  way: RoundedWay,
  travelled: Float64Array,
  { limits: { jointAcceleration_radps2, jointJerk_radps3 }, share, sampleS }: FreePace,
): readonly { readonly atS: number; readonly excess: number }[] {
  const { qdd, qddd } = derivatives(sampledWay(way, travelled, 1, sampleS), sampleS);
  const found: { atS: number; excess: number }[] = [];
  for (let k = 0; k < qdd.length; k += 6) {
    let excess = 0;
    for (let j = 0; j < 6; j++) {
      const acceleration = Math.abs(qdd[k + j]!) / jointAcceleration_radps2[j]! / share;
      // Along a curve acceleration goes with the square of the pace, jerk with its cube.
      const jerk = (Math.abs(qddd[k + j]!) / jointJerk_radps3[j]! / share) ** (2 / 3);
      excess = Math.max(excess, acceleration, jerk);
    }
    if (excess > TOO_MUCH) found.push({ atS: (k / 6) * sampleS, excess });
  }
  return found;
}

const isCorner = ({ bend }: RoundedWay, i: number): boolean =>
  bend.subarray(i * 6, i * 6 + 6).some((b) => Math.abs(b) > CURVED);
