import { open, type FileHandle } from "node:fs/promises";
import { CellistError } from "../errors.ts";
import { fileTrouble } from "../file-trouble.ts";

/** Where a log's bytes go. Calls never overlap; a rejected one ends the log. */
export interface LogSink {
  /** For messages to people. */
  readonly name: string;
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything is safe. */
  close(): Promise<void>;
}

/** Bytes between two calls of fdatasync: what a power cut can lose (a killed process loses nothing here). */
const SYNC_BYTES = 8 * 1024 * 1024;

/** A file that is written in place, from its first byte, so that a kill leaves what was written so far. */
export class FileSink implements LogSink {
  readonly name: string;
  readonly #file: FileHandle;
  #unsyncedBytes = 0;

  private constructor(path: string, file: FileHandle) {
    this.name = path;
    this.#file = file;
  }

  /** @throws CellistError "file-unwritable"; an existing file is kept unless `replace` */
  static async open(path: string, { replace = false } = {}): Promise<FileSink> {
    try {
      return new FileSink(path, await open(path, replace ? "w" : "wx"));
    } catch (cause) {
      const why = fileTrouble(cause, "write");
      throw new CellistError("file-unwritable", `cannot write the bag ${path}: ${why}`, { path }, cause);
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done);
      done += bytesWritten;
    }
    this.#unsyncedBytes += bytes.length;
    if (this.#unsyncedBytes >= SYNC_BYTES) await this.#sync();
  }

  async close(): Promise<void> {
    try {
      await this.#sync();
    } finally {
      await this.#file.close();
    }
  }

  async #sync(): Promise<void> {
    if ((await this.#file.stat()).isFile()) await this.#file.datasync(); // a device or pipe has nothing to sync
    this.#unsyncedBytes = 0;
  }
}
