/**
 * Place of the last item of a list that passes a test which, once failed, stays failed; −1 where none does. By bisection.
 */
export function lastIndex<T>(items: readonly T[], test: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
