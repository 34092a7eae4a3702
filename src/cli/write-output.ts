import { rename, rm, writeFile } from "node:fs/promises";
import { CellistError } from "../errors.ts";

/** Writes a file that a person named, whole or not at all. @throws CellistError `file-unwritable`, one sentence */
export async function writeOutput(path: string, text: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined); // the first failure is the one to tell
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT" ? "its folder does not exist" : code === "EISDIR" ? "it is a folder" : message;
    throw new CellistError("file-unwritable", `cannot write ${path}: ${reason}`, { path }, cause);
  }
}
