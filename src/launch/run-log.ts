import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pino, type DestinationStream, type Logger } from "pino";
import { CellistError } from "../errors.ts";
import { fileTrouble } from "../file-trouble.ts";
import type { LogSink } from "../ros/node/graph-node.ts";

/** Lines that wait for their folder at most; older ones are dropped. */
const MOST_WAITING = 1000;

/**
 * The log of one run: what every node says, as lines of JSON in one file of one folder.
 *
 * The folder may come later (a refused performance leaves nothing behind): lines wait for it.
 */
export class RunLog {
  readonly #waiting: string[] = [];
  readonly #logger: Logger;
  #file: (DestinationStream & { flushSync(): void; end(): void }) | undefined;

  constructor() {
    const stream = { write: (line: string) => this.#write(line) };
    this.#logger = pino(
      { level: "debug", base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
      stream,
    );
  }

  readonly sink: LogSink = (node, level, text) => this.#logger[level]({ node }, text);

  /** @throws CellistError `file-unwritable` */
  open(folder: string): void {
    try {
      mkdirSync(folder, { recursive: true });
      this.#file = pino.destination({ dest: join(folder, "launch.log"), sync: true });
    } catch (cause) {
      throw new CellistError(
        "file-unwritable",
        `cannot write a log in ${folder}: ${fileTrouble(cause, "write")}`,
        {},
        cause,
      );
    }
    for (const line of this.#waiting.splice(0)) this.#file.write(line);
  }

  close(): void {
    this.#file?.flushSync();
    this.#file?.end();
    this.#file = undefined;
  }

  #write(line: string): void {
    if (this.#file) this.#file.write(line);
    else if (this.#waiting.push(line) > MOST_WAITING) this.#waiting.shift();
  }
}
