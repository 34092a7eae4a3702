import { ScriptRefusal, type Position } from "../problem.ts";

/**
 * The refusal of a script that cannot be read, quoting the line as the controller does; a hint of ours may follow.
 *
 * @source wording seen in runtime-exception messages of e-Series controllers: `syntax_error_on_line:4:    movej(...):`
 */
export function syntaxError(text: string, at: Position, hint = ""): ScriptRefusal {
  const line = (text.split("\n", at.line)[at.line - 1] ?? "").trimEnd();
  return new ScriptRefusal(`syntax_error_on_line:${at.line}:${line}:${hint}`, at);
}
