import { ask } from "../api.ts";
import { h, radioGroup, show } from "../dom.ts";
import { choicesOf, text } from "../texts.ts";

const AGES = ["18-29", "30-44", "45-59", "60+"];
const TRAININGS = ["0", "1-3", "4-9", "10+"];

/** Coarse questions about the listener; each may stay open. */
export function backgroundScreen(): Promise<void> {
  return new Promise((done) => {
    const skip = { value: "", label: text("background.skip") };
    const yesNo = [
      { value: "yes", label: text("background.yes") },
      { value: "no", label: text("background.no") },
      skip,
    ];
    const age = radioGroup(text("background.age"), "age", [...choicesOf("background.ages", AGES), skip]);
    const training = radioGroup(text("background.training"), "training", [
      ...choicesOf("background.trainings", TRAININGS),
      skip,
    ]);
    const flags = (["strings", "heard", "hearing"] as const).map(
      (name) => [name, radioGroup(text(`background.${name}`), name, yesNo)] as const,
    );
    const send = async (event: Event): Promise<void> => {
      event.preventDefault();
      const said = flags.flatMap(([name, group]) => (group.value() ? [[name, group.value() === "yes"]] : []));
      await ask("/api/background", {
        ...(age.value() && { age: age.value() }),
        ...(training.value() && { training: training.value() }),
        ...(Object.fromEntries(said) as object),
      });
      done();
    };
    show(
      text("background.heading"),
      h("p", {}, text("background.introduction")),
      h(
        "form",
        { submit: (event) => void send(event) },
        age.element,
        training.element,
        ...flags.map(([, group]) => group.element),
        h("div", { class: "actions" }, h("button", { class: "main" }, text("trial.submit"))),
      ),
    );
  });
}
