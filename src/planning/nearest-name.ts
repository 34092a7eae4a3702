/**
 * The known name that a mistyped one was meant to be; undefined where none is near.
 *
 * Near is one slip (a letter wrong, missing, too many, or two exchanged) for every three letters, or a part of the name.
 */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  const slipsOf = (name: string): number => slips(wanted, name.toLowerCase());
  const nearest = known.toSorted((a, b) => slipsOf(a) - slipsOf(b))[0];
  if (nearest !== undefined && slipsOf(nearest) <= Math.max(1, wanted.length / 3)) return nearest;
  return wanted.length < 3 ? undefined : known.find((name) => name.toLowerCase().includes(wanted));
}

/** Fewest single-letter changes, insertions, removals and exchanges of neighbours from one word to the other. */
function slips(a: string, b: string): number {
  const cost: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    cost[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      cost[i]![j] = Math.min(
        cost[i - 1]![j]! + 1,
        cost[i]![j - 1]! + 1,
        cost[i - 1]![j - 1]! + (same ? 0 : 1),
        exchanged ? cost[i - 2]![j - 2]! + 1 : Infinity,
      );
    }
  }
  return cost[a.length]![b.length]!;
}
