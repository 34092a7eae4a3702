import { parse } from "yaml";
import * as z from "zod";
import { defaultBowingSettings, type BowingSettings } from "../bowing/bowing-settings.ts";
import { CellistError } from "../errors.ts";
import { UR5E_LIMITS } from "../trajectory/motion-limits.ts";
import type { MotionLimits } from "../trajectory/joint-trajectory.ts";
import { defaultTrajectorySettings, type TrajectorySettings } from "../trajectory/trajectory-settings.ts";

/** How the control program streams. */
export interface StreamSettings {
  readonly lookaheadS: number;
  readonly gain: number;
  readonly stopS: number;
  readonly startAheadS: number;
  readonly startTolerance_rad: number;
  /** What the arm lags behind what is commanded: the score clock allows for it [s]. */
  readonly servoLagS: number;
}

/** Every number of one scenario. */
export interface Profile {
  readonly name: string;
  readonly calibration: string;
  readonly cell: string;
  readonly bowing: BowingSettings;
  readonly trajectory: TrajectorySettings;
  readonly limits: MotionLimits;
  readonly stream: StreamSettings;
  readonly simulation: {
    readonly seed: number;
    readonly forceBiasN: readonly number[];
    readonly forceNoiseN: number;
  };
}

/** @source servo lag: measured on the simulated controller (lookahead + 4 ms); real arms show 34 ms at this lookahead */
const STREAM: StreamSettings = {
  lookaheadS: 0.03,
  gain: 2000,
  stopS: 0.25,
  startAheadS: 0.6,
  startTolerance_rad: 0.02,
  servoLagS: 0.034,
};

const DEFAULTS = {
  bowing: defaultBowingSettings,
  trajectory: defaultTrajectorySettings,
  limits: UR5E_LIMITS,
  stream: STREAM,
  simulation: { seed: 1, forceBiasN: [0, 0, 0], forceNoiseN: 0 },
} as const;

/** A schema with the very shape of a settings value: numbers stay numbers ≥ 0 or in range, keys are closed. */
function shapeOf(example: unknown, path: string): z.ZodType {
  if (typeof example === "number")
    return example < 0 ? z.number() : z.number().min(path.includes("_rad") ? -100 : 0);
  if (typeof example === "boolean") return z.boolean();
  if (typeof example === "string") return z.string();
  if (Array.isArray(example)) return z.array(shapeOf(example[0], path)).length(example.length);
  const entries = Object.entries(example as object).map(([key, value]) => [
    key,
    shapeOf(value, `${path}.${key}`),
  ]);
  return z.strictObject(Object.fromEntries(entries) as Record<string, z.ZodType>).partial();
}

const ProfileFile = z.strictObject({
  profile: z.string().min(1),
  calibration: z.string().min(1).default("reference"),
  cell: z.string().min(1).optional(),
  ...Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, example]) => [name, shapeOf(example, name).optional()]),
  ),
});

/**
 * Reads a profile: what it leaves out is as the algorithms have it, what nobody knows is refused.
 *
 * @param overrides `section.key=value` pairs, applied last
 * @throws CellistError `profile-invalid`
 */
export function parseProfile(text: string, where: string, overrides: readonly string[] = []): Profile {
  const document = { ...(yaml(text, where) as Record<string, unknown>) };
  for (const override of overrides) applyOverride(document, override);
  const read = ProfileFile.safeParse(document);
  if (!read.success) {
    const issue = read.error.issues[0]!;
    const at = issue.path.join(".");
    throw new CellistError("profile-invalid", `${where}: ${at === "" ? "" : `${at}: `}${issue.message}`);
  }
  const given = read.data as unknown as Record<string, unknown> & {
    profile: string;
    calibration: string;
    cell?: string;
  };
  const section = <T>(name: keyof typeof DEFAULTS): T => merged(DEFAULTS[name], given[name]) as T;
  return {
    name: given.profile,
    calibration: given.calibration,
    cell: given.cell ?? given.calibration,
    bowing: section("bowing"),
    trajectory: section("trajectory"),
    limits: section("limits"),
    stream: section("stream"),
    simulation: section("simulation"),
  };
}

function yaml(text: string, where: string): unknown {
  try {
    return parse(text) ?? {};
  } catch (cause) {
    const line = String((cause as Error).message).split("\n")[0]!;
    throw new CellistError("profile-invalid", `${where} is not YAML: ${line}`, {}, cause);
  }
}

function applyOverride(document: Record<string, unknown>, override: string): void {
  const match = /^([\w.]+)=(.+)$/.exec(override);
  if (!match)
    throw new CellistError(
      "usage",
      `--set ${override}: write section.key=value, as in trajectory.knotS=0.03`,
    );
  const keys = match[1]!.split(".");
  let at = document;
  for (const key of keys.slice(0, -1)) {
    at[key] = { ...(at[key] as object | undefined) };
    at = at[key] as Record<string, unknown>;
  }
  at[keys.at(-1)!] = parse(match[2]!) as unknown;
}

function merged(defaults: unknown, given: unknown): unknown {
  if (given === undefined) return defaults;
  if (typeof defaults !== "object" || defaults === null || Array.isArray(defaults)) return given;
  return Object.fromEntries(
    Object.entries(defaults).map(([key, value]) => [
      key,
      merged(value, (given as Record<string, unknown>)[key]),
    ]),
  );
}
