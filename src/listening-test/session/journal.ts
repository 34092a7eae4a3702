import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { CellistError } from "../../errors.ts";
import type { SessionEvent } from "./session-event.ts";

/** One line of a journal: what happened, when, and the hash of all before it. */
export type JournalEntry = SessionEvent & {
  readonly number: number;
  readonly at: string;
  readonly previous: string;
  readonly sha256: string;
};

const START = "0".repeat(64);

/**
 * What happened in a session, as lines that are only ever added. A line is on the disk before anybody is told; a line
 * that a crash cut short was never acknowledged and is taken off at the next opening.
 *
 * @throws CellistError `session-invalid` for a line that was changed or taken out
 */
export class Journal {
  readonly #path: string;
  readonly #entries: JournalEntry[];

  private constructor(path: string, entries: JournalEntry[]) {
    this.#path = path;
    this.#entries = entries;
  }

  static open(path: string): Journal {
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const whole = bytes.lastIndexOf(10) + 1;
    if (whole < bytes.length) truncateSync(path, whole);
    const lines = bytes.subarray(0, whole).toString("utf8").split("\n").slice(0, -1);
    let previous = START;
    const entries = lines.map((line, i) => {
      const entry = parseLine(line);
      if (entry?.previous !== previous || hashOf(entry) !== entry.sha256)
        throw new CellistError(
          "session-invalid",
          `${path}: line ${i + 1} was changed, or one before it is gone; a journal is never edited`,
          { line: i + 1 },
        );
      previous = entry.sha256;
      return entry;
    });
    return new Journal(path, entries);
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  append(event: SessionEvent, now: Date): JournalEntry {
    const bare = {
      ...event,
      number: this.#entries.length + 1,
      at: now.toISOString(),
      previous: this.#entries.at(-1)?.sha256 ?? START,
    };
    const entry = { ...bare, sha256: hashOf(bare) } as JournalEntry;
    const file = openSync(this.#path, "a");
    try {
      writeSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.#entries.push(entry);
    return entry;
  }
}

function parseLine(line: string): JournalEntry | undefined {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch {
    return undefined; // told as a broken chain, with the line's number
  }
}

function hashOf(entry: object): string {
  const unsealed = { ...entry, sha256: undefined };
  return createHash("sha256").update(JSON.stringify(unsealed)).digest("hex");
}
