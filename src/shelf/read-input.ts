import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { CellistError } from "../errors.ts";
import { fileTrouble } from "../file-trouble.ts";

/** The bytes of a file a person named. @throws CellistError `file-unreadable`, one sentence */
export async function readInput(path: string, what: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    throw unreadable(path, what, cause);
  }
}

/** The same at once, for files that a file names. */
export function readInputNow(path: string, what: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (cause) {
    throw unreadable(path, what, cause);
  }
}

const unreadable = (path: string, what: string, cause: unknown): CellistError =>
  new CellistError(
    "file-unreadable",
    `cannot read the ${what} ${path}: ${fileTrouble(cause, "read")}`,
    { path },
    cause,
  );

/** The same as text. */
export const readInputText = async (path: string, what: string): Promise<string> =>
  new TextDecoder().decode(await readInput(path, what));

/** The same at once, for files that others include. */
export const readInputTextSync = (path: string, what: string): string =>
  new TextDecoder().decode(readInputNow(path, what));
