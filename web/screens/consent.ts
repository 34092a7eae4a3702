import { ask, type StudyInfo } from "../api.ts";
import { h, show, statusLine } from "../dom.ts";
import { text } from "../texts.ts";

export interface ConsentText {
  readonly version: string;
  readonly sha256: string;
  readonly paragraphs: readonly string[];
}

export interface Codes {
  readonly code: string;
  readonly withdrawalCode: string;
}

/** Consent and age; resolves with the new listener's codes. */
export function consentScreen(study: StudyInfo, consent: ConsentText, language: string): Promise<Codes> {
  return new Promise((done) => {
    const status = statusLine();
    const begin = h("button", { class: "main", type: "submit", disabled: true }, text("consent.begin"));
    const update = (): void => {
      begin.disabled = !(age.checked && agree.checked);
    };
    const age = h("input", { type: "checkbox", id: "age", change: update });
    const agree = h("input", { type: "checkbox", id: "agree", change: update });
    const enrol = async (event: Event): Promise<void> => {
      event.preventDefault();
      begin.disabled = true;
      const reply = await ask<Codes & { error?: string }>("/api/enrol", {
        language,
        consentSha256: consent.sha256,
        ofAge: true,
      });
      if (reply.status === 200) done(reply.body);
      else if (reply.status === 410) status.say(text("errors.frozen"), true);
      else location.reload();
    };
    show(
      text("consent.heading"),
      h("div", { class: "consent", tabindex: 0 }, ...consent.paragraphs.map((p) => h("p", {}, p))),
      h(
        "p",
        { class: "fine" },
        `${text("consent.version", { version: consent.version })} · ${consent.sha256.slice(0, 12)}`,
      ),
      h(
        "form",
        { submit: (event) => void enrol(event) },
        h("label", { class: "check" }, age, h("span", {}, text("consent.age", { age: study.minimumAge }))),
        h("label", { class: "check" }, agree, h("span", {}, text("consent.agree"))),
        h("div", { class: "actions" }, begin),
      ),
      status.element,
    );
  });
}

/** Shows the two codes once. */
export function codesScreen(codes: Codes): Promise<void> {
  return new Promise((done) => {
    show(
      text("codes.heading"),
      h("p", {}, text("codes.introduction")),
      h("p", {}, text("codes.code"), h("br"), h("span", { class: "code", id: "listener-code" }, codes.code)),
      h(
        "p",
        {},
        text("codes.withdrawal"),
        h("br"),
        h("span", { class: "code", id: "withdrawal-code" }, codes.withdrawalCode),
      ),
      h(
        "div",
        { class: "actions" },
        h("button", { class: "main", click: () => done() }, text("codes.noted")),
      ),
    );
  });
}
