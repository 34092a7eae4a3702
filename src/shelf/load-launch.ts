import { readdirSync } from "node:fs";
import { join } from "node:path";
import { shippedOrPath } from "./load-instrument.ts";
import { PACKAGE_ROOT } from "./package-root.ts";
import { readInputTextSync } from "./read-input.ts";

/** Text of a shipped launch file by its name, or of any by its path. */
export const loadLaunchText = (nameOrPath: string): string =>
  readInputTextSync(shippedOrPath("launch", nameOrPath, "launch file"), "launch file");

/** Names of the launch files that come with the program. */
export const shippedLaunches = (): readonly string[] =>
  readdirSync(join(PACKAGE_ROOT, "launch"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -5));
