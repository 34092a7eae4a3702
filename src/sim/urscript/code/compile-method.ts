import { callMethod, isListMethod } from "../builtins/methods.ts";
import { placed, ScriptFault, ScriptRefusal } from "../problem.ts";
import type { Argument, Expression, MethodExpression } from "../syntax/ast.ts";
import { ScriptObject, typeName, type Result } from "../values/value.ts";
import { gatherOwned } from "./compile-call.ts";
import { evaluate, map2, stepped, type Code } from "./code.ts";
import type { Compiling } from "./compiling.ts";

/**
 * `list.append(x)`: the list is changed in place, since its variable owns it. Any other name is a method of an object of
 * the host, such as a function of an XML-RPC server, and the thread waits for its answer.
 */
export function compileMethod(method: MethodExpression, compiling: Compiling): Code<Result> {
  const { name, at } = method;
  const object = compiling.expression(method.object);
  const args = gatherOwned(method.args.map(positional), compiling);
  if (isListMethod(name))
    return map2(object, args, (owner, values) => {
      try {
        return callMethod(owner, name, values);
      } catch (error) {
        throw placed(error, at);
      }
    });
  return stepped(function* (frame) {
    const owner = yield* evaluate(object, frame);
    const values = yield* evaluate(args, frame);
    if (!(owner instanceof ScriptObject))
      throw new ScriptFault(`Type error: a ${typeName(owner)} has no method ${name}`, at);
    frame.run.at = at;
    const wait = owner.call(name, values);
    if (wait.ready !== true) yield wait;
    return wait.result?.();
  });
}

function positional(argument: Argument): Expression {
  if (argument.name !== undefined)
    throw new ScriptRefusal("Type error: methods take no named arguments", argument.at);
  return argument.value;
}
