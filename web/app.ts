import { ask, pendingAnswer, sendPending, type State, type StudyInfo } from "./api.ts";
import { h } from "./dom.ts";
import { setTexts, text, type Texts } from "./texts.ts";
import { backgroundScreen } from "./screens/background.ts";
import { codesScreen, consentScreen, type ConsentText } from "./screens/consent.ts";
import { endScreen } from "./screens/end.ts";
import { instructionScreen } from "./screens/instructions.ts";
import { headphoneScreen, levelScreen } from "./screens/sound-check.ts";
import { trialScreen } from "./screens/trial.ts";
import { welcomeScreen } from "./screens/welcome.ts";

/** A listener's way through the test. Where she stands is the server's to say; the page only shows it. */
async function main(): Promise<void> {
  const study = (await ask<StudyInfo>("/api/study")).body;
  const consent = await language(study, (await ask<State>("/api/state")).body.language);
  if (pendingAnswer()) await sendPending(() => undefined);
  for (;;) {
    const state = (await ask<State>("/api/state")).body;
    if (state.stage !== "welcome") return follow(study);
    if ((await welcomeScreen(study)) === "resumed") return location.reload();
    const codes = await consentScreen(study, consent(), document.documentElement.lang);
    await codesScreen(codes);
  }
}

/** Shows stage after stage until the end. */
async function follow(study: StudyInfo): Promise<void> {
  let levelIsSet = false;
  let instructed = "";
  for (;;) {
    const state = (await ask<State>("/api/state")).body;
    lockLanguage();
    if (state.stage === "welcome") return location.reload();
    if (state.stage === "background") await backgroundScreen();
    else if (state.stage === "headphones") await headphoneScreen(state);
    else if (state.stage === "trials") {
      if (!levelIsSet) await levelScreen();
      levelIsSet = true;
      const { trial } = state;
      if (instructed !== trial.method)
        await instructionScreen(study, {
          method: trial.method,
          traps: state.traps,
          practice: trial.practice,
        });
      instructed = trial.method;
      if ((await trialScreen(trial, state)) === "other-tab") alertLine(text("errors.otherTab"));
      else alertLine("");
    } else return endScreen(study, state.stage === "screened" ? "screened" : "finished");
  }
}

/** Sets the language and lets it be changed until the test begins. @returns the consent text of the language then set */
async function language(study: StudyInfo, before: string | undefined): Promise<() => ConsentText> {
  const codes = study.languages.map((l) => l.code);
  const wanted = [before, ...navigator.languages.map((l) => l.slice(0, 2))].find(
    (l) => l && codes.includes(l),
  );
  let consent: ConsentText;
  const set = async (code: string): Promise<void> => {
    const reply = await ask<{ texts: Texts; consent: ConsentText }>(`/api/texts/${code}`);
    setTexts(reply.body.texts);
    ({ consent } = reply.body);
    document.documentElement.lang = code;
  };
  await set(wanted ?? codes[0]!);
  const select = h(
    "select",
    {
      "aria-label": "Language / Sprache",
      change: () => void set(select.value).then(() => main()),
    },
    ...study.languages.map((l) =>
      h("option", { value: l.code, selected: l.code === document.documentElement.lang }, l.name),
    ),
  );
  document
    .getElementById("top")!
    .replaceChildren(
      h("span", {}, study.title),
      h("p", { id: "alert", role: "alert", class: "alert" }),
      select,
    );
  return () => consent;
}

const lockLanguage = (): void => document.querySelector("#top select")?.remove();

const alertLine = (line: string): void => {
  document.getElementById("alert")!.textContent = line;
};

void main();
