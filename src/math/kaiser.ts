/**
 * Kaiser's window: 1 in the middle, small at the ends; `beta` 8 gives about 80 dB of stop band.
 *
 * @param x in [−1, 1]
 */
export const kaiser = (x: number, beta: number): number =>
  besselI0(beta * Math.sqrt(1 - x * x)) / besselI0(beta);

/** Modified Bessel function of order zero, by its power series. */
function besselI0(x: number): number {
  let [term, sum] = [1, 1];
  for (let k = 1; k < 40; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
