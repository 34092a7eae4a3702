import { asParameter } from "../../urscript/builtins/define.ts";
import type { BlockingBuiltin, BuiltinParameter } from "../../urscript/script-host.ts";

/** A built-in that takes physical time. */
export const blocking = (
  name: string,
  parameters: readonly (string | BuiltinParameter)[],
  call: BlockingBuiltin["call"],
): BlockingBuiltin => ({ name, blocking: true, parameters: parameters.map(asParameter), call });

/** A parameter that may be left out and has no default of its own. */
export const left = (name: string): BuiltinParameter => ({ name, optional: true });
