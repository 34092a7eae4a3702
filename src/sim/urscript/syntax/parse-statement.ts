import type { Branch, FunctionDefinition, Parameter, Statement, Target } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./parse-expression.ts";

/** Where a statement stands: `break` needs a loop around it in the same function. */
interface Place {
  readonly inLoop: boolean;
}

/** Reads statements up to the first of the closing words, which is left unread. */
export function parseBlock(cursor: Cursor, closers: readonly string[], place: Place): Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    cursor.skipNewlines();
    if (closers.some((word) => cursor.is(word))) return statements;
    if (cursor.peek.kind === "end-of-text") {
      if (closers.length === 0) return statements;
      throw cursor.unexpected();
    }
    statements.push(cursor.nested(() => parseStatement(cursor, place)));
    if (!closers.some((word) => cursor.is(word)) && !startsWithKeyword(cursor)) cursor.expectKind("newline");
  }
}

/** Words that begin a statement, also on the line of the one before: ur_rtde's script, filled in, needs that. */
const STARTS: ReadonlySet<string> = new Set([
  "def",
  "thread",
  "sec",
  "if",
  "while",
  "break",
  "continue",
  "return",
  "halt",
  "pause",
  "global",
  "local",
  "join",
  "kill",
  "enter_critical",
  "exit_critical",
]);

const startsWithKeyword = ({ peek }: Cursor): boolean => peek.kind === "keyword" && STARTS.has(peek.text);

function parseStatement(cursor: Cursor, place: Place): Statement {
  const at = cursor.peek;
  if (at.kind === "symbol" && at.text === "$") return parseLabel(cursor);
  if (at.kind !== "keyword") return parseAssignmentOrExpression(cursor, undefined);
  switch (at.text) {
    case "def":
    case "thread":
    case "sec":
      return parseFunction(cursor, at.text);
    case "if":
      return parseIf(cursor, place);
    case "while":
      return parseWhile(cursor);
    case "break":
    case "continue":
      if (!place.inLoop) throw cursor.unexpected();
      return { kind: at.text, at: cursor.take() };
    case "halt":
    case "pause":
    case "enter_critical":
    case "exit_critical":
      cursor.take();
      if (cursor.accept("(")) cursor.expect(")");
      return { kind: at.text, at };
    case "return":
      cursor.take();
      return { kind: "return", at, value: endsStatement(cursor) ? undefined : parseExpression(cursor) };
    case "join":
    case "kill":
      cursor.take();
      return { kind: at.text, at, thread: parseExpression(cursor) };
    case "global":
    case "local":
      cursor.take();
      return parseAssignmentOrExpression(cursor, at.text);
    default:
      return parseAssignmentOrExpression(cursor, undefined);
  }
}

const endsStatement = (cursor: Cursor): boolean =>
  cursor.peek.kind === "newline" || cursor.is("end") || cursor.is("else") || cursor.is("elif");

function parseWhile(cursor: Cursor): Statement {
  const at = cursor.take();
  const branch = parseBranch(cursor, ["end"], { inLoop: true });
  cursor.expect("end");
  return { kind: "while", at, ...branch };
}

/** Statements of other languages, and what URScript has instead. Names all the same: `for = 1` is no mistake. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["for", " URScript has no for; a while loop counts"],
  ["switch", " URScript has no switch; if and elif choose"],
]);

function parseAssignmentOrExpression(cursor: Cursor, scope: "global" | "local" | undefined): Statement {
  const at = cursor.peek;
  const foreign = at.kind === "name" && cursor.peekSecond.kind === "name" ? FOREIGN.get(at.text) : undefined;
  if (foreign !== undefined) throw cursor.unexpected(at, foreign);
  const value = parseExpression(cursor);
  if (!cursor.is("=")) {
    if (scope !== undefined) throw cursor.unexpected(); // `global x` needs a value
    return { kind: "expression", at, value };
  }
  if (!isTarget(value)) throw cursor.unexpected();
  if (scope !== undefined && value.kind !== "name") throw cursor.unexpected();
  cursor.take();
  cursor.skipNewlines(); // a line may end with `=`
  return { kind: "assign", at, scope, target: value, value: parseExpression(cursor) };
}

/** A name, or a part of something that begins with a name. */
function isTarget(expression: { readonly kind: string; readonly object?: unknown }): expression is Target {
  let part = expression;
  while (part.kind === "member" || part.kind === "index") part = part.object as typeof part;
  return part.kind === "name";
}

function parseBranch(cursor: Cursor, closers: readonly string[], place: Place): Branch {
  const condition = parseExpression(cursor);
  cursor.expect(":");
  return { condition, body: parseBlock(cursor, closers, place) };
}

function parseIf(cursor: Cursor, place: Place): Statement {
  const at = cursor.peek;
  const branches: Branch[] = [];
  while (cursor.accept(branches.length === 0 ? "if" : "elif"))
    branches.push(parseBranch(cursor, ["elif", "else", "end"], place));
  let otherwise: Statement[] = [];
  if (cursor.accept("else")) {
    cursor.expect(":");
    otherwise = parseBlock(cursor, ["end"], place);
  }
  cursor.expect("end");
  return { kind: "if", at, branches, otherwise };
}

function parseFunction(cursor: Cursor, form: FunctionDefinition["form"]): FunctionDefinition {
  cursor.take();
  const at = cursor.expectKind("name");
  cursor.expect("(");
  const parameters: Parameter[] = [];
  while (!cursor.is(")")) {
    if (parameters.length > 0) cursor.expect(",");
    const name = cursor.expectKind("name");
    if (parameters.some((known) => known.name === name.text)) throw cursor.unexpected(name);
    parameters.push({
      name: name.text,
      at: name,
      default: cursor.accept("=") ? parseExpression(cursor) : undefined,
    });
  }
  cursor.expect(")");
  cursor.expect(":");
  const body = parseBlock(cursor, ["end"], { inLoop: false });
  cursor.expect("end");
  return { kind: "function", form, name: at.text, parameters, body, at };
}

function parseLabel(cursor: Cursor): Statement {
  const at = cursor.take();
  const id = Number(cursor.expectKind("number").text);
  const text = cursor.peek.kind === "string" ? cursor.take().text : "";
  if (cursor.peek.kind === "string") cursor.take(); // "noBreak"
  return { kind: "label", at, id, text };
}
