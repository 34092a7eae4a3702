import type { Position } from "../problem.ts";

export type TokenKind = "name" | "keyword" | "number" | "string" | "symbol" | "newline" | "end-of-text";

export interface Token extends Position {
  readonly kind: TokenKind;
  /** As written; for a string, what is between the quotes. */
  readonly text: string;
}

/** Words that cannot be names. @source UR script manual 5.25, "Flow of control", "Special keywords" */
export const KEYWORDS: ReadonlySet<string> = new Set([
  "def",
  "thread",
  "sec",
  "end",
  "if",
  "elif",
  "else",
  "while",
  "break",
  "continue",
  "return",
  "halt",
  "pause",
  "global",
  "local",
  "and",
  "or",
  "xor",
  "not",
  "run",
  "join",
  "kill",
  "True",
  "False",
  "None",
  "enter_critical",
  "exit_critical",
]);
