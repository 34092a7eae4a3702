/**
 * Friction of rosin that depends on how warm the contact is, not on how fast it slips.
 *
 * The warmth is counted in the slip speed that keeps it up: q follows the friction power per newton of hair force with
 * the time constant τ, and µ(q) is what steady sliding shows at that warmth,
 *
 *     τ · dq/dt = µ·s − q,      µ_ss(s) = c₁·e^(−s/v₁) + c₂·e^(−s/v₂) + c₃,   q = s · µ_ss(s)  when steady.
 *
 * At any moment the largest force is µ(q)·F, stuck or slipping, so the contact has one answer only.
 *
 * @source shape of steady sliding of rosin: Smith and Woodhouse, J. Mech. Phys. Solids 48 (2000); friction as a function
 *   of temperature: Woodhouse, Acta Acustica 89 (2003), here with one lump of heat
 */
export interface ThermalFriction {
  readonly kind: "thermal";
  /** c₁, c₂, c₃ [-]; their sum is the coefficient of cold rosin. */
  readonly coefficients: readonly [fast: number, slow: number, rest: number];
  /** v₁, v₂ [m/s] */
  readonly speedsMps: readonly [fast: number, slow: number];
  /** τ [s] */
  readonly timeS: number;
}

/** µ at the warmth of steady sliding at `slipMps`. */
export function steadySlidingCoefficient(law: ThermalFriction, slipMps: number): number {
  const [fast, slow, rest] = law.coefficients;
  const [v1, v2] = law.speedsMps;
  return fast * Math.exp(-slipMps / v1) + slow * Math.exp(-slipMps / v2) + rest;
}

/** Entries of the table; finer where rosin is cold: entry i is for warmth (i / size)² · most. */
export const WARMTH_STEPS = 2048;
/** Warmer than this nothing changes any more [m/s]: over ten times the slower of the two speeds. */
export const WARMEST_MPS = 2;

/** µ by warmth, for `WARMTH_STEPS` + 1 values of q; see `WARMEST_MPS`. */
export function coefficientByWarmth(law: ThermalFriction): Float64Array {
  const table = new Float64Array(WARMTH_STEPS + 1);
  let slip = 0;
  for (let i = 0; i <= WARMTH_STEPS; i++) {
    const warmth = (i / WARMTH_STEPS) ** 2 * WARMEST_MPS;
    slip = slipForWarmth(law, warmth, slip);
    table[i] = steadySlidingCoefficient(law, slip);
  }
  return table;
}

/** The slip speed whose friction power is `warmth`, by bisection above `fromMps`; power grows with speed. */
function slipForWarmth(law: ThermalFriction, warmth: number, fromMps: number): number {
  let [low, high] = [fromMps, warmth / law.coefficients[2] + 1e-9];
  for (let i = 0; i < 50; i++) {
    const middle = 0.5 * (low + high);
    if (middle * steadySlidingCoefficient(law, middle) < warmth) low = middle;
    else high = middle;
  }
  return high;
}
