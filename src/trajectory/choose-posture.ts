import type { ClearanceCheck } from "../collision/clearance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { refine } from "../kinematics/inverse.ts";
import { movingAverage } from "../math/b-spline.ts";
import { cheapestPath } from "../math/cheapest-path.ts";
import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import type { BowMotion, BowState } from "./bow-motion.ts";
import { firstBranch } from "./first-branch.ts";
import type { MotionLimits } from "./joint-trajectory.ts";
import type { OpenStretch } from "./open-stretch.ts";
import { stillAtEnds, type PostureControls } from "./posture-controls.ts";
import { awayFromSingular } from "./singular.ts";
import { taughtTilt_rad } from "./taught-tilt.ts";
import { flangeOf, type Lean } from "./tool-path.ts";

/** What the bow may be tilted and skewed for, and how much. */
export interface PostureSettings {
  /** Spacing of the choices [s]. */
  readonly gridS: number;
  /** Changes are spread over about this long [s]. */
  readonly smoothS: number;
  /**
   * Largest tilt to either side, and step between choices; the largest around hops over strings, where it saves time [rad].
   * @source cello-sound.md 2: cellists tilt by 0 to 30 deg
   */
  readonly tilt: { readonly most_rad: number; readonly step_rad: number; readonly mostAtHops_rad: number };
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
  tilt: { most_rad: 0.36, step_rad: 0.09, mostAtHops_rad: 0.52 },
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
  /** Joints near those at the first of them; absent = the parked pose tells which branch the arm takes. */
  readonly near: Joints | undefined;
}

/** What one freedom may be, and what it had better be. */
interface Freedom {
  readonly of: keyof Lean;
  readonly most_rad: number;
  readonly step_rad: number;
  readonly taught: readonly number[];
  /** Where it must begin and end; undefined = anywhere [rad]. */
  readonly from_rad: number | undefined;
  readonly to_rad: number | undefined;
}

/**
 * Spends what the music leaves open (tilt and skew of the bow) on the arm, over the whole piece at once: slow joints, no
 * singular poses, distance to everything solid. Tilt first, then skew beside it; each a dynamic programme over a grid in
 * time.
 *
 * @param open where it is to be chosen, from and to what it is around it; absent = everywhere
 */
export function choosePosture(
  motion: BowMotion,
  context: PostureContext,
  open?: OpenStretch,
): PostureControls {
  const { instrument, posture } = context;
  const end = Math.ceil((motion.endS - motion.startS) / posture.gridS);
  const { first, last } = open ?? { first: 0, last: end };
  const [from, to] = [Math.max(0, first - 1), Math.min(end, last + 1)];
  const timeS = (k: number): number => motion.startS + (from + k) * posture.gridS;
  const states = Array.from({ length: to - from + 1 }, (_, k) => motion.at(timeS(k)));
  const level: Grid = {
    states,
    lean: states.map(() => ({ tilt_rad: 0, skew_rad: 0 })),
    near: open?.jointsAt(timeS(0)),
  };
  const ends = (around: Float64Array | undefined) => ({
    from_rad: from < first ? around?.[from] : undefined,
    to_rad: to > last ? around?.[to] : undefined,
  });
  const reach = Math.round(posture.smoothS / posture.gridS / 2);
  const settled = (levels: Float64Array, around = levels): Float64Array => {
    const rough = around.slice();
    rough.set(levels.subarray(first - from, last - from + 1), first);
    const smooth = around.slice();
    smooth.set(movingAverage(rough, reach).subarray(first, last + 1), first);
    return stillAtEnds(smooth);
  };

  const taught = states.map((state) => taughtTilt_rad(instrument, state));
  const tilting = { of: "tilt_rad" as const, ...posture.tilt, taught, ...ends(open?.around.tilt) };
  const tilt = settled(chooseLevels(level, tilting, context), open?.around.tilt);
  const tilted: Grid = { ...level, lean: level.lean.map((l, k) => ({ ...l, tilt_rad: tilt[from + k]! })) };
  const square = states.map(() => 0);
  const skewing = { of: "skew_rad" as const, ...posture.skew, taught: square, ...ends(open?.around.skew) };
  const skew = settled(chooseLevels(tilted, skewing, context), open?.around.skew);
  return { tilt, skew };
}

/** The cheapest sequence of one freedom, the other held. Where the arm cannot go at all, the taught one. */
function chooseLevels(
  grid: Grid,
  { of, most_rad, step_rad, taught, from_rad, to_rad }: Freedom,
  context: PostureContext,
): Float64Array {
  const { instrument, limits, posture } = context;
  const { weights, gridS } = posture;
  const side = Math.floor(most_rad / step_rad + 1e-9);
  const levels = 2 * side + 1;
  const valueOf = (l: number): number => (l - side) * step_rad;
  const nearest = (value_rad: number): number =>
    Math.min(Math.max(Math.round(value_rad / step_rad) + side, 0), levels - 1);
  const [from, to] = [from_rad, to_rad].map((value) => value !== undefined && nearest(value));
  const last = grid.states.length - 1;
  const reached = reachedJoints(grid, of, levels, valueOf, instrument);
  const node = (k: number, l: number): number => {
    const at = reached[k]![l];
    const must = k === 0 ? from : k === last ? to : false;
    if (!at || (must !== false && must !== l)) return Infinity;
    const { minM } = context.clearance.clearanceAt(at.q, posture.easyClearanceM);
    const away = (valueOf(l) - taught[k]!) / most_rad;
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
  const path = cheapestPath({ steps: last + 1, levels, node, edge, reach: 2 });
  if (!path) return Float64Array.from(taught);
  return Float64Array.from(path, valueOf);
}

interface Reached {
  readonly q: Joints;
  readonly X_BF: Pose<"B", "F">;
}

/** Joints for every level at every grid time, on the branch nearest to the parked pose. */
function reachedJoints(
  { states, lean, near }: Grid,
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
      const seed = before?.[l]?.q ?? row[l - 1]?.q ?? near;
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
