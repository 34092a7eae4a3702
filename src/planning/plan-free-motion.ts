import type { Cell } from "../collision/cell.ts";
import type { JointWalls } from "../collision/joint-walls.ts";
import type { UpperArmTurns } from "../collision/upper-arm-turns.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { freeTravel, withStops, type FreeTravel } from "../trajectory/free-travel.ts";
import { FREE_WAY_DEFAULTS, type FreeWay, type FreeWaySettings } from "../trajectory/free-way.ts";
import { wayOut, wayToRoom } from "../trajectory/way-out.ts";
import { freeClearance, upperArmTurnsFor, wallsFor, wideningFor } from "./clearance-checks.ts";
import type { NoPassage, ShutOffFrom, Unpassable } from "./no-passage.ts";
import type { Profile } from "./profile.ts";

/** What free motion is planned in. */
export interface FreeContext {
  readonly instrument: Instrument;
  readonly cell: Cell;
  readonly profile: Pick<Profile, "limits" | "trajectory">;
  readonly seed?: number;
}

/** How a way is looked for once a quick look has found none. @assumed an operator waits some more seconds before turning an arm by hand */
const CLOSER = { tries: 16000, stepRad: 0.2, shortenings: 3 };

/**
 * The way from wherever the arm stands to `goal`: first out of what it touches or stands too near to, then free. At rest in between.
 *
 * Where no free way is found from a narrow place, it is left for a roomier one, and the search looks closer from there.
 *
 * @returns parts, each [n × 6] at the profile's sampling, from rest to rest
 */
export function planFreeMotion(
  from: Joints,
  goal: Joints,
  context: FreeContext,
): Outcome<readonly Float64Array[], NoPassage> {
  const { instrument, profile, seed = FREE_WAY_DEFAULTS.seed } = context;
  const { limits, trajectory } = profile;
  const clear = freeClearance(context);
  const pace = { limits, share: trajectory.freeMotionShare, sampleS: trajectory.sampleS };
  const leaving = { instrument, widening: wideningFor(context), clear, limits, seed };
  const bounds = { walls: wallsFor(context), turns: upperArmTurnsFor(context) };
  const joined = (out: FreeWay, { q_rad }: FreeTravel): readonly Float64Array[] =>
    out.length > 1 ? [withStops(out, instrument, pace), q_rad] : [q_rad];

  const isNear = clear.clearanceAt(from).minM < clear.requiredM;
  const out = isNear ? wayOut(from, leaving) : ok([from]);
  if (!out.ok) return out;
  const start = out.value.at(-1)!;
  const never = unpassable(start, goal, bounds, clear.requiredM);
  if (never) return refuse(never);
  const travel = { instrument, clear, pace, seed };
  const found = freeTravel(start, goal, travel);
  if (found.ok) return ok(joined(out.value, found.value));
  if (found.why.where !== "between") return found;
  const toRoom = [...out.value, ...wayToRoom(start, leaving).slice(1)];
  const search = { ...CLOSER, ...rangeAround(goal, limits, bounds) };
  const foundCloser = freeTravel(toRoom.at(-1)!, goal, { ...travel, search });
  return foundCloser.ok ? ok(joined(toRoom, foundCloser.value)) : foundCloser;
}

/** What bounds the turns of some joints, wherever the others stand. */
interface Bounds {
  readonly walls: JointWalls;
  readonly turns: UpperArmTurns;
}

/** Why there can be no way, where that is proven. */
function unpassable(
  from: Joints,
  goal: Joints,
  { walls, turns }: Bounds,
  requiredM: number,
): Unpassable | ShutOffFrom | undefined {
  const wall = walls.between(from, goal);
  if (wall) {
    const { joint } = wall;
    return { where: "behind", wall, from_rad: from[joint]!, to_rad: goal[joint]!, requiredM };
  }
  const shut = turns.shutOff(from, goal);
  return shut && { where: "shut off", shut, from, goal, requiredM };
}

/** Where the joints can be turned to at all from there, so that nobody looks elsewhere. */
function rangeAround(
  q_rad: Joints,
  { jointMin_rad, jointMax_rad }: FreeContext["profile"]["limits"],
  { walls, turns }: Bounds,
): Pick<FreeWaySettings, "jointMin_rad" | "jointMax_rad"> {
  const ofArm = turns.rangeFrom(q_rad);
  const ranges = q_rad.map((q, j) => {
    const [least, most] = ofArm[j] ?? walls.rangeFrom(j, q, [jointMin_rad[j]!, jointMax_rad[j]!]);
    return [Math.max(least, jointMin_rad[j]!), Math.min(most, jointMax_rad[j]!)] as const;
  });
  const [least, most] = [ranges.map(([low]) => low), ranges.map(([, high]) => high)];
  return { jointMin_rad: least as unknown as Joints, jointMax_rad: most as unknown as Joints };
}
