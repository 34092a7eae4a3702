import { forwardKinematics } from "../kinematics/forward.ts";
import type { Joints } from "../math/joints.ts";
import { transformPoint } from "../math/pose.ts";
import { HAIR, hairEnds } from "./bow-shapes.ts";
import type { Cell } from "./cell.ts";
import { stringBody } from "./cello-shapes.ts";
import type { ClearanceSettings } from "./clearance.ts";
import { makeScene, type CollisionScene, type SceneInstrument } from "./collision-scene.ts";
import type { StringLine } from "../instrument/instrument.ts";
import { hairGapM } from "./hair-gap.ts";
import { middleAndReach, splitPiece, straightPiece, type MotionPiece } from "./joint-motion.ts";
import { makePairScan } from "./pair-scan.ts";

/** What is too near may come no nearer than this beside rounding [m]. */
const SLACK_M = 0.0003;
/** What has less than this to spare cannot be proven to keep it, and counts as too near [m]. */
const LEAST_SPARE_M = 2e-5;
/** A motion finer than this that still is not proven is no way [rad]. */
const FINEST_RAD = 1e-5;

/**
 * Prepares the look from where the arm stands: whether on the straight joint motion from A to B every pair that is too near there comes no
 * nearer than it is there, and no other comes too near. Proven as a whole, not sampled; no in doubt.
 */
export type WideningCheck = (standing_rad: Joints) => (qA_rad: Joints, qB_rad: Joints) => boolean;

/**
 * Prepares the check for one instrument in one room. Hair and strings count, by which side of the string the hair is on: a pressed
 * string is let go of outwards, and no other is touched.
 */
export function makeWideningCheck(
  instrument: SceneInstrument,
  cell: Cell,
  { requiredM, stickOverStringM, sizes }: ClearanceSettings,
): WideningCheck {
  const scene = makeScene(instrument, cell, sizes, false);
  const { eachPair } = makePairScan(scene, requiredM - stickOverStringM);
  const gapOf = hairGaps(scene, instrument);
  return (standing_rad) => {
    const least = new Float64Array(scene.pairs.length);
    eachPair(standing_rad, undefined, (n, distanceM) => {
      const hereM = gapOf(n, standing_rad) ?? distanceM;
      least[n] = hereM >= requiredM + LEAST_SPARE_M ? requiredM : hereM - SLACK_M;
      return true;
    });
    const widens = (piece: MotionPiece): boolean => {
      const { middle_rad, reach_rad } = middleAndReach(piece);
      let isProven = true;
      const isPossible = eachPair(middle_rad, reach_rad, (n, distanceM, moveM) => {
        const hereM = gapOf(n, middle_rad) ?? distanceM;
        if (hereM - moveM < least[n]!) isProven = false;
        return hereM >= least[n]!;
      });
      if (!isPossible || isProven) return isPossible;
      if (reach_rad.every((r) => r < FINEST_RAD)) return false;
      const [first, second] = splitPiece(piece);
      return widens(first) && widens(second);
    };
    return (from, to) => widens(straightPiece(from, to));
  };
}

/** Gap of the hair to the string of a pair, negative when it is pressed in; undefined for every other pair. */
function hairGaps({ shapes, pairs }: CollisionScene, { dh, hair, strings }: SceneInstrument) {
  const lines = new Map<string, StringLine>(
    Object.values(strings).map((string) => [stringBody(string.name), string]),
  );
  const ofPair = pairs.map(([i, k]) => (shapes[i]!.name === HAIR ? lines.get(shapes[k]!.name) : undefined));
  const [frog, tip] = hairEnds(hair);
  return (pairNumber: number, q_rad: Joints): number | undefined => {
    const string = ofPair[pairNumber];
    if (string === undefined) return undefined;
    const X_BF = forwardKinematics(dh, q_rad);
    return hairGapM(transformPoint(X_BF, frog), transformPoint(X_BF, tip), string);
  };
}
