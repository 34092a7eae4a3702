import { expect, it } from "vitest";
import { floodByRank } from "../../src/collision/flood.ts";

/** A valley of 5 x 5 cells behind a ridge with one pass; how high each cell lies. */
const HEIGHTS = [
  [0, 0, 9, 0, 0],
  [0, 0, 9, 0, 0],
  [0, 0, 4, 0, 0],
  [0, 0, 9, 0, 0],
  [0, 0, 9, 0, 0],
];
const heightOf = (cell: number): number => HEIGHTS[Math.floor(cell / 5)]![cell % 5]!;
const neighboursOf = (cell: number): number[] =>
  [
    [-1, cell % 5 > 0],
    [1, cell % 5 < 4],
    [-5, cell >= 5],
    [5, cell < 20],
  ].flatMap(([by, isThere]) => (isThere ? [cell + Number(by)] : []));

it("comes over a ridge by its lowest pass, and to every cell before it climbs higher", () => {
  const highest: number[] = [];
  floodByRank(0, neighboursOf, heightOf, (cell, height) => {
    highest.push(height);
    return cell === 24;
  });
  expect(Math.max(...highest)).toBe(4);
  expect(highest.slice(0, 10)).toEqual(Array(10).fill(0)); // the whole near side
});

it("does not pass what is shut", () => {
  const seen = new Set<number>();
  floodByRank(
    0,
    neighboursOf,
    (cell) => (heightOf(cell) > 0 ? undefined : 0),
    (cell) => !seen.add(cell),
  );
  expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 5, 6, 10, 11, 15, 16, 20, 21]);
});
