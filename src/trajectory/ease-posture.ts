import type { BowMotion } from "./bow-motion.ts";
import { addSquare, makeNormal, solveNormal } from "../math/banded-normal.ts";
import { shareAt, sharesAbove, slopesOf, type LinearShares } from "./linear-shares.ts";
import { lookAtPosture, statesLookedAt, type LookContext } from "./posture-look.ts";
import type { ControlRange, OpenStretch } from "./open-stretch.ts";
import { stillAtEnds, type PostureControls } from "./posture-controls.ts";

export interface EaseSettings {
  readonly gridS: number;
  readonly tilt: { readonly most_rad: number };
  readonly skew: { readonly most_rad: number };
}

/** Steps taken on what was seen in one look. */
const STEPS = 4;
/** A look that shows less gain than this was the last [-]. */
const SETTLED = 0.9;
/** No control point goes farther than this between two looks [rad]. */
const TRUST_RAD = 0.1;
/** Shares of a step that are tried. */
const STEP_SHARES = [1, 0.5, 0.25, 0.1];
/** Shares below this are easy [-]. */
const EASY = 0.2;
const EASY_ENOUGH = 0.55;
/** Prices, per squared radian: leaving the posture that was chosen, and bending; beside shares to the tenth power. */
const STAY = 0.002;
const STIFF = 0.005;
/** The same for moving a control point that is to stay: far above all others. */
const HELD = 1e6;

/**
 * Moves the control points of a posture so that the worst moments of the piece become easy: joint speeds and
 * accelerations as shares of their limits, and the required clearance as a share of the clearance.
 *
 * Joints follow small changes of tilt and skew linearly, and speeds and accelerations are differences of joints: each
 * step is a banded least-squares problem whose weights are drawn to the moments that are worst (iteratively reweighted).
 *
 *     min Σ shareᵢ¹⁰ + small prices for leaving `start` and for bending
 *
 * @param looks times the arm is looked at anew after steps
 * @param open where the posture may change; absent = everywhere
 * @returns `start` itself where the arm cannot follow it
 */
export function easePosture(
  motion: BowMotion,
  start: PostureControls,
  looks: number,
  settings: EaseSettings,
  context: LookContext,
  open?: OpenStretch,
): PostureControls {
  const range = open ?? { first: 0, last: start.tilt.length - 1 };
  let best = { controls: start, price: Infinity };
  let controls = start;
  const looked = statesLookedAt(motion, settings.gridS, open);
  for (let look = 0; look <= looks; look++) {
    const all = lookAtPosture(looked, controls, settings.gridS, context);
    if (!all || isEasy(all)) return all ? controls : best.controls;
    // A little less than is easy, and a little farther than is trusted, because of rounding.
    const seen = sharesAbove(all, 0.999 * EASY, 1.001 * TRUST_RAD);
    const price = priceOf(seen, controls, controls, start, range);
    if (price >= best.price) break;
    const isSettled = price > SETTLED * best.price;
    best = { controls, price };
    if (isSettled) break;
    if (look < looks) controls = stepsFrom(controls, seen, start, settings, range);
  }
  return best.controls;
}

/** Whether nothing comes near enough to a limit to be worth more looks. */
const isEasy = ({ value }: LinearShares): boolean => value.every((share) => Math.abs(share) < EASY_ENOUGH);

function stepsFrom(
  from: PostureControls,
  seen: LinearShares,
  start: PostureControls,
  settings: EaseSettings,
  range: ControlRange,
): PostureControls {
  let at = from;
  let price = priceOf(seen, from, at, start, range);
  for (let step = 0; step < STEPS; step++) {
    const move = moveFrom(at, seen, from, start, range);
    if (!move) return at;
    let cheapest = { controls: at, price };
    for (const share of STEP_SHARES) {
      const controls = moved(at, from, move, share, settings, range);
      const tried = { controls, price: priceOf(seen, from, controls, start, range) };
      if (tried.price < cheapest.price) cheapest = tried;
      else if (cheapest.price < price) break; // a shorter step gains less again
    }
    if (!(cheapest.price < price)) return at;
    ({ controls: at, price } = cheapest);
  }
  return at;
}

/** Control points after a share of a step, inside their ranges and near where the arm was looked at. */
function moved(
  at: PostureControls,
  from: PostureControls,
  { base, by }: Move,
  share: number,
  { tilt, skew }: EaseSettings,
  { first, last }: ControlRange,
): PostureControls {
  const along = (of: keyof PostureControls, offset: number, most: number): Float64Array =>
    stillAtEnds(
      at[of].map((v, k) => {
        if (k < first || k > last) return v;
        const low = Math.max(-most, from[of][k]! - TRUST_RAD);
        const high = Math.min(most, from[of][k]! + TRUST_RAD);
        return Math.min(Math.max(v + share * by[2 * k + offset - base]!, low), Math.max(low, high));
      }),
    );
  return { tilt: along("tilt", 0, tilt.most_rad), skew: along("skew", 1, skew.most_rad) };
}

/** How far controls are from where the arm was looked at, tilt and skew in turn. */
function awayFrom(from: PostureControls, at: PostureControls): Float64Array {
  const away = new Float64Array(2 * at.tilt.length);
  for (let k = 0; k < at.tilt.length; k++) {
    away[2 * k] = at.tilt[k]! - from.tilt[k]!;
    away[2 * k + 1] = at.skew[k]! - from.skew[k]!;
  }
  return away;
}

/**
 * Shares count to the tenth power, so that the worst moment counts beside all others: a square weighted by the eighth. By
 * squaring: this runs millions of times, and `**` costs ten times as much.
 */
function toEighth(x: number): number {
  const [square, fourth] = [x * x, x * x * x * x];
  return square * square * fourth;
}

function priceOf(
  seen: LinearShares,
  from: PostureControls,
  at: PostureControls,
  start: PostureControls,
  range: ControlRange,
): number {
  const away = awayFrom(from, at);
  let price = 0;
  for (let i = 0; i < seen.count; i++) {
    const beyond = Math.abs(shareAt(seen, i, away)) - EASY;
    if (beyond > 0) price += toEighth(beyond) * beyond * beyond;
  }
  forEachPrice(at, start, range, (value, _row, _from, weight) => (price += weight * value * value));
  return price;
}

/** How far unknowns are to move, tilt and skew of the control points in turn; those before `base` and after the last stay. */
interface Move {
  readonly base: number;
  readonly by: Float64Array;
}

/** The step to where the price would be least if shares were straight lines; undefined where nothing holds it. */
function moveFrom(
  at: PostureControls,
  seen: LinearShares,
  from: PostureControls,
  start: PostureControls,
  range: ControlRange,
): Move | undefined {
  const away = awayFrom(from, at);
  const { base, end } = touchedUnknowns(seen, range, away.length);
  const normal = makeNormal(end - base, seen.reach - 1);
  for (let i = 0; i < seen.count; i++) {
    const share = shareAt(seen, i, away);
    const beyond = Math.abs(share) - EASY;
    if (beyond <= 0) continue;
    const slopes = slopesOf(seen, i, away.length);
    addSquare(normal, seen.first[i]! - base, slopes, Math.sign(share) * beyond, toEighth(beyond));
  }
  forEachPrice(at, start, range, (value, row, first, weight) =>
    addSquare(normal, first - base, row, value, weight),
  );
  for (let unknown = base; unknown < end; unknown++) {
    const k = unknown >> 1;
    if (k < range.first || k > range.last) addSquare(normal, unknown - base, ALONE, 0, HELD);
  }
  const by = solveNormal(normal);
  return by && { base, by };
}

/** Unknowns that any price or share of an open range depends on: all others stay, so a short part of a long piece costs little. */
function touchedUnknowns({ first, count, reach }: LinearShares, range: ControlRange, unknowns: number) {
  let [base, end] = [2 * (range.first - 2), 2 * (range.last + 3)];
  for (let i = 0; i < count; i++) {
    base = Math.min(base, first[i]!);
    end = Math.max(end, first[i]! + reach);
  }
  return { base: Math.max(0, base), end: Math.min(unknowns, end) };
}

const ALONE = Float64Array.of(1);
const BEND = Float64Array.of(1, 0, -2, 0, 1);

function forEachPrice(
  at: PostureControls,
  start: PostureControls,
  { first, last }: ControlRange,
  pay: (value: number, row: Float64Array, first: number, weight: number) => void,
): void {
  const end = at.tilt.length - 1;
  (["tilt", "skew"] as const).forEach((of, offset) => {
    const [values, home] = [at[of], start[of]];
    for (let k = Math.max(0, first - 1); k <= Math.min(end, last + 1); k++) {
      pay(values[k]! - home[k]!, ALONE, 2 * k + offset, STAY);
      if (k > 0 && k < end)
        pay(values[k - 1]! - 2 * values[k]! + values[k + 1]!, BEND, 2 * (k - 1) + offset, STIFF);
    }
  });
}
