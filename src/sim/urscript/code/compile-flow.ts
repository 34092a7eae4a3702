import type { Statement } from "../syntax/ast.ts";
import { evaluate, plain, stepped, type Code, type Plain } from "./code.ts";
import type { Compiling } from "./compiling.ts";
import { compileCondition } from "./compile-operator.ts";
import { spend } from "./frame.ts";
import { BREAK, NEXT, RETURN, type Signal } from "./signal.ts";

interface BranchCode {
  readonly condition: Code<boolean>;
  readonly body: Code<Signal>;
}

export function compileIf(statement: Extract<Statement, { kind: "if" }>, compiling: Compiling): Code<Signal> {
  const branches: BranchCode[] = statement.branches.map(({ condition, body }) => ({
    condition: compileCondition(condition, compiling),
    body: compiling.block(body),
  }));
  const otherwise = compiling.block(statement.otherwise);
  if (otherwise.blocks || branches.some(({ condition, body }) => condition.blocks || body.blocks))
    return stepped(function* (frame) {
      for (const { condition, body } of branches)
        if (yield* evaluate(condition, frame)) return yield* evaluate(body, frame);
      return yield* evaluate(otherwise, frame);
    });
  return plain(
    branches.reduceRight<Plain<Signal>>((rest, branch) => {
      const condition = branch.condition.run as Plain<boolean>;
      const body = branch.body.run as Plain<Signal>;
      return (frame) => (condition(frame) ? body(frame) : rest(frame));
    }, otherwise.run),
  );
}

export function compileWhile(
  statement: Extract<Statement, { kind: "while" }>,
  compiling: Compiling,
): Code<Signal> {
  const { at } = statement;
  const condition = compileCondition(statement.condition, compiling);
  const body = compiling.block(statement.body);
  if (condition.blocks || body.blocks)
    return stepped(function* (frame) {
      while (condition.blocks ? yield* condition.run(frame) : condition.run(frame)) {
        spend(frame.run, 1, at);
        const signal = body.blocks ? yield* body.run(frame) : body.run(frame);
        if (signal === BREAK) return NEXT;
        if (signal === RETURN) return RETURN;
      }
      return NEXT;
    });
  const [check, run] = [condition.run, body.run];
  return plain((frame) => {
    while (check(frame)) {
      spend(frame.run, 1, at);
      const signal = run(frame);
      if (signal === BREAK) return NEXT;
      if (signal === RETURN) return RETURN;
    }
    return NEXT;
  });
}
