import type { ClearanceCheck } from "../collision/clearance.ts";
import type { WideningCheck } from "../collision/widening.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { refine } from "../kinematics/inverse.ts";
import type { Joints } from "../math/joints.ts";
import { rotate } from "../math/rotation.ts";
import { addScaled, unit, type Vec3 } from "../math/vec.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import type { MotionLimits } from "./joint-trajectory.ts";
import { withoutNeedless, type FreeWay, type NoWay } from "./free-way.ts";
import { roomierWay } from "./roomier-way.ts";

/** Ways out, seen from the cello: straight away from the strings first, then aside, along them, and up. */
const DIRECTIONS_C: readonly Vec3[] = [
  [0, 0, 1],
  [0.5, 0, 1],
  [-0.5, 0, 1],
  [0, 0.7, 1],
  [0, -0.7, 1],
  [1, 0, 0.3],
  [-1, 0, 0.3],
];
const LENGTHS_M = [0.02, 0.04, 0.07, 0.1, 0.15];
/** Beyond what is required, this much is room enough to steer in [m]. */
const ROOM_M = 0.01;

/** Other random turns may lead on where some have led into a corner: so often is it tried. */
const ATTEMPTS = 8;

/** What ways out of narrow places are looked for with. */
export interface WayOutContext {
  readonly instrument: Pick<Instrument, "dh" | "X_BC">;
  readonly widening: WideningCheck;
  /** The check for free motion: hair may not lie on strings. */
  readonly clear: ClearanceCheck;
  readonly limits: Pick<MotionLimits, "jointMin_rad" | "jointMax_rad">;
  readonly seed: number;
}

/**
 * A motion out of a place where the bow lies on a string, or something else stands too near: whatever is too near comes no nearer than it
 * is, and at its end all is clear. Straight off, as a bow is lifted, wherever that does; else joint by joint, to where there is more room.
 */
export function wayOut(q_rad: Joints, context: WayOutContext): Outcome<FreeWay, NoWay> {
  const { clear } = context;
  const { requiredM } = clear;
  const isAllowed = allowedFrom(q_rad, context);
  const end = straightOut(q_rad, context.instrument, isAllowed, clear);
  if (end) return ok([q_rad, end]);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const way = wayToRoom(q_rad, { ...context, seed: context.seed + attempt });
    if (clear.clearanceAt(way.at(-1)!).minM >= requiredM) return ok(way);
  }
  const { minM, pair } = clear.clearanceAt(q_rad);
  return refuse({ where: "start", pair, clearanceM: minM, requiredM });
}

/** From where the arm stands to where there is room to steer, or as far towards that as it gets. */
export function wayToRoom(q_rad: Joints, context: WayOutContext): FreeWay {
  const isAllowed = allowedFrom(q_rad, context);
  const { clear, seed } = context;
  const way = roomierWay(q_rad, isAllowed, clear, { enoughM: clear.requiredM + ROOM_M, seed });
  return withoutNeedless(way, isAllowed);
}

type IsAllowed = (a: Joints, b: Joints) => boolean;

function allowedFrom(
  standing_rad: Joints,
  { widening, limits: { jointMin_rad, jointMax_rad } }: WayOutContext,
): IsAllowed {
  const widens = widening(standing_rad);
  const isWithin = (q_rad: Joints): boolean =>
    q_rad.every((q, j) => {
      const [least, most] = [jointMin_rad[j]!, jointMax_rad[j]!];
      return q >= Math.min(least, standing_rad[j]!) && q <= Math.max(most, standing_rad[j]!);
    });
  return (a, b) => isWithin(b) && widens(a, b);
}

function straightOut(
  q_rad: Joints,
  { dh, X_BC }: Pick<Instrument, "dh" | "X_BC">,
  isAllowed: IsAllowed,
  clear: ClearanceCheck,
): Joints | undefined {
  const X_BF = forwardKinematics(dh, q_rad);
  for (const lengthM of LENGTHS_M)
    for (const direction of DIRECTIONS_C) {
      const p_m = addScaled(X_BF.p_m, rotate(X_BC.R, unit(direction)), lengthM);
      const end = refine(dh, { ...X_BF, p_m }, q_rad);
      if (end && clear.clearanceAt(end).minM >= clear.requiredM && isAllowed(q_rad, end)) return end;
    }
  return undefined;
}
