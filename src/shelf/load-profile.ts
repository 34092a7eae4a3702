import { parseProfile, type Profile } from "../planning/profile.ts";
import { shippedOrPath } from "./load-instrument.ts";
import { readInputText } from "./read-input.ts";

/** A shipped profile by its name, or any profile file by its path, with `--set` overrides applied. */
export async function loadProfile(nameOrPath: string, overrides: readonly string[]): Promise<Profile> {
  const path = shippedOrPath("launch/profiles", nameOrPath, "profile");
  return parseProfile(await readInputText(path, "profile"), nameOrPath, overrides);
}
