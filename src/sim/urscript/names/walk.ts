import type { Argument, Expression, FunctionDefinition, Statement } from "../syntax/ast.ts";

/** Every statement, those inside `if` and `while` too, in the order of the text; not those inside functions. */
export function* statementsIn(statements: readonly Statement[]): Generator<Statement> {
  for (const statement of statements) {
    yield statement;
    if (statement.kind === "while") yield* statementsIn(statement.body);
    if (statement.kind !== "if") continue;
    for (const { body } of statement.branches) yield* statementsIn(body);
    yield* statementsIn(statement.otherwise);
  }
}

/** The expressions that stand directly in a statement. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "assign":
      return [statement.target, statement.value];
    case "if":
      return statement.branches.map((branch) => branch.condition);
    case "while":
      return [statement.condition];
    case "return":
    case "expression":
      return statement.value === undefined ? [] : [statement.value];
    case "join":
    case "kill":
      return [statement.thread];
    default:
      return [];
  }
}

/** An expression and all its parts, except what runs in a thread of its own. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of childrenOf(expression)) yield* partsOf(part);
}

const valuesOf = (args: readonly Argument[]): readonly Expression[] => args.map((argument) => argument.value);

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "list":
    case "pose":
      return expression.items;
    case "unary":
      return [expression.operand];
    case "binary":
    case "logic":
      return [expression.left, expression.right];
    case "call":
      return valuesOf(expression.args);
    case "run":
      return valuesOf(expression.call.args);
    case "method":
      return [expression.object, ...valuesOf(expression.args)];
    case "member":
      return [expression.object];
    case "index":
      return [expression.object, ...expression.indices];
    default:
      return [];
  }
}

/** The functions defined directly in these statements, those inside `if` and `while` too. */
export function* functionsIn(statements: readonly Statement[]): Generator<FunctionDefinition> {
  for (const statement of statementsIn(statements)) if (statement.kind === "function") yield statement;
}
