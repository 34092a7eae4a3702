/** Samples of the slower rate to either side that a value is made from. */
const REACH = 24;
/** Share of the slower rate's band that passes. */
const PASS = 0.95;

/**
 * A recording at another sample rate, by a windowed sinc; what lies 1 kHz or more above half the slower rate
 * is at least 50 dB down.
 *
 * @returns as long as before, to the sample
 */
export function resampled(x: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (fromHz === toHz) return x;
  const step = fromHz / toHz;
  const cutoff = PASS * Math.min(1, 1 / step);
  const reach = Math.ceil(REACH / Math.min(1, 1 / step));
  const out = new Float32Array(Math.round(x.length / step));
  const phases = phaseTable(toHz, fromHz, reach, cutoff);
  for (let n = 0; n < out.length; n++) {
    const at = Math.floor((n * fromHz) / toHz);
    const weights = phases.weights[(n * phases.up) % phases.count]!;
    let sum = 0;
    const first = Math.max(0, at - reach + 1);
    const last = Math.min(x.length - 1, at + reach);
    for (let k = first; k <= last; k++) sum += x[k]! * weights[k - at + reach - 1]!;
    out[n] = sum;
  }
  return out;
}

/** Weights for every fraction of a sample that occurs: toHz / gcd of them. */
function phaseTable(toHz: number, fromHz: number, reach: number, cutoff: number) {
  const divisor = gcd(toHz, fromHz);
  const count = toHz / divisor;
  const up = (fromHz / divisor) % count;
  const weights = Array.from({ length: count }, (_, phase) => {
    const fraction = phase / count;
    const row = Float64Array.from({ length: 2 * reach }, (_, k) => {
      const t = k - reach + 1 - fraction;
      const sinc = t === 0 ? 1 : Math.sin(Math.PI * cutoff * t) / (Math.PI * cutoff * t);
      const window =
        0.42 + 0.5 * Math.cos((Math.PI * t) / reach) + 0.08 * Math.cos((2 * Math.PI * t) / reach);
      return Math.abs(t) >= reach ? 0 : sinc * window;
    });
    const total = row.reduce((sum, w) => sum + w, 0);
    return row.map((w) => w / total);
  });
  return { weights, count, up };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
