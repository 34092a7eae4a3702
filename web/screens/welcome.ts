import { ask, type StudyInfo } from "../api.ts";
import { h, show, statusLine } from "../dom.ts";
import { text } from "../texts.ts";
import { withdrawScreen } from "./withdraw.ts";

/** The first page: begin, continue with a code, or withdraw. Resolves when there is something to go on with. */
export function welcomeScreen(study: StudyInfo): Promise<"begin" | "resumed"> {
  return new Promise((done) => {
    const status = statusLine();
    const code = h("input", {
      type: "text",
      id: "code",
      autocomplete: "off",
      autocapitalize: "characters",
      spellcheck: "false",
    });
    const resume = async (event: Event): Promise<void> => {
      event.preventDefault();
      const reply = await ask<{ error?: string }>("/api/resume", { code: code.value });
      if (reply.status === 200) done("resumed");
      else status.say(text(reply.status === 429 ? "errors.tooManyTries" : "errors.unknownCode"), true);
    };
    show(
      study.title,
      h("p", {}, text("welcome.introduction", { minutes: study.minutes })),
      h(
        "div",
        { class: "actions" },
        h("button", { class: "main", click: () => done("begin") }, text("welcome.begin")),
      ),
      h(
        "details",
        {},
        h("summary", {}, text("welcome.resume")),
        h(
          "form",
          { submit: (event) => void resume(event) },
          h("label", { for: "code" }, text("welcome.resumeLabel")),
          h("div", { class: "actions" }, code, h("button", {}, text("welcome.resumeButton"))),
          status.element,
        ),
      ),
      h(
        "p",
        { class: "fine" },
        h(
          "button",
          {
            click: () =>
              void withdrawScreen()
                .then(() => welcomeScreen(study))
                .then(done),
          },
          text("welcome.withdraw"),
        ),
      ),
    );
  });
}
