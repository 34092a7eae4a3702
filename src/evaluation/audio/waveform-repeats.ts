/**
 * How like a stretch of sound is to itself some time later: 1 the same, 0 unrelated, −1 turned over.
 *
 * @param lag, from, length in samples; `lag` may lie between samples
 */
export function likeness(x: Float64Array, from: number, length: number, lag: number): number {
  const whole = Math.floor(lag);
  const k = lag - whole;
  let [ab, aa, bb] = [0, 0, 0];
  for (let n = Math.max(0, from); n < from + length && n + whole + 1 < x.length; n++) {
    const a = x[n]!;
    const b = (1 - k) * x[n + whole]! + k * x[n + whole + 1]!;
    ab += a * b;
    aa += a * a;
    bb += b * b;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

/** So alike must periods be, and so many in a row, to be a settled tone. @source cello-sound facts 4.4 */
const SETTLED = 0.9;
const PERIODS = 5;

/** First sample from which `PERIODS` periods in a row are alike; `undefined` if there is none before `to`. */
export function settledFrom(x: Float64Array, from: number, to: number, period: number): number | undefined {
  let run = 0;
  for (let at = Math.max(0, from); at < to; at += period) {
    run = likeness(x, Math.round(at), Math.round(period), period) > SETTLED ? run + 1 : 0;
    if (run >= PERIODS) return at - (PERIODS - 1) * period;
  }
  return undefined;
}
