import { expect, it } from "vitest";
import { stringInWords } from "../../../src/score/musicxml/string-words.ts";
import type { Score } from "../../../src/score/score.ts";
import { document, note, notations, read } from "./document.ts";

const direction = (...types: readonly string[]): string =>
  `<direction>${types.map((type) => `<direction-type>${type}</direction-type>`).join("")}</direction>`;
const words = (text: string): string => direction(`<words>${text}</words>`);
/** Four quarters, E4 each: they lie on every string. */
const [e, four] = [note("E4"), note("E4").repeat(4)];
const strings = ({ notes }: Score): string => notes.map(({ string }) => string ?? "-").join("");

it.each([
  ["sul G", "G"],
  ["SUL D", "D"],
  ["sul IV", "C"],
  ["sul III.", "G"],
  ["sul la", "A"],
  ["sul Sol - - -", "G"],
  ["sulla corda di Re", "D"],
  ["sull'A", "A"],
  ["sul 2", "D"],
  ["III corda", "G"],
  ["4a corda", "C"],
  ["loco", "any"],
  ["sul tasto", undefined],
  ["sul pont.", undefined],
  ["sul ponticello", undefined],
  ["dolce", undefined],
  ["sulla tastiera", undefined],
] as const)("reads %s as %s", (text, string) => {
  expect(stringInWords(text)).toBe(string);
});

it("puts notes on the string that words ask for, until loco or another string", () => {
  const text = document(
    e + words("sul G") + e.repeat(3),
    four,
    words("sul D") + four,
    e + words("loco") + e + e + e,
  );
  const score = read(text);
  expect(strings(score)).toBe("-GGGGGGGDDDDD---");
  expect(score.ignored).toEqual([]);
});

it("ends with the line that is drawn from the words, and not with another one", () => {
  const bracket = (type: string, number: number): string => `<bracket type="${type}" number="${number}"/>`;
  const text = document(
    direction("<words>sul C</words>", bracket("start", 1)) + four,
    e + direction(bracket("stop", 2)) + e + direction(bracket("stop", 1)) + e + e,
  );
  expect(strings(read(text))).toBe("CCCCCC--");
});

it("lets a sign at a note say more, double stops lie where they must, and notes below the open string lower", () => {
  const onD = note("E4", 2, notations("<technical><string>2</string></technical>"));
  const pair = note("E3") + note("C4", 2, "", true);
  const score = read(document(words("sul G") + onD + pair + note("F2") + e));
  expect(strings(score)).toBe("D--G");
  expect(score.ignored).toEqual([
    '"sul G": 1 of its notes, first in measure 1, lies below the open G and is played on a lower string',
  ]);
});

it("goes by the page where bars are repeated: what is written later does not reach back", () => {
  const back = '<barline location="right"><repeat direction="backward"/></barline>';
  expect(strings(read(document(four, words("sul G") + four + back)))).toBe("----GGGG----GGGG");
});
