import { jointsAt, type Joints } from "../math/joints.ts";
import type { Stretch } from "./changed-stretches.ts";
import { timeOf, type FollowedRolls, type OpenPath } from "./followed-rolls.ts";
import { COARSE } from "./music-path.ts";
import { CONTROL_REACH, type ControlRange } from "./open-stretch.ts";
import type { MusicContext, SampledPath } from "./plan-trajectory.ts";
import { STILL } from "./posture-controls.ts";

/** Joints that are planned anew meet the old ones within this [rad]. */
const MEETS_RAD = 1e-6;

/** Control points that are felt in a stretch; towards the ends all, because those are alike there. */
export function rangeIn(
  { fromS, toS }: Stretch,
  { motion: { startS }, controls }: Pick<FollowedRolls, "motion" | "controls">,
  { settings }: MusicContext,
): ControlRange {
  const { gridS } = settings.posture;
  const end = controls.tilt.length - 1;
  const place = (scoreS: number): number => (scoreS - startS) / gridS;
  const first = Math.floor(place(fromS) + 1e-6) + CONTROL_REACH;
  const last = Math.ceil(place(toS) - 1e-6) - CONTROL_REACH;
  return { first: first <= STILL + 1 ? 0 : first, last: last >= end - STILL - 1 ? end : last };
}

/** A part of a path, to be planned anew: at a coarse sampling and at its own. */
export function partsAt(
  range: ControlRange,
  { path, controls }: Pick<FollowedRolls, "path" | "controls">,
): { readonly coarse: OpenPath; readonly fine: OpenPath } {
  const open = { ...range, around: controls, jointsAt: (scoreS: number): Joints => rowAt(path, scoreS) };
  return { coarse: { open, before: everyOf(path, COARSE) }, fine: { open, before: path } };
}

/** Whether a path of which a part was planned anew is on the old one again at the part's end. */
export function meets(
  path: SampledPath,
  before: FollowedRolls,
  range: ControlRange,
  context: MusicContext,
): boolean {
  if (range.last === before.controls.tilt.length - 1) return true;
  const { toS } = timeOf(range, before.motion, context);
  const [here, old] = [rowAt(path, toS), rowAt(before.path, toS)];
  return here.every((q, j) => Math.abs(q - old[j]!) < MEETS_RAD);
}

/** Every so many samples of a path, to its end. */
function everyOf({ q_rad, sampleS, startS }: SampledPath, every: number): SampledPath {
  const last = q_rad.length / 6 - 1;
  const rows = Array.from({ length: Math.ceil(last / every) + 1 }, (_, i) => Math.min(i * every, last));
  const coarse = new Float64Array(rows.length * 6);
  rows.forEach((row, i) => coarse.set(q_rad.subarray(row * 6, row * 6 + 6), i * 6));
  return { q_rad: coarse, sampleS: every * sampleS, startS };
}

function rowAt({ q_rad, sampleS, startS }: SampledPath, scoreS: number): Joints {
  const row = Math.min(Math.max(Math.round((scoreS - startS) / sampleS), 0), q_rad.length / 6 - 1);
  return jointsAt(q_rad, row);
}
