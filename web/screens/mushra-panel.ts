import { ask } from "../api.ts";
import type { AskedTrial } from "../../src/listening-test/server/asked-trial.ts";
import { h } from "../dom.ts";
import { wakeAudio, type Player } from "../player.ts";
import { text } from "../texts.ts";
import type { Question } from "./question.ts";

export interface MushraEvents {
  readonly onHeard: (slot: number) => void;
  readonly onChange: () => void;
}

/** Reference and versions running side by side; switching keeps the place in the music. Every version has a slider. */
export function mushraPanel(trial: AskedTrial, loaded: Promise<Player>, events: MushraEvents): Question {
  let running = false;
  const moved = new Set<number>();
  const buttons: HTMLButtonElement[] = [];
  const mark = (slot: number | undefined): void =>
    buttons.forEach((button, i) => {
      button.classList.toggle("playing", i === slot);
      button.setAttribute("aria-pressed", String(i === slot));
    });
  const listen = async (slot: number): Promise<void> => {
    await wakeAudio();
    const player = await loaded;
    await ask("/api/event", { kind: "play", position: trial.position, slot });
    if (running) player.switchTo(slot);
    else void player.start(slot, { loop: true });
    running = true;
    mark(slot);
    events.onHeard(slot);
  };
  const stop = h(
    "button",
    {
      type: "button",
      click: () => {
        running = false;
        mark(undefined);
        void loaded.then((player) => player.stop());
      },
    },
    text("mushra.stop"),
  );
  const name = (slot: number): string =>
    slot === 0 ? text("mushra.reference") : text("mushra.version", { n: slot });
  for (let slot = 0; slot < trial.slots; slot++)
    buttons.push(
      h("button", { type: "button", "aria-pressed": "false", click: () => void listen(slot) }, name(slot)),
    );
  const sliders = buttons.slice(1).map((_, i) => {
    const output = h("output", {}, "–");
    const slider = h("input", {
      type: "range",
      min: 0,
      max: 100,
      step: 1,
      value: 50,
      "aria-label": name(i + 1),
      input: () => {
        output.textContent = slider.value;
        moved.add(i);
        events.onChange();
      },
    });
    return { slider, output };
  });
  const rows = sliders.map(({ slider, output }, i) =>
    h("div", { class: "version" }, buttons[i + 1], slider, output),
  );
  return {
    elements: [
      h("div", { class: "players" }, buttons[0], stop),
      h("h2", {}, text("mushra.question")),
      h("p", { class: "fine" }, text("mushra.steps")),
      ...rows,
    ],
    answer: () =>
      moved.size < sliders.length
        ? undefined
        : { method: "mushra", scores: sliders.map(({ slider }) => Number(slider.value)) },
  };
}
