import type { StudyInfo } from "../api.ts";
import { h, show } from "../dom.ts";
import { text } from "../texts.ts";

/** What is to be done in the part that begins now. */
export function instructionScreen(
  study: StudyInfo,
  {
    method,
    traps,
    practice,
  }: { readonly method: string; readonly traps: boolean; readonly practice: boolean },
): Promise<void> {
  return new Promise((done) => {
    const asksWho = method === "yes-no" || method === "pair";
    show(
      text("instructions.heading"),
      h("p", {}, text(`instructions.${method}`)),
      asksWho && study.baseRate === "stated" ? h("p", {}, text("instructions.baseRate")) : undefined,
      traps && method !== "mushra"
        ? h("p", {}, text("instructions.trap", { how: text(`instructions.trap-${method}`) }))
        : undefined,
      practice ? h("p", {}, text("instructions.practice")) : undefined,
      h(
        "div",
        { class: "actions" },
        h("button", { class: "main", click: () => done() }, text("instructions.begin")),
      ),
    );
  });
}
