import { mathBuiltins } from "./builtins/math.ts";
import { listBuiltins } from "./builtins/lists.ts";
import { messageBuiltins } from "./builtins/messages.ts";
import { poseBuiltins } from "./builtins/poses.ts";
import { registerBuiltins } from "./builtins/registers.ts";
import { stringBuiltins } from "./builtins/strings.ts";
import { timingBuiltins } from "./builtins/timing.ts";
import type { ScriptBuiltin, ScriptHost } from "./script-host.ts";

/** The functions that scripts of one controller may call. Make one per controller and compile every script with it. */
export interface ScriptLibrary {
  readonly host: ScriptHost;
  readonly builtins: ReadonlyMap<string, ScriptBuiltin>;
}

/** The standard built-ins joined with the host's own; the host's win. */
export function scriptLibrary(host: ScriptHost): ScriptLibrary {
  const all = [
    ...mathBuiltins(host),
    ...listBuiltins,
    ...stringBuiltins,
    ...poseBuiltins,
    ...registerBuiltins(host.registers),
    ...messageBuiltins(host),
    ...timingBuiltins(host),
    ...host.builtins,
  ];
  return { host, builtins: new Map(all.map((builtin) => [builtin.name, builtin])) };
}
