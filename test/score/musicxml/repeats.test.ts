import { expect, it } from "vitest";
import { refusal } from "../refusal.ts";
import { document, names, note, read } from "./document.ts";

/** One measure that is known by its note. */
const bar = (name: string, signs = ""): string => note(name, 8) + signs;
const repeat = (direction: string, times = ""): string =>
  `<barline><repeat direction="${direction}"${times && ` times="${times}"`}/></barline>`;
const ending = (number: string, type: string, inside = ""): string =>
  `<barline><ending number="${number}" type="${type}"/>${inside}</barline>`;
const sound = (attribute: string): string => `<direction><sound ${attribute}/></direction>`;
const back = '<repeat direction="backward"/>';

it.each([
  ["a repeat from the start", ["C3", "D3" + repeat("backward"), "E3"], "C3 D3 C3 D3 E3"],
  [
    "a repeat between signs",
    ["C3", repeat("forward") + "D3", "E3" + repeat("backward"), "F3"],
    "C3 D3 E3 D3 E3 F3",
  ],
  ["two repeats in a row", ["C3" + repeat("backward"), "D3" + repeat("backward")], "C3 C3 D3 D3"],
  ["a repeat played three times", ["C3" + repeat("backward", "3")], "C3 C3 C3"],
  [
    "first and second ending",
    [
      "C3",
      ending("1", "start") + "D3" + ending("1", "stop", back),
      ending("2", "start") + "E3" + ending("2", "stop"),
      "F3",
    ],
    "C3 D3 C3 E3 F3",
  ],
  [
    "an ending for the first two times",
    [
      "C3",
      ending("1, 2", "start") + "D3" + ending("1, 2", "stop", back),
      ending("3", "start") + "E3" + ending("3", "discontinue"),
    ],
    "C3 D3 C3 D3 C3 E3",
  ],
  [
    "da capo al fine, without repeats",
    ["C3" + repeat("backward"), "D3" + sound('fine="yes"'), "E3" + sound('dacapo="yes"')],
    "C3 C3 D3 E3 C3 D3",
  ],
  [
    "dal segno al coda",
    [
      "C3",
      sound('segno="a"') + "D3" + sound('tocoda="b"'),
      "E3" + sound('dalsegno="a"'),
      sound('coda="b"') + "F3",
    ],
    "C3 D3 E3 D3 F3",
  ],
  [
    "the last ending after a da capo",
    [
      "C3",
      ending("1", "start") + "D3" + ending("1", "stop", back),
      ending("2", "start") + "E3" + ending("2", "stop"),
      "F3" + sound('dacapo="yes"'),
    ],
    "C3 D3 C3 E3 F3 C3 E3 F3",
  ],
])("plays %s", (_, measures, played) => {
  const bars = measures.map((text) => text.replace(/[A-G]3/, (name) => bar(name)));
  const score = read(document(...bars));
  expect(names(score)).toBe(played);
  expect(score.ignored.join()).toContain(`${measures.length} measures are played as ${score.notes.length}`);
});

it("reads words as signs where no sound stands beside them", () => {
  const words = (text: string): string =>
    `<direction><direction-type><words>${text}</words></direction-type></direction>`;
  expect(names(read(document(bar("C3") + words("Fine"), bar("D3") + words("D.C. al Fine"))))).toBe(
    "C3 D3 C3",
  );
});

it("refuses ways that lead nowhere, naming the measure", () => {
  const bad = (...measures: readonly string[]): string =>
    refusal("musicxml-invalid", () => read(document(...measures)));
  expect(bad(bar("C3") + sound('dalsegno="a"'))).toBe("measure 1 says D.S., but no segno stands before it.");
  expect(bad(bar("C3") + sound('tocoda="a"'), bar("D3") + sound('dacapo="yes"'))).toContain(
    "no coda follows",
  );
});
