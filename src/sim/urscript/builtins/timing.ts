import type { BlockingBuiltin, InstantBuiltin, ScriptHost } from "../script-host.ts";
import { cycles } from "../script-host.ts";
import { expectNumber } from "../values/expect.ts";
import { ScriptFault } from "../problem.ts";
import { instant } from "./define.ts";

/** @source UR script manual 5.25, "Module internals"; @assumed sleep is counted in whole cycles, at least one */
export const timingBuiltins = (host: ScriptHost): readonly (InstantBuiltin | BlockingBuiltin)[] => [
  instant("get_steptime", [], () => host.stepS),
  { name: "sync", blocking: true, parameters: [], call: () => cycles(1) },
  {
    name: "sleep",
    blocking: true,
    parameters: [{ name: "t" }],
    call: ([t]) => {
      const seconds = expectNumber(t, "t");
      if (!(seconds >= 0)) throw new ScriptFault(`sleep: ${seconds} s is not a duration`);
      return cycles(Math.ceil(seconds / host.stepS - 1e-6));
    },
  },
];
