import { movedM, ROW, surelyFarther } from "./packed-shapes.ts";

/** Numbers of the pairs that may be near, rising: the first `count` of them. */
export interface NearPairs {
  readonly numbers: Int32Array;
  readonly count: number;
}

/** Pairs by number: their shapes, and what is added to their distance [m]. */
export interface PairColumns {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly allowance: Float64Array;
}

/** Pairs this much farther than asked about are listed as well: a longer list, which lasts longer [m]. @assumed quickest of a few */
const SPARE_M = 0.08;
/** Far above what rounding makes of a distance [m]. */
const ROUNDING_M = 1e-9;

/**
 * Which pairs can be within a distance of each other where the shapes are placed now; of the others it is sure that they are not.
 *
 * From one look to the next an arm moves little: pairs are listed once, with some distance to spare, and as long as no shape has moved
 * that far since, no other pair can be near (a Verlet list). What is told may hold pairs that are farther, and so depends on what was
 * asked before; what is left out never is.
 *
 * @param world shapes as placed, looked at whenever it is asked
 * @param moving shapes that are placed anew
 * @source Verlet, Phys. Rev. 159 (1967) 98: the book-keeping of near pairs
 */
export function makeNearPairs(
  world: Float64Array,
  { first, second, allowance }: PairColumns,
  moving: Int32Array,
): (withinM: number) => NearPairs {
  const all = { numbers: Int32Array.from(first, (_, n) => n), count: first.length };
  const listed = { numbers: all.numbers.slice(), count: 0, withinM: -Infinity, world: world.slice() };
  const [movingFirst, movingSecond] = [first, second].map((side) =>
    moving.filter((shape) => side.includes(shape)),
  ) as [Int32Array, Int32Array];

  const mostMovedM = (shapes: Int32Array): number => {
    let mostM = 0;
    for (let i = 0; i < shapes.length; i++)
      mostM = Math.max(mostM, movedM(listed.world, world, shapes[i]! * ROW));
    return mostM;
  };

  return (withinM) => {
    if (withinM === Infinity) return all;
    const nearerM = mostMovedM(movingFirst) + mostMovedM(movingSecond);
    if (withinM + nearerM + ROUNDING_M < listed.withinM) return listed;
    listed.withinM = withinM + SPARE_M;
    listed.world.set(world);
    listed.count = 0;
    for (let n = 0; n < first.length; n++)
      if (!surelyFarther(world, first[n]! * ROW, second[n]! * ROW, listed.withinM - allowance[n]!))
        listed.numbers[listed.count++] = n;
    return listed;
  };
}
