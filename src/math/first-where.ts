const HALVINGS = 30;

/**
 * Where a condition begins to hold, by bisection.
 *
 * @param holds false up to some place and true beyond it
 * @returns a place where it holds, within 10⁻⁹ of the range of the first; the upper end where it holds nowhere before
 */
export function firstWhere(holds: (x: number) => boolean, [from, to]: readonly [number, number]): number {
  let [low, high] = [from, to];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
