import { ScriptRefusal, type Position } from "../problem.ts";
import type { Argument, Expression } from "../syntax/ast.ts";

interface BindableParameter {
  readonly name: string;
  /** It may be left out. */
  readonly optional: boolean;
}

/**
 * Puts the arguments of a call in the order of the parameters; undefined where one is left out.
 *
 * @throws ScriptRefusal when one is missing, surplus, unknown or given twice. @assumed wording, modelled on the
 *   one that is known: "Type error: str_sub takes exact..."
 */
export function bindArguments(
  callee: string,
  parameters: readonly BindableParameter[],
  args: readonly Argument[],
  at: Position,
): (Expression | undefined)[] {
  const bound = new Array<Expression | undefined>(parameters.length).fill(undefined);
  args.forEach((argument, i) => {
    const slot = argument.name === undefined ? i : parameters.findIndex(({ name }) => name === argument.name);
    if (slot < 0)
      throw new ScriptRefusal(`Type error: ${callee} has no argument named ${argument.name}`, argument.at);
    if (slot >= parameters.length) throw wrongCount(callee, parameters, at);
    if (bound[slot] !== undefined)
      throw new ScriptRefusal(`Type error: ${callee} got ${parameters[slot]!.name} twice`, argument.at);
    bound[slot] = argument.value;
  });
  if (parameters.some(({ optional }, i) => !optional && bound[i] === undefined))
    throw wrongCount(callee, parameters, at);
  return bound;
}

function wrongCount(callee: string, parameters: readonly BindableParameter[], at: Position): ScriptRefusal {
  const [most, least] = [parameters.length, parameters.filter(({ optional }) => !optional).length];
  const count = most === least ? `exactly ${most}` : `${least} to ${most}`;
  return new ScriptRefusal(`Type error: ${callee} takes ${count} argument${most === 1 ? "" : "s"}`, at);
}
