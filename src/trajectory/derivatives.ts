/** Speed, acceleration and jerk of evenly sampled joints, [n × 6] each. */
export interface Derivatives {
  readonly qd: Float64Array;
  readonly qdd: Float64Array;
  readonly qddd: Float64Array;
}

/**
 * Central differences over five samples (fourth order for speed and acceleration, second for jerk).
 *
 * A path begins and ends at rest: both its ends stand still, and so do the joints before and after.
 *
 * @param q_rad [n × 6], n ≥ 1
 * @param stepS spacing [s]
 */
export function derivatives(q_rad: Float64Array, stepS: number): Derivatives {
  const n = q_rad.length / 6;
  const [qd, qdd, qddd] = [new Float64Array(n * 6), new Float64Array(n * 6), new Float64Array(n * 6)];
  for (let i = 0; i < n; i++) {
    if (i === 0 || i === n - 1) continue; // at rest: zero exactly
    const a = Math.max(i - 2, 0) * 6;
    const b = Math.max(i - 1, 0) * 6;
    const d = Math.min(i + 1, n - 1) * 6;
    const e = Math.min(i + 2, n - 1) * 6;
    for (let j = 0; j < 6; j++) {
      const qa = q_rad[a + j]!;
      const qb = q_rad[b + j]!;
      const qc = q_rad[i * 6 + j]!;
      const qe = q_rad[d + j]!;
      const qf = q_rad[e + j]!;
      qd[i * 6 + j] = (qa - 8 * qb + 8 * qe - qf) / (12 * stepS);
      qdd[i * 6 + j] = (-qa + 16 * qb - 30 * qc + 16 * qe - qf) / (12 * stepS * stepS);
      qddd[i * 6 + j] = (-qa + 2 * qb - 2 * qe + qf) / (2 * stepS * stepS * stepS);
    }
  }
  return { qd, qdd, qddd };
}
