import { existsSync } from "node:fs";
import { copyFile, link, rename, rm, writeFile } from "node:fs/promises";
import { CellistError } from "../errors.ts";
import { fileTrouble } from "../file-trouble.ts";

/** Where the calibration that stands at `path` goes when a newer one takes its place. */
export const keptPath = (path: string, revision: number): string =>
  `${path.replace(/\.ya?ml$/i, "")}.r${revision}.yaml`;

/**
 * Finds out before the work begins whether its calibration could be kept at `path`.
 *
 * @param kept revision of the calibration that stands at `path`; undefined = there must be none
 * @throws CellistError `file-unwritable`, one sentence
 */
export async function refuseUnkeepable(path: string, kept: number | undefined): Promise<void> {
  refuseTaken(path, kept);
  const part = `${path}.part`;
  try {
    await writeFile(part, "");
    await rm(part);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/**
 * Writes a calibration to `path`. One that is there already is kept beside it under its revision; none is ever lost.
 *
 * @param kept revision of the calibration that stands at `path`; undefined = there must be none
 * @returns where the earlier one is kept now
 * @throws CellistError `file-unwritable`, one sentence
 */
export async function keepCalibration(
  path: string,
  text: string,
  kept: number | undefined,
): Promise<string | undefined> {
  const part = `${path}.part`;
  const beside = kept === undefined ? undefined : keptPath(path, kept);
  refuseTaken(path, kept);
  try {
    await writeFile(part, text);
    if (beside !== undefined) await link(path, beside).catch(() => copyFile(path, beside));
    await rename(part, path);
    return beside;
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined); // the first failure is the one to tell
    throw unwritable(path, cause);
  }
}

function refuseTaken(path: string, kept: number | undefined): void {
  const taken = kept === undefined ? path : keptPath(path, kept);
  if (!existsSync(taken)) return;
  throw new CellistError(
    "file-unwritable",
    `${taken} exists already; move it away, so that no calibration is lost`,
  );
}

const unwritable = (path: string, cause: unknown): CellistError =>
  new CellistError(
    "file-unwritable",
    `cannot write ${path}: ${fileTrouble(cause, "write")}`,
    { path },
    cause,
  );
