import { syntaxError } from "./syntax-error.ts";
import { KEYWORDS, type Token, type TokenKind } from "./token.ts";

const BLANK = /[ \t\r\f\uFEFF]+|#[^\n]*/y;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const STRING = /"([^"\n]*)"|'([^'\n]*)'/y;
const SYMBOL = /==|!=|<=|>=|[-+*/%<>=()[\],.:$]/y;

/**
 * Splits script text into tokens. A line end is a token, except inside `()` and `[]`, where lines continue.
 * Comments (`#` to the line end) and blanks vanish.
 *
 * @throws ScriptRefusal at the first character that starts no token
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let [offset, line, lineStart, depth] = [0, 1, 0, 0];
  const push = (kind: TokenKind, found: string, end: number): void => {
    tokens.push({ kind, text: found, line, column: offset - lineStart + 1 });
    offset = end;
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = offset;
    return pattern.exec(text);
  };
  while (offset < text.length) {
    if (text[offset] === "\n") {
      if (depth === 0) push("newline", "\n", offset + 1);
      else offset += 1;
      line += 1;
      lineStart = offset;
      continue;
    }
    let found = match(BLANK);
    if (found !== null) offset += found[0].length;
    else if ((found = match(NUMBER)) !== null) push("number", found[0], offset + found[0].length);
    else if ((found = match(NAME)) !== null)
      push(KEYWORDS.has(found[0]) ? "keyword" : "name", found[0], offset + found[0].length);
    else if ((found = match(STRING)) !== null)
      push("string", found[1] ?? found[2] ?? "", offset + found[0].length);
    else if ((found = match(SYMBOL)) !== null) {
      depth = Math.max(0, depth + bracketStep(found[0]));
      push("symbol", found[0], offset + found[0].length);
    } else throw syntaxError(text, { line, column: offset - lineStart + 1 });
  }
  push("newline", "\n", offset);
  push("end-of-text", "", offset);
  return tokens;
}

const bracketStep = (symbol: string): number =>
  symbol === "(" || symbol === "[" ? 1 : symbol === ")" || symbol === "]" ? -1 : 0;
