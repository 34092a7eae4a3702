import { ask, forgetPending } from "../api.ts";
import { h, show, statusLine } from "../dom.ts";
import { text } from "../texts.ts";

/** Deletes everything of a listener by her withdrawal code. Resolves when she goes back. */
export function withdrawScreen(): Promise<void> {
  return new Promise((done) => {
    const status = statusLine();
    const code = h("input", { type: "text", id: "withdrawal", autocomplete: "off", spellcheck: "false" });
    const withdraw = async (event: Event): Promise<void> => {
      event.preventDefault();
      const reply = await ask("/api/withdraw", { code: code.value });
      if (reply.status === 200) {
        forgetPending();
        status.say(text("withdraw.done"));
      } else if (reply.status === 410) status.say(text("errors.frozen"), true);
      else status.say(text(reply.status === 429 ? "errors.tooManyTries" : "withdraw.unknown"), true);
    };
    show(
      text("withdraw.heading"),
      h("p", {}, text("withdraw.text")),
      h(
        "form",
        { submit: (event) => void withdraw(event) },
        h("label", { for: "withdrawal" }, text("withdraw.label")),
        h("div", { class: "actions" }, code, h("button", { class: "main" }, text("withdraw.button"))),
      ),
      status.element,
      h("button", { click: () => done() }, text("withdraw.back")),
    );
  });
}
