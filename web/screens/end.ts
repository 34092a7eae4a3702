import { ask, type StudyInfo } from "../api.ts";
import { h, show } from "../dom.ts";
import { text } from "../texts.ts";

/** Thanks. On a lab machine the next listener can begin from here. */
export function endScreen(study: StudyInfo, why: "finished" | "screened"): void {
  const next = h(
    "button",
    { class: "main", click: () => void ask("/api/leave", {}).then(() => location.reload()) },
    text("finished.next"),
  );
  show(
    text(`${why}.heading`),
    h("p", {}, text(`${why}.text`)),
    why === "finished" ? h("p", {}, text("finished.code")) : undefined,
    study.mode === "kiosk" ? h("div", { class: "actions" }, next) : undefined,
  );
}
