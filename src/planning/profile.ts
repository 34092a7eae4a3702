import { parse } from "yaml";
import type * as z from "zod";
import type { BowingSettings } from "../bowing/bowing-settings.ts";
import { CellistError } from "../errors.ts";
import type { MotionLimits } from "../trajectory/joint-trajectory.ts";
import type { TrajectorySettings } from "../trajectory/trajectory-settings.ts";
import { nearestName } from "./nearest-name.ts";
import { PROFILE_DEFAULTS, ProfileFile } from "./profile-schema.ts";

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

/** What differs from a perfect arm in the simulator. */
export interface SimulationSettings {
  readonly seed: number;
  /** What the force sensor shows at rest, x y z at the tool [N]. */
  readonly forceBiasN: readonly number[];
  /** Standard deviation of its noise [N]. */
  readonly forceNoiseN: number;
  /** How wide the bow's hair lies on a string, for the sound; 0 = it touches at one point [m]. */
  readonly hairWidthM: number;
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
  readonly simulation: SimulationSettings;
}

/**
 * Reads a profile: what it leaves out is as the algorithms have it, what nobody knows is refused.
 *
 * @param overrides `section.key=value` pairs, applied last
 * @throws CellistError `profile-invalid`
 */
export function parseProfile(text: string, where: string, overrides: readonly string[] = []): Profile {
  const content = yaml(text, `${where} is not YAML`);
  if (!isTable(content))
    throw new CellistError("profile-invalid", `${where} is not a profile: a table of settings is needed`);
  const document = { ...content };
  for (const override of overrides) applyOverride(document, override);
  const read = ProfileFile.safeParse(document);
  if (!read.success)
    throw new CellistError("profile-invalid", `${where}: ${sayIssue(read.error.issues[0]!, document)}`);
  const profile = complete(read.data as unknown as Given);
  refuseContradictions(profile, where);
  return profile;
}

type Given = Record<string, unknown> & { profile: string; calibration: string; cell?: string };

function complete(given: Given): Profile {
  const section = <T>(name: keyof typeof PROFILE_DEFAULTS): T =>
    merged(PROFILE_DEFAULTS[name], given[name]) as T;
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

/** "trajectory.knotS is 0: must be at least 0.008" */
function sayIssue(issue: z.core.$ZodIssue, document: Record<string, unknown>): string {
  const at = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    const example = issue.path.reduce<unknown>(child, PROFILE_DEFAULTS);
    const near = nearestName(key, Object.keys(example ?? {}));
    const hint = near === undefined ? "" : `; did you mean ${[...issue.path, near].join(".")}?`;
    return `${at === "" ? "" : `${at}: `}${issue.message}${hint}`;
  }
  const value = issue.path.reduce<unknown>(child, document);
  return `${at} is ${value === undefined ? "missing" : JSON.stringify(value)}: ${issue.message}`;
}

const child = (table: unknown, key: PropertyKey): unknown =>
  (table as Record<PropertyKey, unknown> | undefined)?.[key];

/** Numbers that are sound alone and nonsense together. */
function refuseContradictions({ bowing, trajectory, limits }: Profile, where: string): void {
  const refuse = (why: string): never => {
    throw new CellistError("profile-invalid", `${where}: ${why}`);
  };
  const samples = trajectory.knotS / trajectory.sampleS;
  if (Math.abs(samples - Math.round(samples)) > 1e-6)
    refuse(`trajectory.knotS ${trajectory.knotS} is not a whole number of sampleS ${trajectory.sampleS}`);
  for (const name of ["contactWindowM", "crossingShare"] as const)
    if (!(bowing[name].min < bowing[name].max)) refuse(`bowing.${name}: min must be less than max`);
  if (bowing.minForceN > bowing.maxForceN) refuse("bowing.minForceN must be at most maxForceN");
  if (limits.jointMin_rad.some((min, joint) => min >= limits.jointMax_rad[joint]!))
    refuse("limits.jointMin_rad must be less than jointMax_rad for every joint");
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function yaml(text: string, complaint: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (cause) {
    const line = String((cause as Error).message).split("\n")[0]!;
    throw new CellistError("profile-invalid", `${complaint}: ${line}`, {}, cause);
  }
}

function applyOverride(document: Record<string, unknown>, override: string): void {
  const match = /^(\w+(?:\.\w+)*)=(.+)$/.exec(override);
  if (!match || match[1]!.includes("__proto__"))
    throw new CellistError(
      "usage",
      `--set ${override}: write section.key=value, as in trajectory.knotS=0.03`,
    );
  const keys = match[1]!.split(".");
  let at = document;
  for (const key of keys.slice(0, -1)) {
    const below = Object.hasOwn(at, key) ? at[key] : undefined;
    at[key] = isTable(below) ? { ...below } : {};
    at = at[key] as Record<string, unknown>;
  }
  at[keys.at(-1)!] = yaml(match[2]!, `--set ${override}: the value is not YAML`);
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
