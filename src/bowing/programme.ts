import { levelSteps, type BowLevel } from "../score/bow-level.ts";
import type { BowingWeights } from "./bowing-settings.ts";
import { heldCosts, liftedCosts, reachAfter, totalCost, type StrokeChange } from "./costs.ts";
import { bestLandings, type Landing } from "./landing.ts";
import type { StrokeOption } from "./stroke-option.ts";

/** Everything the dynamic programme chooses from. */
export interface BowingProblem {
  /** Per stroke, the ways to bow it. */
  readonly strokes: readonly (readonly StrokeOption[])[];
  /** `changes[k]` lies between strokes k and k + 1. */
  readonly changes: readonly StrokeChange[];
  readonly bins: number;
  readonly binM: number;
  readonly weights: BowingWeights;
  /** Price per string crossed with the hand at each bin, coming from a level. */
  readonly crossingPlace: Readonly<Record<BowLevel, Float64Array>>;
  /** Price per hand position of what the crossing into stroke `k` on the string asks of the arm; undefined = nothing. */
  readonly crossedInto: (k: number, from: StrokeOption, to: StrokeOption) => Float64Array | undefined;
}

/** How one stroke is bowed. */
export interface ChosenStroke {
  readonly option: StrokeOption;
  /** Row of `option.travelBins`. */
  readonly travel: number;
  readonly startBin: number;
  readonly endBin: number;
  readonly liftedBefore: boolean;
}

/** Best landings of an option after crossing 0, 1/2 … 3 strings in the air; undefined where there is no time for it. */
type Landings = readonly (Landing | undefined)[];

/** Cheapest way on from each bin with one option: costs, and what was chosen. */
interface Onward {
  /** From a start bin to the end of the piece. */
  readonly cost: Float64Array;
  readonly travel: Int16Array;
  /** At an end bin: 2 · next option + 1 if lifted; −1 at the end of the piece or where nothing goes on. */
  readonly next: Int16Array;
}

/**
 * The cheapest bowing of the whole piece, by backward dynamic programming over stroke, direction, strings and
 * hand position; `undefined` when no bowing keeps inside the bow.
 *
 * Equal prices are settled by order (down before up, plain string before lower, wanted hair before other), so the
 * same problem always gives the same answer.
 */
export function cheapestBowing(
  problem: BowingProblem,
): { readonly cost: number; readonly strokes: readonly ChosenStroke[] } | undefined {
  const { strokes, bins } = problem;
  const airPrice = problem.weights.airTravel * problem.binM;
  const onward: Onward[][] = new Array<Onward[]>(strokes.length);
  const landings: Landings[][] = new Array<Landings[]>(strokes.length);
  for (let k = strokes.length - 1; k >= 0; k--) {
    onward[k] = strokes[k]!.map((option) => {
      const { after, next } = afterStroke(problem, k, option, onward[k + 1], landings[k]);
      return { ...throughStroke(option, after, bins), next };
    });
    const change = problem.changes[k - 1];
    if (change?.mayLift)
      landings[k - 1] = onward[k]!.map(({ cost }) =>
        change.reachBins.map((reach) => (reach < 0 ? undefined : bestLandings(cost, reach, airPrice))),
      );
  }
  return trace(problem, onward, landings);
}

/** Cost after the stroke has ended at each bin, and which stroke follows how. */
function afterStroke(
  problem: BowingProblem,
  k: number,
  option: StrokeOption,
  onward: readonly Onward[] | undefined,
  landings: readonly Landings[] | undefined,
): { after: Float64Array; next: Int16Array } {
  const { bins, weights } = problem;
  const next = new Int16Array(bins).fill(-1);
  if (!onward) return { after: new Float64Array(bins), next };
  const after = new Float64Array(bins).fill(Infinity);
  const change = problem.changes[k]!;
  const place = problem.crossingPlace[option.lastLevel];
  const offer = (
    code: number,
    price: number,
    steps: number,
    cost: Float64Array,
    crossed?: Float64Array,
  ): void => {
    for (let bin = 0; bin < bins; bin++) {
      const on = crossed ? cost[bin]! + crossed[bin]! : cost[bin]!;
      const offered = price + steps * place[bin]! + on;
      if (offered < after[bin]!) {
        after[bin] = offered;
        next[bin] = code;
      }
    }
  };
  for (const [o, to] of problem.strokes[k + 1]!.entries()) {
    const held = heldCosts(change, option, to, weights);
    const steps = levelSteps(option.lastLevel, to.firstLevel);
    const crossed = held && problem.crossedInto(k + 1, option, to);
    if (held) offer(2 * o, totalCost(held), steps, onward[o]!.cost, crossed);
    const lifted = liftedCosts(change, option, to, weights);
    const landing = landings && reachAfter(landings[o]!, steps);
    if (lifted && landing) offer(2 * o + 1, totalCost(lifted), 0, landing.cost);
  }
  return { after, next };
}

/** Cost from each start bin, and the hair chosen there. Adds the price of the end's place to `after`. */
function throughStroke(
  option: StrokeOption,
  after: Float64Array,
  bins: number,
): { cost: Float64Array; travel: Int16Array } {
  const { travelBins, startPlace, endPlace, firstStart, lastStart, crossedInside } = option;
  const cost = new Float64Array(bins).fill(Infinity);
  const travel = new Int16Array(bins);
  for (let bin = 0; bin < bins; bin++) after[bin]! += endPlace[bin]!;
  const sign = option.direction === "down" ? 1 : -1;
  for (let j = 0; j < travelBins.length; j++) {
    const price = option.fixedCost + option.speedCost[j]! - option.placeRelief[j]!;
    const step = sign * travelBins[j]!;
    const last = lastStart[j]!;
    for (let bin = firstStart[j]!; bin <= last; bin++) {
      const least = price + after[bin + step]!;
      if (least >= cost[bin]!) continue; // crossings inside it are never a gain: most need not be asked
      const offered = crossedInside ? least + crossedInside(bin, step) : least;
      if (offered < cost[bin]!) {
        cost[bin] = offered;
        travel[bin] = j;
      }
    }
  }
  for (let bin = 0; bin < bins; bin++) cost[bin]! += startPlace[bin]!;
  return { cost, travel };
}

/** Follows the choices from the cheapest start. */
function trace(
  problem: BowingProblem,
  onward: readonly (readonly Onward[])[],
  landings: readonly (readonly Landings[])[],
): { cost: number; strokes: readonly ChosenStroke[] } | undefined {
  let [cost, o, startBin, liftedBefore] = [Infinity, 0, 0, false];
  for (const [i, option] of (onward[0] ?? []).entries())
    for (const [bin, offered] of option.cost.entries())
      if (offered < cost) [cost, o, startBin] = [offered, i, bin];
  if (cost === Infinity) return onward.length === 0 ? { cost: 0, strokes: [] } : undefined;

  const chosen: ChosenStroke[] = [];
  for (let k = 0; k < problem.strokes.length; k++) {
    const option = problem.strokes[k]![o]!;
    const travel = onward[k]![o]!.travel[startBin]!;
    const endBin = startBin + (option.direction === "down" ? 1 : -1) * option.travelBins[travel]!;
    chosen.push({ option, travel, startBin, endBin, liftedBefore });
    const code = onward[k]![o]!.next[endBin]!;
    if (code < 0) break;
    o = code >> 1;
    liftedBefore = (code & 1) === 1;
    const steps = levelSteps(option.lastLevel, problem.strokes[k + 1]![o]!.firstLevel);
    startBin = liftedBefore ? reachAfter(landings[k]![o]!, steps)!.bin[endBin]! : endBin;
  }
  return { cost, strokes: chosen };
}
