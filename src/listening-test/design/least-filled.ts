/**
 * The cell for the next listener: one with the fewest listeners, drawn among equals.
 *
 * @param filled listeners in each cell who finished or still may
 * @param chance in [0, 1)
 */
export function leastFilledCell(filled: readonly number[], chance: number): number {
  const fewest = Math.min(...filled);
  const open = filled.flatMap((count, cell) => (count === fewest ? [cell] : []));
  return open[Math.floor(chance * open.length)]!;
}
