import type { BlockingBuiltin, InstantBuiltin, ScriptHost } from "../script-host.ts";
import { immediately } from "../script-host.ts";
import { expectBoolean } from "../values/expect.ts";
import { checkedLength, toText } from "../values/text.ts";
import { instant } from "./define.ts";

/** @source UR script manual 5.25, "Module internals" */
export const messageBuiltins = (host: ScriptHost): readonly (InstantBuiltin | BlockingBuiltin)[] => [
  instant("textmsg", ["s1", { name: "s2", default: "" }], ([first, second]) => {
    host.textMessage(checkedLength(toText(first) + toText(second)));
    return undefined;
  }),
  {
    name: "popup",
    blocking: true,
    parameters: [
      { name: "s" },
      { name: "title", default: "Popup" },
      { name: "warning", default: false },
      { name: "error", default: false },
      { name: "blocking", default: false },
    ],
    call: ([text, title, warning, error, blocking]) =>
      host.popup({
        text: checkedLength(toText(text)),
        title: toText(title),
        warning: expectBoolean(warning, "warning"),
        error: expectBoolean(error, "error"),
        blocking: expectBoolean(blocking, "blocking"),
      }) ?? immediately(),
  },
];
