import { expect, it } from "vitest";
import { refusal } from "../refusal.ts";
import { document, names, notations, note, read } from "./document.ts";

const tie = (...types: readonly string[]): string =>
  types.map((type) => `<tie type="${type}"/>`).join("") +
  notations(types.map((type) => `<tied type="${type}"/>`).join(""));
const back = "<backup><duration>8</duration></backup>";
const below = (name: string, length: number): string =>
  note(name, length).replace("<voice>1</voice>", "<voice>2</voice>");
const bows = (xml: string): string =>
  read(xml)
    .notes.map(({ slurredFromPrevious }) => (slurredFromPrevious ? "⌒" : "|"))
    .join("");

it("plays a note that is tied over moving ones as double stops in one bow", () => {
  const chord = (low: string, ...types: readonly string[]): string =>
    note(low) + note("A3", 2, tie(...types), true);
  const text = document(
    chord("D3", "start") + chord("E3", "stop", "start") + chord("F3", "stop") + note("D3"),
  );
  const score = read(text);
  expect(names(score)).toBe("D3+A3 E3+A3 F3+A3 D3");
  expect(bows(text)).toBe("|⌒⌒|");
  expect(score.ignored).toEqual(["notes held while others move: 1, as double stops in one bow"]);
});

it("plays two voices so, with a new bow where neither is held", () => {
  const upper = ["A3", "B3", "A3", "B3"].map((name) => note(name)).join("");
  const text = document(upper + back + below("D3", 4) + below("E3", 4));
  expect(names(read(text))).toBe("D3+A3 D3+B3 E3+A3 E3+B3");
  expect(bows(text)).toBe("|⌒|⌒");
});

it("joins a written slur to the bow of the held note that it shares a note with", () => {
  const start = notations('<slur type="start" number="1"/>');
  const stop = notations('<slur type="stop" number="1"/>');
  const upper = note("A3") + note("B3", 2, start) + note("A3", 4, stop);
  const score = document(upper + back + below("D3", 4) + below("E3", 4));
  expect(bows(score)).toBe("|⌒⌒");
  expect(read(score).ignored).toHaveLength(1);
});

it("still refuses three notes at once, and chooses a voice where it is asked to", () => {
  const three = document(note("A3", 4) + note("D4", 4, "", true) + note("B3", 4) + back + below("D3", 8));
  expect(refusal("score-invalid", () => read(three))).toContain("three notes or more");
  const two = document(note("A3", 4) + note("B3", 4) + back + below("D3", 8));
  expect(names(read(two, { voice: "top" }))).toBe("A3 B3");
});
