import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { differentInterfaces } from "./compare-interfaces.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** One thing that a ROS 2 backend needs. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** What was found, or what to do. */
  readonly said: string;
}

/** ROS 2 packages whose interfaces our nodes speak. */
export const NEEDED_PACKAGES = [
  "std_msgs",
  "std_srvs",
  "sensor_msgs",
  "trajectory_msgs",
  "control_msgs",
  "geometry_msgs",
  "rcl_interfaces",
  "cellist_msgs",
] as const;

/**
 * Looks whether ROS 2 could be used through rclnodejs, by files and environment only.
 *
 * It never imports rclnodejs: in a shell without ROS 2 that import deletes its own addon (../shared/facts/ros2.md, 3).
 *
 * @param env the environment of the process that would use it
 * @param from where a module would be resolved from
 */
export function probeRos(env: Environment, from = import.meta.url): readonly Finding[] {
  const distro = env["ROS_DISTRO"];
  const prefixes = paths(env["AMENT_PREFIX_PATH"]);
  const rcl = paths(env["LD_LIBRARY_PATH"]).find((folder) => existsSync(join(folder, "librcl.so")));
  const cli = paths(env["PATH"]).find((folder) => existsSync(join(folder, "ros2")));
  const root = rclnodejsRoot(env, from);
  const found = (what: string, is: string | undefined, todo: string): Finding => ({
    what,
    ok: is !== undefined,
    said: is ?? todo,
  });
  const sourceIt = "source /opt/ros/<distribution>/setup.bash in this shell";
  return [
    found("ROS 2 distribution (ROS_DISTRO)", distro, sourceIt),
    found("ROS 2 packages (AMENT_PREFIX_PATH)", prefixes.find(existsSync), sourceIt),
    found("librcl.so (LD_LIBRARY_PATH)", rcl, sourceIt),
    found("the command ros2 (PATH), which rclnodejs asks for its root", cli, "install ros2cli"),
    found(
      "the package rclnodejs",
      root,
      "npm install rclnodejs@2.2.0 in a folder of its own in this shell, with ROS 2 sourced, and set " +
        "CELLIST_RCLNODEJS to its node_modules/rclnodejs",
    ),
    ...(root === undefined ? [] : addonOf(root, env)),
    ...(prefixes.some(existsSync) ? [interfacesOf(prefixes)] : []),
  ];
}

/** Everything that is needed was found. */
export const canUseRos = (findings: readonly Finding[]): boolean => findings.every(({ ok }) => ok);

const paths = (list: string | undefined): readonly string[] =>
  (list ?? "").split(delimiter).filter((p) => p !== "");

/** Folder of the package: where CELLIST_RCLNODEJS says, or as Node finds it. */
export function rclnodejsRoot(env: Environment, from = import.meta.url): string | undefined {
  const told = env["CELLIST_RCLNODEJS"];
  if (told) return existsSync(join(told, "package.json")) ? told : undefined;
  try {
    return dirname(createRequire(from).resolve("rclnodejs/package.json"));
  } catch {
    return undefined; // that it is not there is the finding
  }
}

/** Messages go over as bytes: both sides must mean the same by them. */
function interfacesOf(prefixes: readonly string[]): Finding {
  const different = differentInterfaces(prefixes);
  return {
    what: "the same interfaces as ours in ROS 2",
    ok: different.length === 0,
    said:
      different.length === 0
        ? "field for field"
        : `different: ${different.join(", ")}; use ROS 2 Jazzy, and build src/cellist_msgs of this version`,
  };
}

function addonOf(root: string, env: Environment): Finding[] {
  const built = join(root, "build/Release/rclnodejs.node");
  const prebuilt = join(root, "prebuilds", `${process.platform}-${process.arch}`);
  const fitting = existsSync(prebuilt)
    ? readdirSync(prebuilt).find((file) => file.includes(env["ROS_DISTRO"] ?? "-"))
    : undefined;
  const addon = existsSync(built) ? built : fitting;
  const generated = existsSync(join(root, "generated")) ? readdirSync(join(root, "generated")) : [];
  const missing = NEEDED_PACKAGES.filter((name) => !generated.includes(name));
  return [
    {
      what: "its addon",
      ok: addon !== undefined,
      said: addon ?? "npm rebuild rclnodejs in this shell, with ROS 2 sourced",
    },
    {
      what: "its messages of our interfaces",
      ok: missing.length === 0,
      said:
        missing.length === 0
          ? `${NEEDED_PACKAGES.length} packages`
          : `missing: ${missing.join(", ")}; build src/cellist_msgs with colcon, source it, npx generate-ros-messages`,
    },
  ];
}
