import { ScriptFault } from "../problem.ts";
import type { Assignment, Statement } from "../syntax/ast.ts";
import type { Result } from "../values/value.ts";
import { evaluate, map, plain, stepped, type Code } from "./code.ts";
import { compilePartAssignment } from "./compile-access.ts";
import { compileOwned } from "./compile-expression.ts";
import { compileIf, compileWhile } from "./compile-flow.ts";
import type { Compiling } from "./compiling.ts";
import { HALTED } from "./stop-signals.ts";
import { BREAK, CONTINUE, NEXT, RETURN, type Signal } from "./signal.ts";

const nothingToDo: Code<Signal> = plain(() => NEXT);

export function compileStatement(statement: Statement, compiling: Compiling): Code<Signal> {
  const { at } = statement;
  switch (statement.kind) {
    case "function": // defined for the whole function around it already
    case "enter_critical": // nothing interrupts a thread between two calls that take physical time,
    case "exit_critical": // and a critical section does not keep others out during one
      return nothingToDo;
    case "assign":
      return compileAssignment(statement, compiling);
    case "if":
      return compileIf(statement, compiling);
    case "while":
      return compileWhile(statement, compiling);
    case "break":
      return plain(() => BREAK);
    case "continue":
      return plain(() => CONTINUE);
    case "return":
      return compileReturn(statement, compiling);
    case "expression":
      return map(compiling.expression(statement.value), () => NEXT);
    case "halt":
      return plain(() => {
        throw HALTED;
      });
    case "pause":
      return stepped(function* (frame) {
        frame.run.at = at;
        yield frame.run.waitForResume();
        return NEXT;
      });
    case "kill":
      return map(compiling.expression(statement.thread), (handle, frame) => {
        frame.run.at = at;
        frame.run.killThread(handle);
        return NEXT;
      });
    case "join": {
      const thread = compiling.expression(statement.thread);
      return stepped(function* (frame) {
        const handle = yield* evaluate(thread, frame);
        frame.run.at = at;
        yield frame.run.waitForThread(handle);
        return NEXT;
      });
    }
    case "label": {
      const { host } = compiling.library;
      return plain(() => {
        host.programLabel?.(statement.id, statement.text);
        return NEXT;
      });
    }
  }
}

function compileReturn(
  { value }: Extract<Statement, { kind: "return" }>,
  compiling: Compiling,
): Code<Signal> {
  if (value === undefined) return plain(() => RETURN);
  return map(compileOwned(value, compiling), (result, frame) => {
    frame.returned = result;
    return RETURN;
  });
}

function compileAssignment(assignment: Assignment, compiling: Compiling): Code<Signal> {
  const { target, scope, at } = assignment;
  const value = compileOwned(assignment.value, compiling);
  if (target.kind !== "name") return map(compilePartAssignment(target, value, compiling), () => NEXT);
  const { unit, variables } = compiling;
  if (scope === "local" && !unit.isProgram) unit.madeLocal.add(target.name); // from here on in the text
  const variable = scope === "global" ? variables.findGlobal(target.name) : variables.find(unit, target.name);
  const { slot, kind } = variable!;
  return map(
    value,
    kind === "local"
      ? (stored, frame) => {
          frame.slots[slot] = stored ?? noValue();
          return NEXT;
        }
      : (stored, frame) => {
          frame.run.globals[slot] = stored ?? noValue();
          return NEXT;
        },
  );

  function noValue(): Result {
    throw new ScriptFault(`Type error: ${target.kind === "name" ? target.name : ""} is given None`, at);
  }
}
