import { rename, rm, writeFile } from "node:fs/promises";
import { CellistError } from "../errors.ts";
import { fileTrouble } from "../file-trouble.ts";

/** Writes a file that a person named, whole or not at all. @throws CellistError `file-unwritable`, one sentence */
export async function writeOutput(path: string, text: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined); // the first failure is the one to tell
    const why = fileTrouble(cause, "write");
    throw new CellistError("file-unwritable", `cannot write ${path}: ${why}`, { path }, cause);
  }
}
