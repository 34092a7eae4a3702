/** A program arrives over a socket in pieces; longer ones than this are refused [characters]. @assumed */
const MAX_PROGRAM = 4_000_000;

/** Text in quotes, a comment, or a word. */
const PART = /"[^"]*"|'[^']*'|#.*|\$|[A-Za-z_]\w*/g;
const OPENERS = new Set(["def", "thread", "sec", "if", "while"]);

/**
 * Cuts what a client sends to a script port into programs: each line is one, except that a `def` or `sec` runs
 * on to its `end`. Feed it text as it comes.
 */
export class ProgramSplitter {
  #rest = "";
  #lines: string[] = [];
  #length = 0;
  #depth = 0;

  /** Programs that are complete now, in order; the line of their `def` is line 1 of each. */
  push(text: string): string[] {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop()!.slice(0, MAX_PROGRAM);
    return lines.flatMap((line) => this.#takeLine(line.replace(/\r$/, "")));
  }

  /** What was begun and not ended, when the client goes away. */
  get unfinished(): string {
    return [...this.#lines, this.#rest].join("\n");
  }

  #takeLine(line: string): string[] {
    const { depth, isEmpty } = scan(line);
    if (this.#lines.length === 0 && isEmpty) return [];
    this.#depth = Math.max(0, this.#depth + depth);
    this.#length += line.length + 1;
    this.#lines.push(line);
    if (this.#depth > 0 && this.#length <= MAX_PROGRAM) return [];
    const program = this.#lines.join("\n") + "\n";
    this.#lines = [];
    this.#depth = 0;
    this.#length = 0;
    return [program];
  }
}

/** By how much a line opens more blocks than it ends, and whether it holds nothing but a comment. */
function scan(line: string): { depth: number; isEmpty: boolean } {
  let depth = 0;
  for (const [part] of line.matchAll(PART)) {
    if (OPENERS.has(part)) depth += 1;
    else if (part === "end") depth -= 1;
  }
  return { depth, isEmpty: /^\s*(#.*)?$/.test(line) };
}
