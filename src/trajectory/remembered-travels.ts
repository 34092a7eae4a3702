import type { Joints } from "../math/joints.ts";
import type { Outcome } from "../outcome.ts";
import { freeTravel, type FreeTravel, type FreeTravelContext } from "./free-travel.ts";
import type { NoWay } from "./free-way.ts";

/** Motions from rest to rest through free space. */
export type FreeTravels = (from: Joints, to: Joints) => Outcome<FreeTravel, NoWay>;

/** Each is found once: plans of one piece mostly begin and end in the same place. */
export function rememberedTravels(context: FreeTravelContext): FreeTravels {
  const known = new Map<string, Outcome<FreeTravel, NoWay>>();
  return (from, to) => {
    const key = [...from, ...to].join(" ");
    const travel = known.get(key) ?? freeTravel(from, to, context);
    known.set(key, travel);
    return travel;
  };
}
