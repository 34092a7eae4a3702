import type { Position } from "../problem.ts";
import type { Statement } from "../syntax/ast.ts";
import { plain, stepped, type Code, type Plain } from "./code.ts";
import type { Compiling } from "./compiling.ts";
import { compileStatement } from "./compile-statement.ts";
import { spend } from "./frame.ts";
import { NEXT, type Signal } from "./signal.ts";

/** Compiles statements that follow each other; neighbours that take no physical time become one closure. */
export function compileBlock(statements: readonly Statement[], compiling: Compiling): Code<Signal> {
  const parts: Code<Signal>[] = [];
  let plains: Plain<Signal>[] = [];
  let start: Position | undefined;
  const flush = (): void => {
    if (plains.length > 0) parts.push(plain(sequence(plains, start!)));
    plains = [];
  };
  for (const statement of statements) {
    if (statement.kind === "function") continue;
    const code = compileStatement(statement, compiling);
    if (!code.blocks) {
      if (plains.length === 0) start = statement.at;
      plains.push(code.run);
      continue;
    }
    flush();
    parts.push(code);
  }
  flush();
  return joined(parts);
}

function sequence(runs: readonly Plain<Signal>[], at: Position): Plain<Signal> {
  const count = runs.length;
  return (frame) => {
    spend(frame.run, count, at);
    for (let i = 0; i < count; i++) {
      const signal = runs[i]!(frame);
      if (signal !== NEXT) return signal;
    }
    return NEXT;
  };
}

function joined(parts: readonly Code<Signal>[]): Code<Signal> {
  if (parts.length === 0) return plain(() => NEXT);
  if (parts.length === 1) return parts[0]!;
  return stepped(function* (frame) {
    for (const part of parts) {
      const signal = part.blocks ? yield* part.run(frame) : part.run(frame);
      if (signal !== NEXT) return signal;
    }
    return NEXT;
  });
}
