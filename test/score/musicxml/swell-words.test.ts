import { expect, it } from "vitest";
import { sayLoudness } from "../../../src/score/dynamics.ts";
import { direction, document, dynamics, note, read, wedge } from "./document.ts";

const words = (text: string, line = ""): string =>
  direction(`<words>${text}</words>`, ...(line ? [`<dashes type="${line}" number="1"/>`] : []));
const lineEnd = direction('<dashes type="stop" number="1"/>');
const halves = note("D3", 4) + note("E3", 4);
const loudness = (...measures: readonly string[]): string =>
  read(document(...measures))
    .notes.map(sayLoudness)
    .join(" ");

it("grows from cresc. to the next dynamic", () => {
  expect(loudness(dynamics("p") + words("cresc.") + halves, halves, dynamics("f") + halves)).toBe(
    "p<mp mp<mf mf<mf mf<f f f",
  );
});

it("stays within the dashes that are drawn from the word", () => {
  expect(
    loudness(dynamics("f") + words("dim.", "start") + halves, lineEnd + halves, dynamics("p") + halves),
  ).toBe("f>f f>mf mf mf p p");
});

it.each(["poco cresc.", "cresc. poco a poco", "molto crescendo", "CRESC.", "sempre cresc."])(
  "knows %s",
  (text) => {
    expect(loudness(dynamics("p") + words(text) + note("D3", 8), dynamics("mp") + halves)).toBe("p<mp mp mp");
  },
);

it.each(["decresc.", "diminuendo", "dim.", "poco a poco dim."])("knows %s", (text) => {
  expect(loudness(dynamics("mf") + words(text) + note("D3", 8), dynamics("p") + halves)).toBe("mf>p p p");
});

it("gives way to a hairpin, and to a word for the other way", () => {
  expect(
    loudness(
      dynamics("p") + words("cresc.") + note("D3", 8),
      wedge("diminuendo") + note("D3", 8) + wedge("stop"),
      words("cresc.") + note("D3", 8),
      words("dim.") + note("D3", 8),
    ),
  ).toBe("p<mp mp>p p<mp mp>p");
});

it("says how far words reach, and what else stands beside them", () => {
  const { ignored } = read(document(dynamics("p") + words("cresc. e rit.") + halves, dynamics("f") + halves));
  expect(ignored).toEqual([
    "cresc. and dim. in words: 1, played to the end of their line, or to the next dynamic or hairpin",
    '"cresc. e rit.": 1, first in measure 1: not played so',
  ]);
});

it("takes a dynamic that is typed as words", () => {
  expect(loudness(words("pp") + halves, words("f") + halves)).toBe("pp pp f f");
});
