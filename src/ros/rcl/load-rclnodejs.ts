import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CellistError } from "../../errors.ts";
import { canUseRos, probeRos, rclnodejsRoot, type Environment } from "./probe.ts";
import type { RclLibrary } from "./rclnodejs-port.ts";

/**
 * Loads rclnodejs where the probe found everything that it needs.
 *
 * The import of rclnodejs rebuilds its addon when it cannot load it, and the first step of that is to delete it. With a
 * shell that does nothing, npm cannot run that step: then the import fails and nothing is lost.
 *
 * @throws CellistError `ros-unusable`
 */
export async function loadRclnodejs(env: Environment): Promise<RclLibrary> {
  const missing = probeRos(env).filter(({ ok }) => !ok);
  if (!canUseRos(missing)) {
    const list = missing.map(({ what, said }) => `${what}: ${said}`).join("; ");
    throw new CellistError("ros-unusable", `ROS 2 cannot be used: ${list}`);
  }
  process.env["npm_config_script_shell"] = "/bin/false";
  const root = rclnodejsRoot(env)!;
  try {
    const { default: library } = (await import(pathToFileURL(entryOf(root)).href)) as { default: RclLibrary };
    return library;
  } catch (cause) {
    throw new CellistError("ros-unusable", `rclnodejs does not load: ${(cause as Error).message}`, {}, cause);
  }
}

/** The file that an import of a package means. */
function entryOf(root: string): string {
  const { exports, main = "index.js" } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly exports?: { readonly "."?: { readonly import?: string } };
    readonly main?: string;
  };
  return join(root, exports?.["."]?.import ?? main);
}
