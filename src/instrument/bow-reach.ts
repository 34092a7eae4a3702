import type { DhParameters } from "../kinematics/dh.ts";
import { jacobianAt, jointAxes } from "../kinematics/forward.ts";
import { inverseKinematics, refine, unwrapNear } from "../kinematics/inverse.ts";
import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import { solveInPlace } from "../math/solve.ts";
import { addScaled } from "../math/vec.ts";
import { hairDirection } from "./bow-hold.ts";
import { bowOnString } from "./bow-on-string.ts";
import type { HairLine, ArmEase, StringLine } from "./instrument.ts";

/** A joint may turn at most so much per metre of bow: at 0.5 m/s that is two thirds of its speed limit [rad/m]. @assumed */
const MAX_TURN_RADPM = 4.2;
/** Contact point the window is measured at, from the bridge [m]. @assumed the middle of the playing range */
const CONTACT_M = 0.08;
const STEP_M = 0.005;
/** Tilts tried around the taught one: the planner may choose among these as well [rad]. */
const TILTS_RAD = [-0.3, -0.15, 0, 0.15, 0.3];

type Line = Omit<StringLine, "playable" | "ease">;

/** How the arm copes along a string's taught stroke. */
export interface BowReach {
  /** Positions from the frog; both ends at the frog pose when no part is playable [m]. */
  readonly playable: { readonly fromM: number; readonly toM: number };
  readonly ease: ArmEase;
}

/**
 * The longest part of a taught stroke along which, with some tilt, no joint turns too much per metre of bow; and how hard
 * a roll about the string is along it.
 *
 * Next to a singular pose (an arm nearly straight) a steady bow needs joints that race; that hair is better left unused.
 *
 * @param seed joints near the frog pose: the branch that counts
 */
export function bowReach(dh: DhParameters, hair: HairLine, line: Line, seed: Joints): BowReach {
  const { frog, tip } = line;
  let best = { fromM: frog.bowM, toM: frog.bowM };
  let open: number | undefined;
  let near: readonly Joints[] = TILTS_RAD.map(() => seed);
  const ease = { roll: [] as number[], bow: [] as number[] };
  const steps = Math.floor((tip.bowM - frog.bowM) / STEP_M + 1e-9);
  for (let step = 0; step <= steps; step++) {
    const bowM = frog.bowM + step * STEP_M;
    const tries = TILTS_RAD.map((tilt, i) => effortAt(dh, hair, line, { bowM, tilt, near: near[i]! }));
    near = tries.map(({ q }, i) => q ?? near[i]!);
    ease.bow.push(Math.min(...tries.map(({ bowRadpm }) => bowRadpm)));
    ease.roll.push(Math.min(...tries.map(({ roll }) => roll)));
    open = ease.bow[step]! <= MAX_TURN_RADPM ? (open ?? bowM) : undefined;
    if (open !== undefined && bowM - open > best.toM - best.fromM) best = { fromM: open, toM: bowM };
  }
  return { playable: best, ease: { fromM: frog.bowM, stepM: STEP_M, ...ease } };
}

/** The fastest joint per metre of bow, and per radian of roll, at one place; infinite where the arm cannot be. */
function effortAt(
  dh: DhParameters,
  hair: HairLine,
  line: Line,
  at: { readonly bowM: number; readonly tilt: number; readonly near: Joints },
): { readonly q: Joints | undefined; readonly bowRadpm: number; readonly roll: number } {
  const X_BF = bowOnString(hair, line, { bowM: at.bowM, contactM: CONTACT_M, tilt_rad: at.tilt });
  const q = refine(dh, X_BF, at.near) ?? nearest(dh, X_BF, at.near);
  if (!q) return { q, bowRadpm: Infinity, roll: Infinity };
  const { axes } = jointAxes(dh, q);
  const contact = addScaled(line.bridge_B_m, line.axis_B, CONTACT_M);
  const fastest = (twist: Float64Array): number =>
    solveInPlace(jacobianAt(axes, contact), twist) ? Math.max(...twist.map(Math.abs)) : Infinity;
  const u = hairDirection(line, { inclination_rad: line.window.centre_rad, skew_rad: 0 });
  return {
    q,
    bowRadpm: fastest(Float64Array.of(...u, 0, 0, 0)),
    roll: fastest(Float64Array.of(0, 0, 0, ...line.axis_B)),
  };
}

const nearest = (dh: DhParameters, X_BF: Pose<"B", "F">, seed: Joints): Joints | undefined => {
  const away = (q: Joints): number => Math.max(...q.map((v, j) => Math.abs(v - seed[j]!)));
  return inverseKinematics(dh, X_BF)
    .map((q) => unwrapNear(q, seed))
    .sort((a, b) => away(a) - away(b))[0];
};
