/**
 * Spreads from one cell to all that hang together with it, always on from a cell of the lowest rank.
 *
 * @param rankOf whole number; undefined = that cell is shut. The first cell is open, whatever it says
 * @param isEnough is shown every cell that is come to; says whether that is far enough
 */
export function floodByRank(
  from: number,
  neighboursOf: (cell: number) => readonly number[],
  rankOf: (cell: number) => number | undefined,
  isEnough: (cell: number, rank: number) => boolean,
): void {
  const reached = new Set([from]);
  const waiting = new Map<number, number[]>([[0, [from]]]);
  for (let rank = 0; waiting.size > 0;) {
    const cells = waiting.get(rank);
    if (!cells) {
      rank = Math.min(...waiting.keys());
      continue;
    }
    const cell = cells.pop()!;
    if (cells.length === 0) waiting.delete(rank);
    if (isEnough(cell, rank)) return;
    for (const next of neighboursOf(cell)) {
      if (reached.has(next)) continue;
      reached.add(next);
      const its = rankOf(next);
      if (its === undefined) continue;
      const alike = waiting.get(its);
      if (alike) alike.push(next);
      else waiting.set(its, [next]);
      rank = Math.min(rank, its);
    }
  }
}
