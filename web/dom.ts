type Child = Node | string | undefined;
interface Attributes {
  readonly [name: string]: string | boolean | number | ((event: Event) => void) | undefined;
}

/** A new element; functions become listeners, true an empty attribute, false and undefined none. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value !== undefined)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Shows a screen and puts the reader's place at its heading, so that screen readers begin there. */
export function show(heading: string, ...content: readonly Child[]): void {
  const title = h("h1", { tabindex: -1 }, heading);
  document
    .getElementById("screen")!
    .replaceChildren(title, ...content.filter((child) => child !== undefined));
  document.title = heading;
  window.scrollTo(0, 0);
  title.focus();
}

/** A line that screen readers speak when it changes. */
export function statusLine(): {
  readonly element: HTMLElement;
  readonly say: (text: string, alert?: boolean) => void;
} {
  const element = h("p", { class: "status", role: "status", "aria-live": "polite" });
  return {
    element,
    say: (text, alert = false) => {
      element.textContent = text;
      element.className = alert ? "status alert" : "status";
    },
  };
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One question with its answers as radio buttons; `value` is undefined until one is chosen. */
export function radioGroup(
  question: string,
  name: string,
  choices: readonly Choice[],
  onChange: () => void = () => undefined,
): { readonly element: HTMLFieldSetElement; value(): string | undefined } {
  const inputs = choices.map(({ value }) => h("input", { type: "radio", name, value, change: onChange }));
  const element = h(
    "fieldset",
    {},
    h("legend", {}, question),
    h("div", { class: "choices" }, ...choices.map(({ label }, i) => h("label", {}, inputs[i], label))),
  );
  return { element, value: () => inputs.find((input) => input.checked)?.value };
}
