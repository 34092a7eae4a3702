import { writeFile } from "node:fs/promises";
import { CellistError } from "../errors.ts";

/** Writes one result file. @throws CellistError `file-unwritable` */
export async function writeResult(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw new CellistError("file-unwritable", `cannot write ${path}: ${(cause as Error).message}`, {}, cause);
  }
}
