import type { FunctionDefinition, Statement } from "../syntax/ast.ts";

/**
 * The function that is the program, or undefined when the text itself is.
 *
 * A text of one definition is that program, also when a call of it follows. Of several definitions and nothing
 * else the last is the program. Any other text runs statement by statement.
 */
export function findProgram(text: readonly Statement[]): FunctionDefinition | undefined {
  const functions = text.filter((statement) => statement.kind === "function");
  const others = text.filter((statement) => statement.kind !== "function" && statement.kind !== "label");
  const last = functions.at(-1);
  if (last === undefined || others.length === 0) return last;
  const [call] = others;
  const onlyCallsIt =
    functions.length === 1 &&
    others.length === 1 &&
    call?.kind === "expression" &&
    call.value.kind === "call" &&
    call.value.name === last.name &&
    call.value.args.length === 0;
  return onlyCallsIt ? last : undefined;
}
