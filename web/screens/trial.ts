import { ask, fetchRecording, keepPending, newAnswerId, RecordingRefused, sendPending } from "../api.ts";
import type { Response as Answer } from "../../src/listening-test/design/method.ts";
import type { AskedTrial } from "../../src/listening-test/server/asked-trial.ts";
import { h, show, statusLine } from "../dom.ts";
import { audioContext, decode, Player, wakeAudio } from "../player.ts";
import { text } from "../texts.ts";
import { mushraPanel } from "./mushra-panel.ts";
import { questionOf, type Question } from "./question.ts";

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** One trial, from the first press of "play" until the server has the answer on its disk. */
export function trialScreen(
  trial: AskedTrial,
  progress: Progress,
): Promise<"taken" | "other-tab" | "refused"> {
  return new Promise((done) => {
    const status = statusLine();
    const heard = new Set<number>();
    const submit = h("button", { class: "main", disabled: true }, text("trial.submit"));
    const update = (): void => {
      submit.disabled = heard.size < trial.slots || question.answer() === undefined;
    };
    const onHeard = (slot: number): void => {
      heard.add(slot);
      status.say(text(heard.size < trial.slots ? "trial.listenFirst" : "trial.ready"));
      update();
    };
    const loaded = loadAll(trial);
    loaded.catch((error: unknown) =>
      error instanceof RecordingRefused ? done("other-tab") : status.say(text("errors.audio"), true),
    );
    const panel =
      trial.method === "mushra" ? mushraPanel(trial, loaded, { onHeard, onChange: update }) : undefined;
    const question: Question = panel ?? questionOf(trial.method, update);
    const players = panel ? undefined : playerButtons(trial, loaded, { onHeard, say: status.say });
    const send = async (event: Event): Promise<void> => {
      event.preventDefault();
      submit.disabled = true;
      void loaded.then((player) => player.stop());
      done(await sendAnswer(trial, question.answer()!, status.say));
    };
    show(
      trial.practice
        ? text("trial.practice")
        : text("trial.heading", { n: progress.done + 1, of: progress.total }),
      h("progress", {
        max: progress.total,
        value: progress.done,
        "aria-label": text("trial.progress", { ...progress }),
      }),
      players,
      status.element,
      h(
        "form",
        { submit: (event) => void send(event) },
        ...question.elements,
        h("div", { class: "actions" }, submit),
      ),
    );
    status.say(text("trial.listenFirst"));
  });
}

async function sendAnswer(
  trial: AskedTrial,
  response: Answer,
  say: (text: string, alert?: boolean) => void,
): Promise<"taken" | "other-tab" | "refused"> {
  keepPending({ position: trial.position, answerId: newAnswerId(), response, slots: trial.slots });
  say(text("trial.saving"));
  return sendPending((lost) => (lost ? say(text("trial.offline"), true) : say(text("trial.saving"))));
}

async function loadAll(trial: AskedTrial): Promise<Player> {
  const slots = Array.from({ length: trial.slots }, (_, slot) => slot);
  const bytes = await Promise.all(
    slots.map((slot) => fetchRecording(`/api/recording/${trial.position}/${slot}`)),
  );
  const buffers = await Promise.all(bytes.map(decode));
  return new Player(audioContext(), buffers);
}

export interface Hearing {
  readonly onHeard: (slot: number) => void;
  readonly say: (text: string, alert?: boolean) => void;
}

/** One button per recording; each is heard to its end before it counts. */
function playerButtons(trial: AskedTrial, loaded: Promise<Player>, { onHeard, say }: Hearing): HTMLElement {
  const buttons = Array.from({ length: trial.slots }, (_, slot) => {
    const name = trial.slots === 1 ? "" : `${text("trial.recording", { n: slot + 1 })}: `;
    const play = async (): Promise<void> => {
      await wakeAudio();
      const player = await loaded;
      void ask("/api/event", { kind: "play", position: trial.position, slot });
      for (const button of buttons) button.disabled = true;
      buttons[slot]!.classList.add("playing");
      say(name + text("trial.playing"));
      await player.start(slot);
      buttons[slot]!.classList.remove("playing");
      buttons[slot]!.textContent = name + text("trial.playAgain");
      for (const button of buttons) button.disabled = false;
      onHeard(slot);
    };
    return h("button", { class: "main", click: () => void play() }, name + text("trial.play"));
  });
  return h("div", { class: "players" }, ...buttons);
}
