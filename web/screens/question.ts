import type { Response as Answer } from "../../src/listening-test/design/method.ts";
import { h, radioGroup } from "../dom.ts";
import { choicesOf, text } from "../texts.ts";

/** The part of a trial that is answered. */
export interface Question {
  readonly elements: readonly HTMLElement[];
  /** Undefined until everything is answered. */
  answer(): Answer | undefined;
}

const CONFIDENCE = ["1", "2", "3", "4", "5"];
const SCALES = ["humanlike", "expressive", "tone", "timing"] as const;
const STEPS = ["1", "2", "3", "4", "5", "6", "7"];

/** The question of a method, other than MUSHRA (which is answered where it is played). */
export function questionOf(method: string, onChange: () => void): Question {
  if (method === "yes-no") return yesNo(onChange);
  if (method === "pair") return pair(onChange);
  if (method === "preference") return preference(onChange);
  return rating(onChange);
}

const recordings = (): { value: string; label: string }[] =>
  ["1", "2"].map((n) => ({ value: n, label: text("trial.recording", { n }) }));

const confidenceGroup = (onChange: () => void) =>
  radioGroup(text("confidence.question"), "confidence", choicesOf("confidence", CONFIDENCE), onChange);

function yesNo(onChange: () => void): Question {
  const who = radioGroup(text("yes-no.question"), "says", choicesOf("yes-no", ["human", "robot"]), onChange);
  const sure = confidenceGroup(onChange);
  return {
    elements: [who.element, sure.element],
    answer: () => {
      const [says, confidence] = [who.value(), sure.value()];
      if (says === undefined || confidence === undefined) return undefined;
      return { method: "yes-no", says: says as "human" | "robot", confidence: Number(confidence) };
    },
  };
}

function pair(onChange: () => void): Question {
  const which = radioGroup(text("pair.question"), "choice", recordings(), onChange);
  const sure = confidenceGroup(onChange);
  return {
    elements: [which.element, sure.element],
    answer: () => {
      const [choice, confidence] = [which.value(), sure.value()];
      if (choice === undefined || confidence === undefined) return undefined;
      return { method: "pair", choice: Number(choice) as 1 | 2, confidence: Number(confidence) };
    },
  };
}

function preference(onChange: () => void): Question {
  const choices = [...recordings(), { value: "0", label: text("preference.neither") }];
  const which = radioGroup(text("preference.question"), "choice", choices, onChange);
  return {
    elements: [which.element],
    answer: () => {
      const choice = which.value();
      return choice === undefined ? undefined : { method: "preference", choice: Number(choice) as 0 | 1 | 2 };
    },
  };
}

function rating(onChange: () => void): Question {
  const groups = SCALES.map((scale) => {
    const choices = STEPS.map((value) => ({ value, label: value }));
    const group = radioGroup(text(`rating.${scale}`), scale, choices, onChange);
    group.element.classList.add("steps");
    group.element.append(
      h(
        "div",
        { class: "scale" },
        h("span", {}, `1: ${text("rating.low")}`),
        h("span", {}, `7: ${text("rating.high")}`),
      ),
    );
    return group;
  });
  return {
    elements: [h("h2", {}, text("rating.question")), ...groups.map((g) => g.element)],
    answer: () => {
      const values = groups.map((g) => g.value());
      if (values.some((v) => v === undefined)) return undefined;
      const [humanlike, expressive, tone, timing] = values.map(Number) as [number, number, number, number];
      return { method: "rating", scales: { humanlike, expressive, tone, timing } };
    },
  };
}
