import { betweenDynamics, loudnessOf } from "../score/dynamics.ts";
import type { ScoreNote } from "../score/score.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { lockedSpeedMps, type Stroke } from "./stroke.ts";
import { rampTimeS, strokeSpeedMps } from "./stroke-travel.ts";

/** The bow speed a stroke should have, and what decided it. */
export interface WantedSpeed {
  readonly durationS: number;
  /** What the dynamics ask for: their speeds weighted by note length [m/s]. */
  readonly dynamicMps: number;
  /** What hand and hair allow of it [m/s]. */
  readonly wantedMps: number;
  /** `hand`: too short a note to reach the speed; `hair`: too long a stroke for the bow. */
  readonly limit: "dynamic" | "hand" | "hair";
  readonly slowestMps: number;
  readonly fastestMps: number;
}

/**
 * Bow speed follows the dynamic, not the note length, as far as the hand can accelerate and the hair lasts.
 *
 * @param availableM longest hair this stroke can use, on the strings it may take
 */
export function wantedSpeed(stroke: Stroke, availableM: number, settings: BowingSettings): WantedSpeed {
  const durationS = stroke.endS - stroke.startS;
  const lockedMps = lockedSpeedMps(stroke);
  const dynamicMps =
    lockedMps ??
    stroke.notes.reduce((sum, n) => sum + speedOf(n.note, settings) * (n.endS - n.startS), 0) / durationS;
  const handMps = settings.handAccelerationMps2 * rampTimeS(durationS, settings.rampS);
  const hairMps = strokeSpeedMps(availableM, durationS, settings.rampS);
  const wantedMps = Math.min(dynamicMps, handMps, hairMps);
  return {
    durationS,
    dynamicMps,
    wantedMps,
    limit: wantedMps === dynamicMps ? "dynamic" : wantedMps === handMps ? "hand" : "hair",
    slowestMps: lockedMps === undefined ? Math.min(settings.minSpeedMps, dynamicMps, handMps) : wantedMps,
    fastestMps: lockedMps === undefined ? Math.min(dynamicMps * settings.maxSpeedFactor, handMps) : wantedMps,
  };
}

const speedOf = (note: ScoreNote, { bowSpeedMps }: BowingSettings): number =>
  betweenDynamics(bowSpeedMps, loudnessOf(note));
