/** Force against height while a bow was lowered onto a string. */
export interface Descent {
  /** Hair over where the string is thought to be, at each sample [m]. */
  readonly heightM: readonly number[];
  /** Force of the string on the bow, away from the cello [N]. */
  readonly forceN: readonly number[];
}

/** Where a bow came to touch. */
export interface TouchHeight {
  /** Height at which the force begins [m]. */
  readonly heightM: number;
  /** How fast it grows from there [N/m]. */
  readonly stiffnessNpm: number;
  /** What the line leaves over, standard deviation [N]. */
  readonly noiseN: number;
}

/** Heights tried are so far apart [m]. */
const STEP_M = 1e-5;

/**
 * Finds where force begins: the sensor's own zero above, a straight spring below, by least squares over all samples.
 *
 *     F = F₀ + max(0, k · (h₀ − h))
 *
 * A spring's line needs no threshold, so noise and a slow sensor shift the answer little.
 *
 * @returns undefined where no spring is to be seen
 */
export function touchHeight({ heightM, forceN }: Descent): TouchHeight | undefined {
  const [low, high] = [Math.min(...heightM), Math.max(...heightM)];
  let best: { readonly heightM: number; readonly stiffnessNpm: number; readonly cost: number } | undefined;
  for (let h0 = low + STEP_M; h0 < high; h0 += STEP_M) {
    const fit = springUnder(h0, heightM, forceN);
    if (fit.stiffnessNpm > 0 && (best === undefined || fit.cost < best.cost)) best = { heightM: h0, ...fit };
  }
  if (best === undefined) return undefined;
  const { cost, ...found } = best;
  return { ...found, noiseN: Math.sqrt(cost / heightM.length) };
}

/** Best zero and stiffness for a spring that begins at h0, and the squares that are left. */
function springUnder(h0: number, heightM: readonly number[], forceN: readonly number[]) {
  const n = heightM.length;
  let [d, f, dd, df, ff] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [depth, force] = [Math.max(0, h0 - heightM[i]!), forceN[i]!];
    d += depth;
    f += force;
    dd += depth * depth;
    df += depth * force;
    ff += force * force;
  }
  const spread = dd - (d * d) / n;
  const stiffnessNpm = spread > 0 ? (df - (d * f) / n) / spread : 0;
  const zeroN = (f - stiffnessNpm * d) / n;
  return { stiffnessNpm, cost: Math.max(0, ff - zeroN * f - stiffnessNpm * df) };
}
