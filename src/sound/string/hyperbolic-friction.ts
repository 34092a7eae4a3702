/** Friction of rosined hair that depends on the slip speed alone: µ(s) = µd + (µs − µd) · v0 / (v0 + s). */
export interface HyperbolicFriction {
  readonly kind: "hyperbolic";
  /** µs, the largest force that sticks per newton of hair force [-]. */
  readonly staticCoefficient: number;
  /** µd [-] */
  readonly slidingCoefficient: number;
  /** v0, the slip speed at which half of the drop is gone [m/s]. */
  readonly halfDropMps: number;
}

/**
 * How fast the string slips under the hair, where it can go on slipping; 0 where it must stick.
 *
 *     D s² + (D v0 − P + F µd) s + v0 (F µs − P) = 0,   larger root
 *
 * Two roots and sticking may all be possible at once. Who was slipping goes on slipping until no root is left: that
 * hysteresis is what flattens a note under a heavy bow.
 *
 * @param pullN force that would hold the string to the hair, P >= 0 [N]
 * @param impedanceKgps D, of all that friction moves [kg/s]
 * @param forceN hair force, F [N]
 * @returns s >= 0 [m/s]
 * @source Friedlander (1953), McIntyre, Schumacher and Woodhouse, JASA 74 (1983); hyperbolic law closed-form
 */
export function slipSpeed(
  law: HyperbolicFriction,
  pullN: number,
  impedanceKgps: number,
  forceN: number,
): number {
  const v0 = law.halfDropMps;
  const half = 0.5 * (pullN - impedanceKgps * v0 - forceN * law.slidingCoefficient);
  const square = half * half - impedanceKgps * v0 * (forceN * law.staticCoefficient - pullN);
  if (square < 0) return 0;
  const speed = (half + Math.sqrt(square)) / impedanceKgps;
  return speed > 0 ? speed : 0;
}
