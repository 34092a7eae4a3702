/** A regular swing of the pitch. */
export interface HeardVibrato {
  readonly rateHz: number;
  /** Most that it goes up and down from the middle [cents]. */
  readonly cents: number;
}

const SLOWEST_HZ = 4;
const FASTEST_HZ = 8.5;
const STEP_HZ = 0.1;
/** Shorter than this nothing can be called regular [s]. */
const SHORTEST_S = 0.45;
/** Less than this is no vibrato [cents], nor is a swing that makes up less than half of the wavering. @assumed */
const LEAST_CENTS = 4;

/** The swing between 4 and 8.5 Hz that explains most of a pitch curve; null = there is none. */
export function vibratoOf(cents: readonly number[], hopS: number): HeardVibrato | null {
  const n = cents.length;
  if (n * hopS < SHORTEST_S) return null;
  const curve = withoutTrend(cents);
  const power = curve.reduce((sum, c) => sum + c * c, 0) / n;
  let best = { rateHz: 0, cents: 0 };
  for (let hz = SLOWEST_HZ; hz <= FASTEST_HZ; hz += STEP_HZ) {
    let [re, im] = [0, 0];
    curve.forEach((c, i) => {
      re += c * Math.cos(2 * Math.PI * hz * hopS * i);
      im += c * Math.sin(2 * Math.PI * hz * hopS * i);
    });
    const amplitude = (2 * Math.hypot(re, im)) / n;
    if (amplitude > best.cents) best = { rateHz: hz, cents: amplitude };
  }
  return best.cents >= LEAST_CENTS && best.cents ** 2 / 2 > 0.5 * power ? best : null;
}

/** Less its straight line. */
function withoutTrend(values: readonly number[]): number[] {
  const n = values.length;
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const slope =
    values.reduce((sum, x, i) => sum + (i - middle) * (x - mean), 0) /
    values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return values.map((x, i) => x - mean - slope * (i - middle));
}
