/**
 * Covariance of estimates from answers that hang together within clusters (here listeners): bread · Σ gᵢgᵢᵀ · bread,
 * times G/(G − 1) for G clusters.
 *
 * @param bread inverse of the summed information [n × n]
 * @param scores slope of each cluster's log-likelihood at the estimate [G × n]
 * @source Liang and Zeger, Biometrika 73 (1986)
 */
export function clusteredCovariance(bread: Float64Array, scores: readonly Float64Array[]): Float64Array {
  const n = Math.round(Math.sqrt(bread.length));
  const influences = scores.map((g) => Float64Array.from(g, (_, i) => dotOfRow(bread, i, g)));
  const correction = scores.length / (scores.length - 1);
  return Float64Array.from(bread, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return correction * influences.reduce((sum, u) => sum + u[i]! * u[j]!, 0);
  });
}

const dotOfRow = (matrix: Float64Array, row: number, x: Float64Array): number =>
  x.reduce((sum, v, k) => sum + matrix[row * x.length + k]! * v, 0);
