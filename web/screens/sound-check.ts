import { ask, fetchRecording } from "../api.ts";
import { h, radioGroup, show, statusLine } from "../dom.ts";
import { audioContext, decode, Player, wakeAudio } from "../player.ts";
import { text } from "../texts.ts";

/** One round of the headphone check. */
export function headphoneScreen(at: {
  readonly attempt: number;
  readonly round: number;
  readonly rounds: number;
}): Promise<void> {
  return new Promise((done) => {
    const status = statusLine();
    const path = `/api/headphones/${at.attempt}/${at.round}`;
    const submit = h("button", { class: "main", disabled: true }, text("trial.submit"));
    let heard = false;
    const update = (): void => {
      submit.disabled = !heard || group.value() === undefined;
    };
    const group = radioGroup(
      text("headphones.choice"),
      "quietest",
      ["first", "second", "third"].map((name, i) => ({
        value: String(i + 1),
        label: text(`headphones.${name}`),
      })),
      update,
    );
    const play = playButton(text("headphones.play"), path, status.say, () => {
      heard = true;
      update();
    });
    const send = async (event: Event): Promise<void> => {
      event.preventDefault();
      submit.disabled = true;
      play.stop();
      await ask("/api/headphones", { attempt: at.attempt, round: at.round, choice: Number(group.value()) });
      done();
    };
    show(
      text("headphones.heading"),
      at.attempt > 0 && at.round === 0 ? h("p", { class: "alert" }, text("headphones.again")) : undefined,
      h("p", {}, text("headphones.introduction")),
      h("p", { class: "fine" }, text("headphones.round", { n: at.round + 1, of: at.rounds })),
      h("div", { class: "players" }, play.element),
      status.element,
      h(
        "form",
        { submit: (event) => void send(event) },
        group.element,
        h("div", { class: "actions" }, submit),
      ),
    );
  });
}

/** Noise to set the volume by. */
export function levelScreen(): Promise<void> {
  return new Promise((done) => {
    const status = statusLine();
    const ready = h(
      "button",
      {
        class: "main",
        disabled: true,
        click: () => {
          play.stop();
          void ask("/api/event", { kind: "level-set" }).then(() => done());
        },
      },
      text("level.done"),
    );
    const play = playButton(text("level.play"), "/api/level", status.say, () => {
      ready.disabled = false;
    });
    show(
      text("level.heading"),
      h("p", {}, text("level.introduction")),
      h("div", { class: "players" }, play.element),
      status.element,
      h("div", { class: "actions" }, ready),
    );
  });
}

/** A button that fetches and plays one recording as often as one likes. */
function playButton(
  label: string,
  path: string,
  say: (text: string, alert?: boolean) => void,
  onEnd: () => void,
): { readonly element: HTMLButtonElement; stop(): void } {
  let player: Player | undefined;
  const play = async (): Promise<void> => {
    try {
      await wakeAudio();
      element.disabled = true;
      player ??= new Player(audioContext(), [await decode(await fetchRecording(path))]);
      say(text("trial.playing"));
      await player.start(0);
      say("");
      onEnd();
    } catch {
      say(text("errors.audio"), true);
    } finally {
      element.disabled = false;
    }
  };
  const element = h("button", { click: () => void play() }, label);
  return { element, stop: () => player?.stop() };
}
