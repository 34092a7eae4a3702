import type { TaughtPose } from "../instrument/calibration.ts";
import { taughtFlange } from "../instrument/load.ts";
import type { UrPose } from "../math/pose.ts";
import { distance, type Vec3 } from "../math/vec.ts";
import type { TaughtPlace } from "./operator.ts";

/** Two corners of a string nearer than this are one place twice [m]. */
const LEAST_STROKE_M = 0.15;
const LEAST_APART_M = 0.005;

/** A pose, and what it was taken for. */
export interface PlacedPose {
  readonly place: TaughtPlace;
  readonly pose: TaughtPose;
}

/** Why a pose cannot be what it was asked for, because of those before it; undefined when it may. */
export function misplaced(
  place: Exclude<TaughtPlace, { kind: "parked" }>,
  { p }: TaughtPose,
  before: readonly PlacedPose[],
  tcp_F: readonly number[],
): string | undefined {
  const flange = (pose: readonly number[]): Vec3 => taughtFlange(pose, tcp_F as unknown as UrPose).p_m;
  for (const { place: other, pose } of before) {
    const apartM = distance(flange(p), flange(pose.p));
    if (other.kind === "parked") continue;
    const isStroke = place.kind === "corner" && other.kind === "corner" && place.string === other.string;
    const leastM = isStroke ? LEAST_STROKE_M : LEAST_APART_M;
    if (apartM >= leastM) continue;
    return `this is only ${(1e3 * apartM).toFixed(0)} mm from ${nameOfPlace(other)} (at least ${(1e3 * leastM).toFixed(0)} mm)`;
  }
  return undefined;
}

/** A place in a sentence; two places are one when they have one name. */
export function nameOfPlace(place: TaughtPlace): string {
  switch (place.kind) {
    case "corner":
      return `the ${place.end} of the ${place.string} string`;
    case "extra":
      return `extra point ${place.number} of the ${place.string} string`;
    case "parked":
      return "the parked pose";
  }
}
