import type { Position } from "../problem.ts";

/** A name or value with the place where it stands in the text. */
interface Node {
  readonly at: Position;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "%" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "xor";
export type LogicOperator = "and" | "or";

export type Expression =
  | ConstantExpression
  | NameExpression
  | (Node & { readonly kind: "list"; readonly items: readonly Expression[] })
  | (Node & { readonly kind: "pose"; readonly items: readonly Expression[] })
  | (Node & { readonly kind: "unary"; readonly operator: "-" | "not"; readonly operand: Expression })
  | BinaryExpression
  | (Node & {
      readonly kind: "logic";
      readonly operator: LogicOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | CallExpression
  | (Node & { readonly kind: "run"; readonly call: CallExpression })
  | MethodExpression
  | MemberExpression
  | IndexExpression;

/** `undefined` is the keyword `None`. */
export interface ConstantExpression extends Node {
  readonly kind: "constant";
  readonly value: number | string | boolean | undefined;
}

export interface NameExpression extends Node {
  readonly kind: "name";
  readonly name: string;
}

export interface BinaryExpression extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Argument extends Node {
  /** Given for `name=value`. */
  readonly name: string | undefined;
  readonly value: Expression;
}

export interface CallExpression extends Node {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Argument[];
}

export interface MethodExpression extends Node {
  readonly kind: "method";
  readonly object: Expression;
  readonly name: string;
  readonly args: readonly Argument[];
}

export interface MemberExpression extends Node {
  readonly kind: "member";
  readonly object: Expression;
  readonly name: string;
}

export interface IndexExpression extends Node {
  readonly kind: "index";
  readonly object: Expression;
  /** One index, or two for a matrix `m[row, column]`. */
  readonly indices: readonly Expression[];
}

export type Target = NameExpression | MemberExpression | IndexExpression;

export interface Parameter extends Node {
  readonly name: string;
  readonly default: Expression | undefined;
}

export interface FunctionDefinition extends Node {
  readonly kind: "function";
  readonly form: "def" | "thread" | "sec";
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
}

export interface Assignment extends Node {
  readonly kind: "assign";
  readonly scope: "global" | "local" | undefined;
  readonly target: Target;
  readonly value: Expression;
}

export interface Branch {
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

export type Statement =
  | FunctionDefinition
  | Assignment
  | (Node & {
      readonly kind: "if";
      readonly branches: readonly Branch[];
      readonly otherwise: readonly Statement[];
    })
  | (Node & { readonly kind: "while" } & Branch)
  | (Node & { readonly kind: "break" | "continue" | "halt" | "pause" | "enter_critical" | "exit_critical" })
  | (Node & { readonly kind: "return"; readonly value: Expression | undefined })
  | (Node & { readonly kind: "join" | "kill"; readonly thread: Expression })
  | (Node & { readonly kind: "expression"; readonly value: Expression })
  /** `$ 12 "Waypoint"`: PolyScope's mark of the program node that is being run. */
  | (Node & { readonly kind: "label"; readonly id: number; readonly text: string });
