import { open, stat, type FileHandle } from "node:fs/promises";
import { CellistError } from "../errors.ts";
import { fileTrouble } from "../file-trouble.ts";

/** Bytes of a file, anywhere in it. */
export class FileSource {
  readonly path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** @throws CellistError "bag-unreadable" */
  static async open(path: string): Promise<FileSource> {
    try {
      if ((await stat(path)).isDirectory()) throw new Error("it is a folder, a bag (.mcap) is needed");
      return new FileSource(path, await open(path, "r"));
    } catch (cause) {
      throw new CellistError(
        "bag-unreadable",
        `cannot open ${path}: ${fileTrouble(cause, "read")}`,
        { path },
        cause,
      );
    }
  }

  async size(): Promise<bigint> {
    return (await this.#file.stat({ bigint: true })).size;
  }

  /** Exactly `size` bytes, in a buffer of their own. */
  async read(offset: bigint, size: bigint): Promise<Uint8Array> {
    const bytes = new Uint8Array(Number(size));
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, Number(offset) + done);
      if (bytesRead === 0) throw new RangeError(`${this.path} ends before byte ${offset + size}`);
      done += bytesRead;
    }
    return bytes;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
