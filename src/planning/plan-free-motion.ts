import { describeCollision } from "../collision/clearance.ts";
import type { Cell } from "../collision/cell.ts";
import type { JointWall } from "../collision/joint-walls.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { JOINT_NAMES, type Joints } from "../math/joints.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { freeTravel, type FreeTravel } from "../trajectory/free-travel.ts";
import type { NoWay } from "../trajectory/free-way.ts";
import { roundedWay } from "../trajectory/rounded-way.ts";
import { timedWay } from "../trajectory/timed-way.ts";
import { wayOut } from "../trajectory/way-out.ts";
import { freeClearance, wallsFor, wideningFor } from "./clearance-checks.ts";
import type { Profile } from "./profile.ts";

/** What free motion is planned in. */
export interface FreeContext {
  readonly instrument: Instrument;
  readonly cell: Cell;
  readonly profile: Pick<Profile, "limits" | "trajectory">;
  readonly seed?: number;
}

/** Why there is no way: the arm would have to turn a joint past something that it cannot pass. */
export interface Unpassable {
  readonly where: "behind";
  readonly wall: JointWall;
  /** Where that joint stands, and where it is to be [rad]. */
  readonly from_rad: number;
  readonly to_rad: number;
  readonly requiredM: number;
}

/** A way with less to spare than this is not found in practice [m]. */
const NARROW_M = 0.001;

/**
 * The way from wherever the arm stands to `goal`: first straight out of what it touches, then free. At rest in between.
 *
 * @returns parts, each [n × 6] at the profile's sampling, from rest to rest
 */
export function planFreeMotion(
  from: Joints,
  goal: Joints,
  context: FreeContext,
): Outcome<readonly Float64Array[], NoWay | Unpassable> {
  const { instrument, profile, seed } = context;
  const { limits, trajectory } = profile;
  const clear = freeClearance(context);
  const pace = { limits, share: trajectory.freeMotionShare, sampleS: trajectory.sampleS };
  const travel = { instrument, clear, pace, ...(seed !== undefined && { seed }) };
  const free = (start: Joints): Outcome<FreeTravel, NoWay | Unpassable> => {
    const never = unpassable(start, goal, clear.requiredM, context);
    if (never) return refuse(never);
    const found = freeTravel(start, goal, travel);
    if (found.ok || found.why.where !== "between") return found;
    return refuse(unpassable(start, goal, clear.requiredM + NARROW_M, context) ?? found.why);
  };
  const { minM } = clear.clearanceAt(from);
  if (minM >= clear.requiredM) {
    const found = free(from);
    return found.ok ? ok([found.value.q_rad]) : found;
  }
  const out = wayOut(from, instrument, wideningFor(context), clear);
  if (!out.ok) return out;
  const found = free(out.value);
  if (!found.ok) return found;
  const straight = timedWay(roundedWay([from, out.value], 0), instrument, pace);
  return ok([straight, found.value.q_rad]);
}

function unpassable(
  from: Joints,
  goal: Joints,
  leastM: number,
  context: FreeContext,
): Unpassable | undefined {
  const wall = wallsFor(context, leastM)(from, goal);
  if (!wall) return undefined;
  const { joint } = wall;
  const requiredM = context.profile.limits.clearanceM;
  return { where: "behind", wall, from_rad: from[joint]!, to_rad: goal[joint]!, requiredM };
}

/** One sentence: what stands where in the way, and what to do. */
export function explainNoWay(why: NoWay | Unpassable): string {
  if (why.where === "behind") return explainUnpassable(why);
  const { where, pair, clearanceM, requiredM } = why;
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

function explainUnpassable({ wall, from_rad, to_rad, requiredM }: Unpassable): string {
  const { joint, at_rad, pair, widestM } = wall;
  const [one, other] = pair;
  const turn = `the ${JOINT_NAMES[joint]!} joint stands at ${deg(from_rad)} and is to turn to ${deg(to_rad)}`;
  if (widestM <= 0)
    return (
      `${turn}, but at ${deg(at_rad)} ${one} and ${other} run into each other wherever the other joints stand: the arm cannot have come ` +
      `here in this room; see whether cell file and calibration tell of this arm and its room, or turn the joint back by hand (Freedrive)`
    );
  return (
    `${turn}, but at ${deg(at_rad)} no more than ${mm(widestM)} is left between ${one} and ${other} wherever the other joints stand ` +
    `(${mm(requiredM)} is required, and some room to steer); turn the joint past that by hand (Freedrive)`
  );
}

const deg = (rad: number): string => `${((rad * 180) / Math.PI).toFixed(0)} deg`;
const mm = (metres: number): string => `${(metres * 1e3).toFixed(1)} mm`;
