import type { ClearanceCheck } from "../collision/clearance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { refine } from "../kinematics/inverse.ts";
import { movingAverage } from "../math/b-spline.ts";
import { cheapestPath } from "../math/cheapest-path.ts";
import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import type { BowMotion, BowState } from "./bow-motion.ts";
import { stillAtEnds } from "./ease-posture.ts";
import { firstBranch } from "./first-branch.ts";
import type { MotionLimits } from "./joint-trajectory.ts";
import type { PostureControls } from "./posture-controls.ts";
import { awayFromSingular } from "./singular.ts";
import { taughtTilt_rad } from "./taught-tilt.ts";
import { flangeOf, type Lean } from "./tool-path.ts";

/** What the bow may be tilted and skewed for, and how much. */
export interface PostureSettings {
  /** Spacing of the choices [s]. */
  readonly gridS: number;
  /** Changes are spread over about this long [s]. */
  readonly smoothS: number;
  /** Largest tilt to either side, and step between choices [rad]. */
  readonly tilt: { readonly most_rad: number; readonly step_rad: number };
  /** The same out of square [rad]. */
  readonly skew: { readonly most_rad: number; readonly step_rad: number };
  /** Clearance beyond which more is not worth anything [m]. */
  readonly easyClearanceM: number;
  readonly weights: PostureWeights;
}

/** Prices of a posture, per grid step. */
export interface PostureWeights {
  /** Joint speed: square of its share of the limit, and six times as steep near the limit. */
  readonly speed: number;
  /** Nearness to a singular pose. */
  readonly singular: number;
  /** Nearness to anything solid. */
  readonly clearance: number;
  /** Away from the tilt that was taught, and from square; per square of the largest. */
  readonly taught: number;
  /** A change by one step. */
  readonly change: number;
}

export const defaultPostureSettings: PostureSettings = {
  gridS: 0.1,
  smoothS: 0.5,
  tilt: { most_rad: 0.36, step_rad: 0.09 },
  skew: { most_rad: 0.1, step_rad: 0.05 },
  easyClearanceM: 0.02,
  weights: { speed: 1, singular: 0.02, clearance: 0.3, taught: 0.05, change: 0.02 },
};

export interface PostureContext {
  readonly instrument: Instrument;
  readonly limits: Pick<MotionLimits, "jointSpeed_radps" | "clearanceM">;
  readonly clearance: ClearanceCheck;
  readonly posture: PostureSettings;
}

/** Bow states at the grid times, and how the bow is leaned there so far. */
interface Grid {
  readonly states: readonly BowState[];
  readonly lean: readonly Lean[];
}

/**
 * Spends what the music leaves open (tilt and skew of the bow) on the arm, over the whole piece at once: slow joints, no
 * singular poses, distance to everything solid. Tilt first, then skew beside it; each a dynamic programme over a grid in
 * time.
 */
export function choosePosture(motion: BowMotion, context: PostureContext): PostureControls {
  const { instrument, posture } = context;
  const count = Math.ceil((motion.endS - motion.startS) / posture.gridS) + 1;
  const states = Array.from({ length: count }, (_, k) => motion.at(motion.startS + k * posture.gridS));
  const level: Grid = { states, lean: states.map(() => ({ tilt_rad: 0, skew_rad: 0 })) };
  const reach = Math.round(posture.smoothS / posture.gridS / 2);

  const taught = states.map((state) => taughtTilt_rad(instrument, state));
  const settled = (levels: Float64Array): Float64Array => stillAtEnds(movingAverage(levels, reach));
  const tilt = settled(chooseLevels(level, "tilt_rad", posture.tilt, taught, context));
  const tilted: Grid = { states, lean: level.lean.map((l, k) => ({ ...l, tilt_rad: tilt[k]! })) };
  const square = states.map(() => 0);
  const skew = settled(chooseLevels(tilted, "skew_rad", posture.skew, square, context));
  return { tilt, skew };
}

/** The cheapest sequence of one freedom, the other held. Where the arm cannot go at all, the taught one. */
function chooseLevels(
  grid: Grid,
  freedom: keyof Lean,
  range: { readonly most_rad: number; readonly step_rad: number },
  taught: readonly number[],
  context: PostureContext,
): Float64Array {
  const { instrument, limits, posture } = context;
  const { weights, gridS } = posture;
  const side = Math.floor(range.most_rad / range.step_rad + 1e-9);
  const levels = 2 * side + 1;
  const valueOf = (l: number): number => (l - side) * range.step_rad;
  const reached = reachedJoints(grid, freedom, levels, valueOf, instrument);
  const node = (k: number, l: number): number => {
    const at = reached[k]![l];
    if (!at) return Infinity;
    const { minM } = context.clearance.clearanceAt(at.q, posture.easyClearanceM);
    const away = (valueOf(l) - taught[k]!) / range.most_rad;
    return (
      weights.singular / awayFromSingular(at.q, at.X_BF) ** 2 +
      weights.clearance * tooNear(minM, limits.clearanceM, posture.easyClearanceM) +
      weights.taught * away * away
    );
  };
  const edge = (k: number, from: number, to: number): number => {
    const [a, b] = [reached[k - 1]![from]!.q, reached[k]![to]!.q];
    const change = to - from;
    return (
      weights.speed * speedPrice(a, b, gridS, limits.jointSpeed_radps) + weights.change * change * change
    );
  };
  const path = cheapestPath({ steps: grid.states.length, levels, node, edge, reach: 2 });
  if (!path) return Float64Array.from(taught);
  return Float64Array.from(path, valueOf);
}

interface Reached {
  readonly q: Joints;
  readonly X_BF: Pose<"B", "F">;
}

/** Joints for every level at every grid time, on the branch nearest to the parked pose. */
function reachedJoints(
  { states, lean }: Grid,
  freedom: keyof Lean,
  levels: number,
  valueOf: (level: number) => number,
  instrument: Instrument,
): readonly (readonly (Reached | undefined)[])[] {
  const rows: (Reached | undefined)[][] = [];
  states.forEach((state, k) => {
    const before = rows[k - 1];
    const row: (Reached | undefined)[] = [];
    for (let l = 0; l < levels; l++) {
      const X_BF = flangeOf(state, instrument, { ...lean[k]!, [freedom]: valueOf(l) });
      const seed = before?.[l]?.q ?? row[l - 1]?.q;
      const q = seed ? refine(instrument.dh, X_BF, seed) : firstBranch(instrument, X_BF);
      row.push(q && { q, X_BF });
    }
    rows.push(row);
  });
  return rows;
}

/** 0 from `easyM` on, 1 at what is required, steep below. */
function tooNear(minM: number, requiredM: number, easyM: number): number {
  const short = Math.max(0, (easyM - minM) / (easyM - requiredM));
  return short <= 1 ? short * short : short * short + 100 * (short - 1);
}

function speedPrice(a: Joints, b: Joints, stepS: number, limit: Joints): number {
  let price = 0;
  for (let j = 0; j < 6; j++) {
    const share = Math.abs(b[j]! - a[j]!) / (stepS * limit[j]!);
    const square = share * share;
    price += square + 6 * square * square * square;
  }
  return price;
}
