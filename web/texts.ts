/** Everything a listener reads, in one language: section, then name, as in `data/listening/messages/en.yaml`. */
export interface Texts {
  readonly language: string;
  readonly [section: string]: Readonly<Record<string, string | Readonly<Record<string, string>>>> | string;
}

let current: Texts = { language: "" };

export const setTexts = (texts: Texts): void => {
  current = texts;
};

/** One text, with values put in: `text("trial.heading", { n: 1, of: 3 })`. A missing one shows its own name. */
export function text(path: string, values: Readonly<Record<string, string | number>> = {}): string {
  let at: unknown = current;
  for (const part of path.split(".")) at = (at as Record<string, unknown> | undefined)?.[part];
  const found = typeof at === "string" ? at : path;
  return found.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A list of answers of the message file, in its order. */
export function choicesOf(path: string, order: readonly string[]): { value: string; label: string }[] {
  return order.map((value) => ({ value, label: text(`${path}.${value}`) }));
}
