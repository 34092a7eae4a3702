import { ScriptRefusal, type Position } from "../problem.ts";

/** @source wording of the controller's runtime-exception message, as the UR client library's tests expect it */
export const unknownName = (name: string, at: Position): ScriptRefusal =>
  new ScriptRefusal(`compile_error_name_not_found:${name}:`, at);
