import { asParameter, instant } from "../../urscript/builtins/define.ts";
import type { BlockingBuiltin, InstantBuiltin } from "../../urscript/script-host.ts";
import { expectBoolean } from "../../urscript/values/expect.ts";
import type { Interpreter } from "../interpreter.ts";
import { optional } from "./arguments.ts";

/** @source UR script manual 5.25, "Interpreter mode" */
export const interpreterBuiltins = (
  interpreter: Interpreter,
): readonly (InstantBuiltin | BlockingBuiltin)[] => [
  {
    name: "interpreter_mode",
    blocking: true,
    parameters: [optional("clearQueueOnEnter", true), optional("clearOnEnd", true)].map(asParameter),
    call: ([queue, end]) =>
      interpreter.enter(expectBoolean(queue, "clearQueueOnEnter"), expectBoolean(end, "clearOnEnd")),
  },
  instant("end_interpreter", [], () => {
    interpreter.end();
    return undefined;
  }),
  instant("clear_interpreter", [], () => {
    interpreter.clear();
    return undefined;
  }),
];
