import type { Arguments, BuiltinParameter, InstantBuiltin } from "../script-host.ts";
import type { Result } from "../values/value.ts";

/** A built-in that takes no physical time. A parameter written as a name alone must be given. */
export const instant = (
  name: string,
  parameters: readonly (string | BuiltinParameter)[],
  call: (args: Arguments) => Result,
): InstantBuiltin => ({ name, parameters: parameters.map(asParameter), blocking: false, call });

export const asParameter = (parameter: string | BuiltinParameter): BuiltinParameter =>
  typeof parameter === "string" ? { name: parameter } : parameter;
