import { writeFile } from "node:fs/promises";
import { CellistError } from "../errors.ts";
import { fileTrouble } from "../file-trouble.ts";

/** Writes one result file. @throws CellistError `file-unwritable` */
export async function writeResult(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw new CellistError(
      "file-unwritable",
      `cannot write ${path}: ${fileTrouble(cause, "write")}`,
      {},
      cause,
    );
  }
}
