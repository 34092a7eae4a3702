import type { ScriptRefusal } from "../problem.ts";
import { syntaxError } from "./syntax-error.ts";
import type { Token } from "./token.ts";

/**
 * How deep a syntax tree may grow: a bracket or block costs `NESTING_COST`, a link of a chain `a + b + c` costs 1.
 * @assumed enough for any real script, and safe for the stack of whoever walks the tree
 */
const MAX_DEPTH = 1000;
const NESTING_COST = 8;

/** Reads tokens one after the other; every parse function shares one. */
export class Cursor {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  /** The token that comes next; the last one is `end-of-text` for ever. */
  get peek(): Token {
    return this.#tokens[this.#next]!;
  }

  /** The token after the next one. */
  get peekSecond(): Token {
    return this.#tokens[Math.min(this.#next + 1, this.#tokens.length - 1)]!;
  }

  take(): Token {
    const token = this.peek;
    if (token.kind !== "end-of-text") this.#next += 1;
    return token;
  }

  is(text: string): boolean {
    const { kind, text: found } = this.peek;
    return found === text && (kind === "symbol" || kind === "keyword");
  }

  /** Takes the next token if it is this symbol or keyword. */
  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.take();
    return true;
  }

  expect(text: string): Token {
    if (!this.is(text)) throw this.unexpected();
    return this.take();
  }

  expectKind(kind: Token["kind"]): Token {
    if (this.peek.kind !== kind) throw this.unexpected();
    return this.take();
  }

  skipNewlines(): void {
    while (this.peek.kind === "newline") this.take();
  }

  /** Reads one level deeper; refuses a text that nests without end before the stack does. */
  nested<T>(read: () => T): T {
    const before = this.#depth;
    this.deepen(NESTING_COST);
    const result = read();
    this.#depth = before;
    return result;
  }

  /** Counts a level of the tree that grows without nesting, until the `nested` around it ends. */
  deepen(cost = 1): void {
    this.#depth += cost;
    if (this.#depth > MAX_DEPTH) throw this.unexpected();
  }

  unexpected(token: Token = this.peek, hint?: string): ScriptRefusal {
    return syntaxError(this.#text, token, hint);
  }
}
