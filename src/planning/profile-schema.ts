import * as z from "zod";
import { defaultBowingSettings } from "../bowing/bowing-settings.ts";
import { UR5E_LIMITS } from "../trajectory/motion-limits.ts";
import { defaultTrajectorySettings } from "../trajectory/trajectory-settings.ts";
import {
  BOWING_RANGES,
  LIMIT_RANGES,
  SIMULATION_RANGES,
  STREAM_RANGES,
  TRAJECTORY_RANGES,
  type Range,
} from "./profile-ranges.ts";
import type { SimulationSettings, StreamSettings } from "./profile.ts";

/** @source servo lag: measured on the simulated controller (lookahead + 4 ms); real arms show 34 ms at this lookahead */
const STREAM: StreamSettings = {
  lookaheadS: 0.03,
  gain: 2000,
  stopS: 0.25,
  startAheadS: 0.6,
  startTolerance_rad: 0.02,
  servoLagS: 0.034,
};

const SIMULATION: SimulationSettings = { seed: 1, forceBiasN: [0, 0, 0], forceNoiseN: 0, hairWidthM: 0 };

/** What a profile leaves out. */
export const PROFILE_DEFAULTS = {
  bowing: defaultBowingSettings,
  trajectory: defaultTrajectorySettings,
  limits: UR5E_LIMITS,
  stream: STREAM,
  simulation: SIMULATION,
} as const;

const RANGES: Readonly<Record<keyof typeof PROFILE_DEFAULTS, unknown>> = {
  bowing: BOWING_RANGES,
  trajectory: TRAJECTORY_RANGES,
  limits: LIMIT_RANGES,
  stream: STREAM_RANGES,
  simulation: SIMULATION_RANGES,
};

/** A profile file: every section may be left out, and every number in it; no key may be unknown. */
export const ProfileFile = z.strictObject({
  profile: z.string().min(1),
  calibration: z.string().min(1).default("reference"),
  cell: z.string().min(1).optional(),
  ...Object.fromEntries(
    Object.entries(PROFILE_DEFAULTS).map(([name, example]) => [
      name,
      shapeOf(example, RANGES[name as keyof typeof RANGES]).optional(),
    ]),
  ),
});

/** A schema with the very shape of a settings value: closed keys, lists of the same length, numbers in their ranges. */
function shapeOf(example: unknown, ranges: unknown): z.ZodType {
  if (typeof example === "number") return numberIn(isRange(ranges) ? ranges : [0, Number.MAX_VALUE]);
  if (Array.isArray(example)) return z.array(shapeOf(example[0], ranges)).length(example.length);
  const entries = Object.entries(example as object).map(([key, value]) => [
    key,
    shapeOf(value, isRange(ranges) ? ranges : (ranges as Record<string, unknown> | undefined)?.[key]),
  ]);
  return z.strictObject(Object.fromEntries(entries) as Record<string, z.ZodType>).partial();
}

function numberIn([min, max, whole]: Range): z.ZodType {
  return (whole ? z.int() : z.number())
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);
}

function isRange(value: unknown): value is Range {
  return Array.isArray(value);
}
