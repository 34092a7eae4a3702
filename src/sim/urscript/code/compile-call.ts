import { bindArguments } from "../names/bind-arguments.ts";
import type { FunctionUnit } from "../names/function-unit.ts";
import { unknownName } from "../names/unknown-name.ts";
import { placed, ScriptFault, ScriptRefusal, type Position } from "../problem.ts";
import type { Arguments, ScriptBuiltin } from "../script-host.ts";
import type { CallExpression, Expression } from "../syntax/ast.ts";
import { Struct, type Result, type Value } from "../values/value.ts";
import { evaluate, gather, map, plain, stepped, type Code } from "./code.ts";
import { compileOwned } from "./compile-expression.ts";
import type { Compiling } from "./compiling.ts";
import { calledFrame, spend, type Frame } from "./frame.ts";

export function compileCall(call: CallExpression, compiling: Compiling): Code<Result> {
  const unit = compiling.unit.findFunction(call.name);
  if (unit !== undefined) return compileFunctionCall(call, unit, compiling);
  if (call.name === "struct") return compileStruct(call, compiling);
  const builtin = compiling.library.builtins.get(call.name);
  if (builtin === undefined) throw unknownName(call.name, call.at);
  return compileBuiltinCall(call, builtin, compiling);
}

function compileFunctionCall(call: CallExpression, unit: FunctionUnit, compiling: Compiling): Code<Result> {
  const { at } = call;
  const frameCode = compileFrame(call, unit, compiling);
  if (!unit.mayBlock && !frameCode.blocks) {
    const makeFrame = frameCode.run;
    return plain((frame) => {
      const called = makeFrame(frame);
      spend(frame.run, 1, at);
      (unit.code!.run as (frame: Frame) => unknown)(called);
      return called.returned;
    });
  }
  return stepped(function* (frame) {
    const called = yield* evaluate(frameCode, frame);
    spend(frame.run, 1, at);
    yield* evaluate(unit.code!, called);
    return called.returned;
  });
}

/** Code that makes the frame of a call: arguments in their slots, the other slots empty. */
function compileFrame(call: CallExpression, unit: FunctionUnit, compiling: Compiling): Code<Frame> {
  const parameters = (unit.definition?.parameters ?? []).map((parameter) => ({
    name: parameter.name,
    optional: parameter.default !== undefined,
  }));
  const args = bindArguments(call.name, parameters, call.args, call.at);
  const hops = compiling.unit.level - (unit.level - 1);
  return map(gatherOwned(args, compiling), (slots, frame) => {
    for (let i = slots.length; i < unit.slots.size; i++) slots.push(undefined);
    let outer: Frame | undefined = frame;
    for (let i = 0; i < hops; i++) outer = outer?.outer;
    return calledFrame(frame, slots, outer, call.at);
  });
}

/** The values of expressions, each one its own. */
export const gatherOwned = (
  args: readonly (Expression | undefined)[],
  compiling: Compiling,
): Code<Result[]> =>
  gather(args.map((arg) => (arg === undefined ? plain(() => undefined) : compileOwned(arg, compiling))));

/** `run f(x)`: evaluates the arguments here and now, then starts a thread; gives its handle. */
export function compileRun(
  { call, at }: Extract<Expression, { kind: "run" }>,
  compiling: Compiling,
): Code<Result> {
  const unit = compiling.unit.findFunction(call.name);
  if (unit === undefined) throw unknownName(call.name, call.at);
  return map(compileFrame(call, unit, compiling), (called, frame) => {
    spend(frame.run, 1, at);
    frame.run.at = at;
    return frame.run.startThread(unit, called);
  });
}

function compileBuiltinCall(
  { name, args, at }: CallExpression,
  builtin: ScriptBuiltin,
  compiling: Compiling,
): Code<Result> {
  const parameters = builtin.parameters.map((parameter) => ({
    name: parameter.name,
    optional: parameter.default !== undefined || parameter.optional === true,
  }));
  const given = bindArguments(name, parameters, args, at);
  const values = gather(
    compiling.operands(given).map((code, i): Code<Result> => {
      const value = builtin.parameters[i]!.default;
      return given[i] !== undefined || value === undefined ? code : plain(() => value);
    }),
  );
  if (!builtin.blocking) return map(values, (found, frame) => callBuiltin(builtin, found, frame, at));
  return stepped(function* (frame) {
    const wait = callBuiltin(builtin, yield* evaluate(values, frame), frame, at);
    if (wait.ready !== true) {
      frame.run.at = at;
      yield wait;
    }
    return wait.result?.();
  });
}

function callBuiltin<T>(
  builtin: { call(args: Arguments, caller: Frame["run"]["caller"]): T },
  args: Result[],
  frame: Frame,
  at: Position,
): T {
  const { caller } = frame.run;
  caller.line = at.line;
  caller.column = at.column;
  try {
    return builtin.call(args, caller);
  } catch (error) {
    throw placed(error, at);
  }
}

/** `struct(name=value, ...)`. */
function compileStruct({ args, at }: CallExpression, compiling: Compiling): Code<Result> {
  const names = args.map((argument) => {
    if (argument.name === undefined)
      throw new ScriptRefusal("Type error: struct takes name=value only", argument.at);
    return argument.name;
  });
  if (new Set(names).size < names.length)
    throw new ScriptRefusal("Type error: struct has two members of one name", at);
  const values = gatherOwned(
    args.map((argument) => argument.value),
    compiling,
  );
  return map(values, (found) => new Struct(new Map(names.map((name, i) => [name, something(found[i], at)]))));
}

/** What can be stored: anything but None. */
export function something(value: Result, at: Position): Value {
  if (value === undefined) throw new ScriptFault("Type error: cannot store None", at);
  return value;
}
