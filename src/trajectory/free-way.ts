import type { BodyPair } from "../collision/collision-scene.ts";
import type { ClearanceCheck } from "../collision/clearance.ts";
import type { Joints } from "../math/joints.ts";
import { seededRandom } from "../math/random.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";

/** Straight joint motions from stop to stop, each proven clear. */
export type FreeWay = readonly Joints[];

/** Why there is no way: one end is not clear itself, or none was found between them. */
export interface NoWay {
  readonly where: "start" | "goal" | "between";
  /** What stands in the way: at that end, or on the straight way. */
  readonly pair: BodyPair;
  readonly clearanceM: number;
  readonly requiredM: number;
}

/** How a way is looked for. */
export interface FreeWaySettings {
  readonly seed: number;
  readonly jointMin_rad: Joints;
  readonly jointMax_rad: Joints;
  /** Configurations tried before it is given up. */
  readonly tries: number;
  /** Longest edge of the trees, see `distance` [rad]. */
  readonly stepRad: number;
  /** Shortcuts tried on what was found. */
  readonly shortcuts: number;
  /** A step in whose way something is is tried again so many times, at a third of its length each. */
  readonly shortenings: number;
}

/** @assumed a minute of looking is too long for an operator: 4000 tries take some seconds */
export const FREE_WAY_DEFAULTS = { seed: 1, tries: 4000, stepRad: 0.6, shortcuts: 150, shortenings: 0 };

type Clear = Pick<ClearanceCheck, "clearanceAt" | "isMotionClear" | "sweepClearance" | "requiredM">;

interface Node {
  readonly q: Joints;
  readonly parent: Node | undefined;
}

/**
 * Finds a way from one configuration to another that is clear everywhere, by RRT-Connect and shortcuts. Same seed, same way.
 *
 * Every edge is proven clear as a whole, not sampled.
 *
 * @source Kuffner, LaValle: RRT-Connect, ICRA 2000
 */
export function findFreeWay(
  from: Joints,
  to: Joints,
  clear: Clear,
  settings: FreeWaySettings,
): Outcome<FreeWay, NoWay> {
  const { requiredM } = clear;
  for (const [where, q] of [
    ["start", from],
    ["goal", to],
  ] as const) {
    const { minM, pair } = clear.clearanceAt(q);
    if (minM < requiredM) return refuse({ where, pair, clearanceM: minM, requiredM });
  }
  const isClear = (a: Joints, b: Joints): boolean => clear.isMotionClear(a, b);
  if (isClear(from, to)) return ok([from, to]);
  const random = seededRandom(settings.seed);
  const found = connectTrees(from, to, isClear, settings, random);
  if (found) return ok(shortened(found, isClear, settings.shortcuts, random));
  const { lowerBoundM, pair } = clear.sweepClearance(from, to);
  return refuse({ where: "between", pair, clearanceM: lowerBoundM, requiredM });
}

type IsClear = (a: Joints, b: Joints) => boolean;

/** How far a tree reaches in one step. */
type Step = Pick<FreeWaySettings, "stepRad" | "shortenings">;

function connectTrees(
  from: Joints,
  to: Joints,
  isClear: IsClear,
  settings: FreeWaySettings,
  random: () => number,
): FreeWay | undefined {
  const { jointMin_rad, jointMax_rad, tries } = settings;
  let [growing, other] = [[{ q: from, parent: undefined }], [{ q: to, parent: undefined }]] as [
    Node[],
    Node[],
  ];
  let growsFromStart = true;
  for (let round = 0; round < tries; round++) {
    const sample = sampleBetween(from, to, jointMin_rad, jointMax_rad, random);
    const reached = grow(growing, sample, settings, isClear);
    if (reached) {
      const met = connect(other, reached.q, settings, isClear);
      if (met) {
        const [ours, theirs] = [stopsTo(reached), stopsTo(met)];
        const [head, tail] = growsFromStart ? [ours, theirs] : [theirs, ours];
        return [...head, ...tail.reverse().slice(1)];
      }
    }
    [growing, other] = [other, growing];
    growsFromStart = !growsFromStart;
  }
  return undefined;
}

/** Half of the samples near the two ends and between them, half anywhere in the joints' range. */
function sampleBetween(from: Joints, to: Joints, low: Joints, high: Joints, random: () => number): Joints {
  const isNear = random() < 0.5;
  return from.map((a, j) => {
    const b = to[j]!;
    const least = isNear ? Math.max(low[j]!, Math.min(a, b) - NEAR_RAD) : low[j]!;
    const most = isNear ? Math.min(high[j]!, Math.max(a, b) + NEAR_RAD) : high[j]!;
    return least + random() * (most - least);
  }) as unknown as Joints;
}
const NEAR_RAD = 0.8;

/** One step of the tree towards a configuration; undefined when it is blocked. */
function grow(tree: Node[], goal: Joints, step: Step, isClear: IsClear): Node | undefined {
  const nearest = nearestTo(tree, goal);
  for (let shortened = 0; shortened <= step.shortenings; shortened++) {
    const q = towards(nearest.q, goal, step.stepRad / 3 ** shortened);
    if (!isClear(nearest.q, q)) continue;
    const node = { q, parent: nearest };
    tree.push(node);
    return node;
  }
  return undefined;
}

/** Steps of the tree until it has arrived; undefined when something is in between. */
function connect(tree: Node[], goal: Joints, step: Step, isClear: IsClear): Node | undefined {
  for (;;) {
    const node = grow(tree, goal, step, isClear);
    if (!node || node.q === goal) return node;
    const isShortened = jointDistance(node.parent!.q, node.q) < step.stepRad * 0.999;
    if (isShortened) return undefined;
  }
}

function nearestTo(tree: readonly Node[], goal: Joints): Node {
  let best = tree[0]!;
  let least = Infinity;
  for (let n = 0; n < tree.length; n++) {
    const { q } = tree[n]!;
    let squared = 0;
    for (let j = 0; j < 6 && squared < least; j++) squared += (WEIGHT[j]! * (goal[j]! - q[j]!)) ** 2;
    if (squared < least) [best, least] = [tree[n]!, squared];
  }
  return best;
}

/** How much a turn of each joint moves the bow, roughly. @assumed the shoulder's joints carry the whole arm */
const WEIGHT: Joints = [1, 1, 0.8, 0.5, 0.4, 0.3];

/** Distance of two configurations, weighted by what their joints move [rad]. */
const jointDistance = (a: Joints, b: Joints): number =>
  Math.hypot(...a.map((v, j) => WEIGHT[j]! * (b[j]! - v)));

function towards(from: Joints, goal: Joints, stepRad: number): Joints {
  const far = jointDistance(from, goal);
  return far <= stepRad ? goal : between(from, goal, stepRad / far);
}

const between = (a: Joints, b: Joints, k: number): Joints =>
  a.map((v, j) => v + k * (b[j]! - v)) as unknown as Joints;

function stopsTo(node: Node): Joints[] {
  const stops: Joints[] = [];
  for (let at: Node | undefined = node; at; at = at.parent) stops.unshift(at.q);
  return stops;
}

/** Cuts corners between random places of the way wherever the straight motion is clear. */
function shortened(way: FreeWay, isClear: IsClear, shortcuts: number, random: () => number): FreeWay {
  let stops = way;
  for (let round = 0; round < shortcuts && stops.length > 2; round++) {
    const [u, v] = [random(), random()].sort((x, y) => x - y) as [number, number];
    const [a, b] = [placeOn(stops, u), placeOn(stops, v)];
    if (a.edge === b.edge || !isClear(a.q, b.q)) continue;
    stops = [...stops.slice(0, a.edge + 1), a.q, b.q, ...stops.slice(b.edge + 1)].filter(
      (q, i, all) => i === 0 || jointDistance(q, all[i - 1]!) > 1e-9,
    );
  }
  return withoutNeedless(stops, isClear);
}

/** Drops every stop whose neighbours see each other. */
export function withoutNeedless(stops: FreeWay, isClear: IsClear): FreeWay {
  let kept = stops;
  for (let i = 1; i < kept.length - 1;)
    if (isClear(kept[i - 1]!, kept[i + 1]!)) kept = [...kept.slice(0, i), ...kept.slice(i + 1)];
    else i++;
  return kept;
}

/** A place on a way by its share of the length, and the edge it lies on. */
function placeOn(stops: FreeWay, share: number): { readonly q: Joints; readonly edge: number } {
  const lengths = stops.slice(1).map((q, i) => jointDistance(stops[i]!, q));
  let left = share * lengths.reduce((sum, v) => sum + v, 0);
  for (const [edge, length] of lengths.entries()) {
    if (left <= length || edge === lengths.length - 1)
      return {
        q: between(stops[edge]!, stops[edge + 1]!, length > 0 ? Math.min(1, left / length) : 0),
        edge,
      };
    left -= length;
  }
  return { q: stops[0]!, edge: 0 };
}
