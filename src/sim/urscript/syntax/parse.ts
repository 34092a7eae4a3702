import type { Statement } from "./ast.ts";
import { Cursor } from "./cursor.ts";
import { tokenize } from "./lexer.ts";
import { parseBlock } from "./parse-statement.ts";

/**
 * Reads script text into its statements.
 *
 * @throws ScriptRefusal with the place of the first token that cannot stand where it stands
 */
export const parseScript = (text: string): Statement[] =>
  parseBlock(new Cursor(text, tokenize(text)), [], { inLoop: false });
