import assert from "node:assert/strict";
import type { Joints } from "../math/joints.ts";
import { norm } from "../math/vec.ts";
import type { BodyPair, CollisionScene } from "./collision-scene.ts";
import { LINK, writeLinkPoses } from "./link-poses.ts";
import { makeNearPairs } from "./near-pairs.ts";
import {
  packedDistance,
  packedLever,
  packedReachM,
  packShape,
  placeShape,
  ROW,
  surelyFarther,
} from "./packed-shapes.ts";

/** The tightest pair of one scan. */
export interface ScanResult {
  /** Smallest of (distance − how far the two can move towards each other) over all pairs [m]. */
  readonly lowerBoundM: number;
  /** Distance of that pair in the configuration itself [m]. */
  readonly hereM: number;
  readonly pair: BodyPair;
  /** Its number, for `pairDistanceM`; −1 where none is nearer than asked about. */
  readonly pairNumber: number;
  /** What this pair may come nearer than others: it is in both numbers [m]. */
  readonly allowanceM: number;
}

export interface PairScan {
  /**
   * Looks at every pair in one configuration, or for all configurations within ± reach of it.
   *
   * @param farM farther is not asked about [m]: where every pair is, both numbers are this, and the rest is nobody's
   */
  readonly scan: (q_rad: Joints, reach_rad?: readonly number[], farM?: number) => ScanResult;
  /**
   * Shows every pair in one configuration, until one look says no: its distance with its allowance, and how far the two can move towards
   * each other within ± reach [m].
   *
   * @returns whether all looks said yes
   */
  readonly eachPair: (
    q_rad: Joints,
    reach_rad: readonly number[] | undefined,
    look: (pairNumber: number, distanceM: number, moveM: number) => boolean,
  ) => boolean;
  /** The distance of one pair in one configuration, with its allowance [m]. */
  readonly pairDistanceM: (q_rad: Joints, pairNumber: number) => number;
}

/** The pair of a scan that found none near enough. */
export const NOBODY: BodyPair = ["", ""];

/**
 * Prepares a scene for many scans.
 *
 * @param overStringM how much nearer the stick may come to a string than other bodies to each other: added to that distance [m]
 *
 * The arrays are scratch: a result depends on the arguments only.
 */
export function makePairScan(
  { frames, shapes, pairs, overStrings }: CollisionScene,
  overStringM = 0,
): PairScan {
  const local = new Float64Array(shapes.length * ROW);
  const hulls: Float64Array[] = [];
  shapes.forEach(({ shape }, i) => packShape(local, i, shape, hulls));
  const world = local.slice();
  const links = new Float64Array(7 * LINK);
  const travel = new Float64Array(shapes.length * 6);
  const moving = Int32Array.from(shapes.flatMap((s, i) => (s.link > 0 ? [i] : [])));
  const linkOf = Int32Array.from(shapes, (s) => s.link);
  const [distance, farther, stride] = [packedDistance, surelyFarther, ROW]; // own names: faster than imported ones
  const allowance = Float64Array.from(pairs, (_, n) => (overStrings[n] ? overStringM : 0));
  const names = pairs.map(([i, k]): BodyPair => [shapes[i]!.name, shapes[k]!.name]);
  const [first, second] = [Int32Array.from(pairs, (p) => p[0]), Int32Array.from(pairs, (p) => p[1])];

  const nearPairs = makeNearPairs(world, { first, second, allowance }, moving);
  const levers = longestLevers(frames, local, linkOf);
  const isTravelKnown = new Uint8Array(shapes.length);

  const pairDistanceM = (q_rad: Joints, pairNumber: number): number => {
    writeLinkPoses(frames, q_rad, links);
    const [i, k] = [first[pairNumber]!, second[pairNumber]!];
    for (const n of [i, k])
      if (linkOf[n]! > 0) placeShape(local, world, n * stride, links, linkOf[n]! * LINK);
    return distance(world, i, k, hulls) + allowance[pairNumber]!;
  };

  const place = (q_rad: Joints, reach_rad?: readonly number[]): void => {
    // With NaN every comparison below is false, and nothing would seem near.
    assert(areFinite(q_rad) && (!reach_rad || areFinite(reach_rad)), "joints must be finite");
    writeLinkPoses(frames, q_rad, links);
    for (let m = 0; m < moving.length; m++) {
      const i = moving[m]!;
      placeShape(local, world, i * stride, links, linkOf[i]! * LINK);
      isTravelKnown[i] = 0;
    }
  };

  /** How far the two of a pair can move towards each other within reach of where they are placed [m]. */
  const moveWithin = (reach_rad: readonly number[], i: number, k: number): number => {
    if (isTravelKnown[i] === 0) boundTravel(world, i * stride, links, linkOf[i]!, reach_rad, travel, i * 6);
    isTravelKnown[i] = 1;
    return travel[i * 6 + linkOf[k]!]!;
  };

  const eachPair: PairScan["eachPair"] = (q_rad, reach_rad, look) => {
    place(q_rad, reach_rad);
    for (let n = 0; n < first.length; n++) {
      const [i, k] = [first[n]!, second[n]!];
      const moveM = reach_rad ? moveWithin(reach_rad, i, k) : 0;
      if (!look(n, distance(world, i, k, hulls) + allowance[n]!, moveM)) return false;
    }
    return true;
  };

  const scan = (q_rad: Joints, reach_rad?: readonly number[], farM = Infinity): ScanResult => {
    place(q_rad, reach_rad);
    const mostMoveM = reach_rad ? mostTravelM(levers, reach_rad) : 0;
    const { numbers, count } = nearPairs(farM + mostMoveM);
    let best = farM;
    let bestPair = -1;
    let bestHere = farM;
    for (let at = 0; at < count; at++) {
      const n = numbers[at]!;
      const i = first[n]!;
      const k = second[n]!;
      const more = allowance[n]!;
      if (farther(world, i * stride, k * stride, best + mostMoveM - more)) continue;
      const moveM = reach_rad ? moveWithin(reach_rad, i, k) : 0;
      const here = distance(world, i, k, hulls) + more;
      if (here - moveM >= best) continue;
      best = here - moveM;
      bestPair = n;
      bestHere = here;
    }
    return {
      lowerBoundM: best,
      hereM: bestHere,
      pair: names[bestPair] ?? NOBODY,
      pairNumber: bestPair,
      allowanceM: allowance[bestPair] ?? 0,
    };
  };
  return { scan, eachPair, pairDistanceM };
}

function areFinite(values: readonly number[]): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** No point of any shape is farther from a joint's axis than this, wherever the arm is [m]; joint by joint. */
function longestLevers(
  { joints }: CollisionScene["frames"],
  local: Float64Array,
  linkOf: Int32Array,
): readonly number[] {
  const levers: number[] = [];
  for (let link = 6, beyondM = 0; link >= 1; link--) {
    linkOf.forEach((of, i) => {
      if (of === link) beyondM = Math.max(beyondM, packedReachM(local, i * ROW));
    });
    levers.unshift(beyondM);
    beyondM += norm(joints[link - 1]!.p_m);
  }
  return levers;
}

/** How far any shape can move at most while every joint stays within its reach [m]. */
function mostTravelM(levers: readonly number[], reach_rad: readonly number[]): number {
  let moved = 0;
  for (let j = 0; j < 6; j++) moved += levers[j]! * reach_rad[j]!;
  return moved;
}

/**
 * How far any point of a shape can move, seen from each link below it, while every joint stays within its reach [m].
 *
 * Turn the joints one after another, the innermost first. Each carries the shape and all outer axes along as one
 * rigid body, so the outer levers stay what they are now, and joint i moves a point no farther than lever · angle:
 *
 *     t_k = 0,    t_{i−1} = t_i + lever_i · reach_i
 */
function boundTravel(
  world: Float64Array,
  o: number,
  links: Float64Array,
  link: number,
  reach_rad: readonly number[],
  travel: Float64Array,
  t: number,
): void {
  let moved = 0;
  for (let i = link; i >= 1; i--) {
    moved += packedLever(world, o, links, i * LINK) * reach_rad[i - 1]!;
    travel[t + i - 1] = moved;
  }
}
