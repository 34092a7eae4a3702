import { cubicBSpline } from "../math/b-spline.ts";
import { EVEN, type Paces } from "./roll-timing.ts";

/** How far a turn has come on its own clock, 0..1, for a share of its time, 0..1. */
export type TurnClock = (x: number) => number;

const onTime: TurnClock = (x) => x;

/**
 * The clock of a turn whose parts go at their own paces, C²: from 0 to 1, a cubic B-spline of the paces' sums.
 *
 * @param paces all above 0, so that it never turns back
 */
export function turnClock(paces: Paces): TurnClock {
  if (paces === EVEN) return onTime;
  const sums = [0];
  for (const pace of [paces[0]!, ...paces, paces.at(-1)!]) sums.push(sums.at(-1)! + pace);
  const part = 1 / paces.length;
  const spline = cubicBSpline(Float64Array.from(sums), -part, part);
  const [first, last] = [spline(0), spline(1)];
  return (x) => (spline(x) - first) / (last - first);
}
