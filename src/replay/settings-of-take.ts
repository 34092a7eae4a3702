import { CellistError } from "../errors.ts";
import { PROFILE_DEFAULTS } from "../planning/profile-schema.ts";
import { parseProfile, type Profile } from "../planning/profile.ts";
import type { Take } from "./take.ts";

/** The profile that a take was made with, as today's planner reads it. */
export interface ProfileOfTake {
  readonly profile: Profile;
  /** Settings that are no more, or are new since. */
  readonly remarks: readonly string[];
}

/** @returns undefined where the bag does not say. @throws CellistError "bag-unreadable" for values that no profile may have */
export function profileOfTake({ settings, path }: Take): ProfileOfTake | undefined {
  const said = settings["profile"];
  if (typeof said !== "object" || said === null) return undefined;
  const { name, ...sections } = said as Record<string, unknown>;
  const remarks: string[] = [];
  const known = { ...sections };
  for (const [section, today] of Object.entries(PROFILE_DEFAULTS))
    known[section] = shared(sections[section], today, section, remarks);
  try {
    return { profile: parseProfile(JSON.stringify({ ...known, profile: name }), path), remarks };
  } catch (cause) {
    throw new CellistError(
      "bag-unreadable",
      `${path} has settings that cannot be planned with today: ${(cause as Error).message}; give --profile`,
      { path },
      cause,
    );
  }
}

/** What a section has in common with today's; the rest is told. */
function shared(said: unknown, today: unknown, at: string, remarks: string[]): unknown {
  if (!isTable(said) || !isTable(today)) return said;
  for (const key of Object.keys(today))
    if (!Object.hasOwn(said, key)) remarks.push(`${at}.${key} is new since the take; its default is used`);
  return Object.fromEntries(
    Object.entries(said).flatMap(([key, value]) => {
      if (Object.hasOwn(today, key)) return [[key, shared(value, today[key], `${at}.${key}`, remarks)]];
      remarks.push(`${at}.${key} of the take is no setting any more`);
      return [];
    }),
  );
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
