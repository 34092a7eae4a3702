import { forwardKinematics } from "../kinematics/forward.ts";
import type { Joints } from "../math/joints.ts";
import { transformPoint } from "../math/pose.ts";
import { hairEnds } from "./bow-shapes.ts";
import type { Cell } from "./cell.ts";
import {
  makeScene,
  USUAL_SIZES,
  type BodyPair,
  type CollisionSizes,
  type SceneInstrument,
} from "./collision-scene.ts";
import { hairGapM, type HairGap } from "./hair-gap.ts";
import {
  middleAndReach,
  quinticPiece,
  splitPiece,
  straightPiece,
  type MotionPiece,
  type SplineKnot,
} from "./joint-motion.ts";
import { makePairScan } from "./pair-scan.ts";

export interface ClearanceSettings {
  /** Nothing may come nearer than this, > 0 [m]. A sweep looks closer wherever its bound falls below. */
  readonly requiredM: number;
  /** The stick may come so near to the strings it passes over, > 0 [m]. */
  readonly stickOverStringM: number;
  /** A sweep stops dividing the motion when no joint moves more than this, or than it may stray, in a piece, > 0 [rad]. */
  readonly finest_rad: number;
  /** Where the requirement is missed, knowing by how much to this is enough, > 0 [m]. */
  readonly slackM: number;
  /** Hair against strings does not count; in free motion it does. */
  readonly hairMayTouch: boolean;
  readonly sizes: CollisionSizes;
}

export const CLEARANCE_SETTINGS: ClearanceSettings = {
  requiredM: 0.005,
  stickOverStringM: 0.005,
  finest_rad: 2e-4,
  slackM: 0.001,
  hairMayTouch: true,
  sizes: USUAL_SIZES,
};

/** The tightest pair in one configuration, each against its own requirement. */
export interface Clearance {
  /** Its distance, and what it may come nearer than others; negative: overlap [m]. */
  readonly minM: number;
  /** How much nearer than `requiredM` this pair may come [m]. */
  readonly allowanceM: number;
  readonly pair: BodyPair;
  /** Its number, for `distanceOf`; −1 where none is nearer than asked about. */
  readonly pairNumber: number;
}

/** The tightest place of a whole motion: the true minimum lies between the two numbers, allowance included. */
export interface SweptClearance {
  /** No configuration of the motion comes nearer than this: proven, not sampled [m]. */
  readonly lowerBoundM: number;
  /** Distance of the tightest pairs in the middle of the pieces looked at [m]. */
  readonly sampledM: number;
  /** Pair of the lower bound, and how much nearer than `requiredM` it may come [m]. */
  readonly pair: BodyPair;
  readonly allowanceM: number;
}

/** Clearance of arm, bow and holder from cello, room and the arm itself. */
export interface ClearanceCheck {
  readonly requiredM: number;
  /**
   * Hair on strings does not count where the settings say so: see `hairGapAt`.
   *
   * @param farM farther is not asked about: where nothing is nearer, this is told, and no pair; much quicker [m]
   */
  readonly clearanceAt: (q_rad: Joints, farM?: number) => Clearance;
  /** Distance of one pair, and what it may come nearer than others [m]. */
  readonly distanceOf: (pairNumber: number, q_rad: Joints) => number;
  /**
   * Every configuration on the straight joint motion from A to B, and all within `maxDeviation_rad` of it.
   *
   * @param maxDeviation_rad how far each joint may stray from the straight motion, >= 0 [rad]
   */
  readonly sweepClearance: (qA_rad: Joints, qB_rad: Joints, maxDeviation_rad?: Joints) => SweptClearance;
  /**
   * Whether everything is proven clear on the straight joint motion from A to B and within `maxDeviation_rad` of it. No in doubt, and as
   * soon as one place is not: much quicker than the figure of `sweepClearance`.
   */
  readonly isMotionClear: (qA_rad: Joints, qB_rad: Joints, maxDeviation_rad?: Joints) => boolean;
  /** Every configuration on the quintic spline between two knots `durationS` apart. @param farM as above, at least `requiredM` */
  readonly sweepSpline: (
    from: SplineKnot,
    to: SplineKnot,
    durationS: number,
    farM?: number,
  ) => SweptClearance;
  /** The string nearest to the hair that is not in `allowed` (names of the strings meant to be touched), if any. */
  readonly hairGapAt: (q_rad: Joints, allowed: ReadonlySet<string>) => HairGap | undefined;
}

/** A motion finer than this that still is not proven clear passes too near to argue about [rad]. */
const COARSE_RAD = 1e-3;
const STILL: Joints = [0, 0, 0, 0, 0, 0];

/** Prepares the check for one instrument in one room. */
export function makeClearanceCheck(
  instrument: SceneInstrument,
  cell: Cell,
  settings: ClearanceSettings = CLEARANCE_SETTINGS,
): ClearanceCheck {
  const scene = makeScene(instrument, cell, settings.sizes, settings.hairMayTouch);
  const { scan, pairDistanceM } = makePairScan(scene, settings.requiredM - settings.stickOverStringM);

  const sweep = (piece: MotionPiece, stray_rad: Joints, farM?: number): SweptClearance => {
    const { middle_rad, reach_rad } = middleAndReach(piece);
    const within = stray_rad === STILL ? reach_rad : reach_rad.map((r, j) => r + stray_rad[j]!);
    const { lowerBoundM, hereM, pair, allowanceM } = scan(middle_rad, within, farM);
    const proven = hereM < settings.requiredM && hereM - lowerBoundM <= settings.slackM;
    const fine = reach_rad.every((r, j) => r <= Math.max(settings.finest_rad, stray_rad[j]!));
    if (lowerBoundM < settings.requiredM && !proven && !fine) {
      const [first, second] = splitPiece(piece);
      return tighter(sweep(first, stray_rad, farM), sweep(second, stray_rad, farM));
    }
    return { lowerBoundM, sampledM: hereM, pair, allowanceM };
  };

  const isClear = (piece: MotionPiece, stray_rad: Joints): boolean => {
    const { middle_rad, reach_rad } = middleAndReach(piece);
    const { lowerBoundM, hereM } = scan(
      middle_rad,
      reach_rad.map((r, j) => r + stray_rad[j]!),
    );
    if (lowerBoundM >= settings.requiredM) return true;
    if (hereM < settings.requiredM || reach_rad.every((r) => r < COARSE_RAD)) return false;
    const [first, second] = splitPiece(piece);
    return isClear(first, stray_rad) && isClear(second, stray_rad);
  };

  return {
    requiredM: settings.requiredM,
    isMotionClear: (qA_rad, qB_rad, maxDeviation_rad = STILL) =>
      isClear(straightPiece(qA_rad, qB_rad), maxDeviation_rad),
    clearanceAt: (q_rad, farM) => {
      const { hereM, pair, pairNumber, allowanceM } = scan(q_rad, undefined, farM);
      return { minM: hereM, pair, pairNumber, allowanceM };
    },
    distanceOf: (pairNumber, q_rad) => pairDistanceM(q_rad, pairNumber),
    sweepClearance: (qA_rad, qB_rad, maxDeviation_rad = STILL) =>
      sweep(straightPiece(qA_rad, qB_rad), maxDeviation_rad),
    sweepSpline: (from, to, durationS, farM = Infinity) =>
      sweep(quinticPiece(from, to, durationS), STILL, Math.max(farM, settings.requiredM)),
    hairGapAt: (q_rad, allowed) => nearestString(instrument, q_rad, allowed),
  };
}

const tighter = (a: SweptClearance, b: SweptClearance): SweptClearance => ({
  ...(a.lowerBoundM <= b.lowerBoundM ? a : b),
  sampledM: Math.min(a.sampledM, b.sampledM),
});

function nearestString(
  { dh, hair, strings }: SceneInstrument,
  q_rad: Joints,
  allowed: ReadonlySet<string>,
): HairGap | undefined {
  const X_BF = forwardKinematics(dh, q_rad);
  const [frog, tip] = hairEnds(hair);
  const [from, to] = [transformPoint(X_BF, frog), transformPoint(X_BF, tip)];
  let nearest: HairGap | undefined;
  for (const string of Object.values(strings)) {
    if (allowed.has(string.name)) continue;
    const gapM = hairGapM(from, to, string);
    if (!nearest || gapM < nearest.gapM) nearest = { string: string.name, gapM };
  }
  return nearest;
}

/** What comes how near, and what is asked for. @param where in words, as in " at 3.2 s" */
export function describeCollision(minM: number, pair: BodyPair, requiredM: number, where = ""): string {
  const both = pair.join(" and ");
  if (minM <= 0) return `${both} run into each other${where}; ${mm(requiredM)} between them is required`;
  // 9.97 mm is less than 10: so many digits that it can be seen.
  const digits = requiredM - minM < 1e-4 ? 3 : 1;
  return `${both} come within ${mm(minM, digits)}${where}; ${mm(requiredM)} is required`;
}

const mm = (metres: number, digits = 1): string => `${(metres * 1e3).toFixed(digits)} mm`;
