import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** @returns the python of a virtual environment in that folder, made if need be; undefined where there can be none */
export function makeEnvironment(folder: string): string | undefined {
  const python = join(folder, "bin/python");
  if (existsSync(python)) return python;
  return spawnSync("python3", ["-m", "venv", folder], { stdio: "ignore" }).status === 0 ? python : undefined;
}

/** Installs packages from PyPI. @returns why it could not, in a sentence; undefined if they are there */
export function installed(python: string, packages: readonly string[]): string | undefined {
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
  const { status, stderr } = spawnSync(python, pip, { encoding: "utf8", timeout: 300_000 });
  if (status === 0) return undefined;
  return stderr?.trim().split("\n").at(-1) ?? "no answer within 5 minutes";
}
