import { describeCollision } from "../collision/clearance.ts";
import type { Cell } from "../collision/cell.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import { ok, type Outcome } from "../outcome.ts";
import { freeTravel } from "../trajectory/free-travel.ts";
import type { NoWay } from "../trajectory/free-way.ts";
import { roundedWay } from "../trajectory/rounded-way.ts";
import { timedWay } from "../trajectory/timed-way.ts";
import { wayOut } from "../trajectory/way-out.ts";
import { freeClearance, wideningFor } from "./clearance-checks.ts";
import type { Profile } from "./profile.ts";

/** What free motion is planned in. */
export interface FreeContext {
  readonly instrument: Instrument;
  readonly cell: Cell;
  readonly profile: Pick<Profile, "limits" | "trajectory">;
  readonly seed?: number;
}

/**
 * The way from wherever the arm stands to `goal`: first straight out of what it touches, then free. At rest in between.
 *
 * @returns parts, each [n × 6] at the profile's sampling, from rest to rest
 */
export function planFreeMotion(
  from: Joints,
  goal: Joints,
  context: FreeContext,
): Outcome<readonly Float64Array[], NoWay> {
  const { instrument, profile, seed } = context;
  const { limits, trajectory } = profile;
  const clear = freeClearance(context);
  const pace = { limits, share: trajectory.freeMotionShare, sampleS: trajectory.sampleS };
  const travel = { instrument, clear, pace, ...(seed !== undefined && { seed }) };
  const { minM } = clear.clearanceAt(from);
  if (minM >= clear.requiredM) {
    const free = freeTravel(from, goal, travel);
    return free.ok ? ok([free.value.q_rad]) : free;
  }
  const out = wayOut(from, instrument, wideningFor(context), clear);
  if (!out.ok) return out;
  const free = freeTravel(out.value, goal, travel);
  if (!free.ok) return free;
  const straight = timedWay(roundedWay([from, out.value], 0), instrument, pace);
  return ok([straight, free.value.q_rad]);
}

/** One sentence: what stands where in the way. */
export function explainNoWay({ where, pair, clearanceM, requiredM }: NoWay): string {
  const what = describeCollision(clearanceM, pair, requiredM);
  switch (where) {
    case "start":
      return `where the arm stands, ${what}, and no straight way out makes room; move it away by hand (Freedrive)`;
    case "goal":
      return `where the arm is to go, ${what}; choose another parked pose, or move what is in the way`;
    case "between":
      return `no way was found around what is between: on the straight one, ${what}; move the arm nearer by hand (Freedrive)`;
  }
}
