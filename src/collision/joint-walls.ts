import type { Joints } from "../math/joints.ts";
import type { BodyPair, CollisionScene } from "./collision-scene.ts";
import { makePairScan } from "./pair-scan.ts";

/** A value of one joint that the arm cannot pass, whatever its other joints do. */
export interface JointWall {
  readonly joint: number;
  readonly at_rad: number;
  /** The two that keep it from passing where they are farthest from each other, and how far that is [m]; below 0 they overlap. */
  readonly pair: BodyPair;
  readonly widestM: number;
}

/** What the joints cannot pass. */
export interface JointWalls {
  /** A wall between two configurations: where there is one, no way joins them. */
  readonly between: (from: Joints, to: Joints) => JointWall | undefined;
  /** How far a joint can turn from a value until it meets a wall, or comes to one of two others [rad]. */
  readonly rangeFrom: (joint: number, from_rad: number, within: Range) => Range;
}
/** Of a joint [rad]. */
export type Range = readonly [least_rad: number, most_rad: number];

/** Values of a joint that are looked at, and the first cells of the joint that is swept beside it [rad]. */
const STEP_RAD = Math.PI / 180;
const CELLS = 90;
/** Once there is a wall, every so many values are looked at. */
const COARSE = 5;
/** A gap in a wall that cannot be told from none in cells finer than this is one [rad]. */
const FINEST_RAD = 1e-4;

/**
 * Prepares the look. A path from one configuration to another passes every value of a joint between them. At a wall some pair is too near
 * wherever the joint beside it stands on its turn, cell by cell; only what hangs on these two joints is asked, so that the others do not
 * matter. Proven by the same bounds as motions are.
 *
 * @param requiredM a gap that is narrower is none
 */
export function makeJointWalls(scene: CollisionScene, requiredM: number): JointWalls {
  const walls = [0, 1, 2, 3, 4, 5].map((joint) => wallsOf(joint, scene, requiredM));
  return {
    between: (from, to) => {
      const found = walls.flatMap((wallAt, joint) => tightestBetween(wallAt, from[joint]!, to[joint]!) ?? []);
      return found.sort((a, b) => a.widestM - b.widestM)[0];
    },
    rangeFrom: (joint, from_rad, [least_rad, most_rad]) => {
      const wallAt = walls[joint]!;
      let [least, most] = [Math.floor(from_rad / STEP_RAD), Math.ceil(from_rad / STEP_RAD)];
      while (least * STEP_RAD > least_rad && !wallAt(least * STEP_RAD)) least--;
      while (most * STEP_RAD < most_rad && !wallAt(most * STEP_RAD)) most++;
      return [Math.max(least_rad, least * STEP_RAD), Math.min(most_rad, most * STEP_RAD)];
    },
  };
}

/** The first wall between two values of a joint, or one behind it that is tighter. */
function tightestBetween(wallAt: WallAt, from_rad: number, to_rad: number): JointWall | undefined {
  const [least, most] = [Math.min(from_rad, to_rad), Math.max(from_rad, to_rad)];
  let tightest: JointWall | undefined;
  for (let k = Math.ceil(least / STEP_RAD); k * STEP_RAD <= most; k += tightest ? COARSE : 1) {
    const wall = wallAt(k * STEP_RAD);
    if (wall && (!tightest || wall.widestM < tightest.widestM)) tightest = wall;
  }
  return tightest;
}

type WallAt = (at_rad: number) => JointWall | undefined;
type Gap = Pick<JointWall, "pair" | "widestM">;
const wider = (a: Gap, b: Gap): Gap => (b.widestM > a.widestM ? b : a);

/** The joint that is swept beside another: what hangs on the two of them can be proven. */
const besides = (joint: number): number => (joint === 0 ? 1 : joint - 1);

function wallsOf(joint: number, scene: CollisionScene, requiredM: number): WallAt {
  const swept = besides(joint);
  const [lower, upper] = [Math.min(joint, swept), Math.max(joint, swept)];
  const { shapes } = scene;
  // Link n is turned by joints up to n − 1: these pairs see no other joint than the two.
  const kept = scene.pairs
    .map((pair, n) => ({ pair, overString: scene.overStrings[n]! }))
    .filter(({ pair: [i, k] }) => shapes[i]!.link <= upper + 1 && shapes[k]!.link >= lower);
  const { eachPair } = makePairScan({
    ...scene,
    pairs: kept.map(({ pair }) => pair),
    overStrings: kept.map(({ overString }) => overString),
  });
  const joints = (own: number, beside: number): Joints =>
    [0, 1, 2, 3, 4, 5].map((j) => (j === joint ? own : j === swept ? beside : 0)) as unknown as Joints;

  const nameOf = (n: number): BodyPair => {
    const [i, k] = kept[n]!.pair;
    return [shapes[i]!.name, shapes[k]!.name];
  };
  /** How wide a gap is in the middle of a cell; undefined where something may fit through the cell. */
  const widestIn = (at_rad: number, middle_rad: number, reach_rad: number): Gap | undefined => {
    let [hereM, boundM, nearest] = [Infinity, Infinity, 0];
    eachPair(joints(at_rad, middle_rad), joints(0, reach_rad), (n, distanceM, moveM) => {
      if (distanceM < hereM) [hereM, nearest] = [distanceM, n];
      boundM = Math.min(boundM, distanceM + moveM);
      return true;
    });
    if (boundM < requiredM) return { widestM: hereM, pair: nameOf(nearest) };
    if (hereM >= requiredM || reach_rad < FINEST_RAD) return undefined;
    const before = widestIn(at_rad, middle_rad - reach_rad / 2, reach_rad / 2);
    const after = before && widestIn(at_rad, middle_rad + reach_rad / 2, reach_rad / 2);
    return after && wider(before, after);
  };
  return (at_rad) => {
    if (kept.length === 0) return undefined;
    const reach_rad = Math.PI / CELLS;
    let widest: Gap = { widestM: -Infinity, pair: ["", ""] };
    for (let cell = 0; cell < CELLS; cell++) {
      const here = widestIn(at_rad, 2 * cell * reach_rad, reach_rad);
      if (!here) return undefined;
      widest = wider(widest, here);
    }
    return { joint, at_rad, ...widest };
  };
}
