import { expect, it } from "vitest";
import { document, notations, note, read } from "./document.ts";

const slur = (type: string, number = 1): string => notations(`<slur type="${type}" number="${number}"/>`);
const grace = (name: string, inside = ""): string =>
  note(name, 1, inside)
    .replace("<note>", '<note><grace slash="yes"/>')
    .replace(/<duration>1<\/duration>/, "");

const bows = (measure: string): string => {
  const { notes, ignored } = read(document(measure));
  expect(ignored).toEqual([expect.stringMatching(/^grace notes: \d played on the beat/)]);
  return notes.map(({ slurredFromPrevious }) => (slurredFromPrevious ? "⌒" : "|")).join("");
};

it("takes a slur that is written from a grace note to its note for what is played anyway", () => {
  const one = grace("E3", slur("start")) + note("D3", 2, slur("stop"));
  expect(bows(one + one + note("E3", 4))).toBe("|⌒|⌒|");
  expect(bows(grace("G3") + grace("E3", slur("start")) + note("D3", 8, slur("stop")))).toBe("|⌒⌒");
});

it("lets grace notes in on the slur that begins at their note", () => {
  expect(bows(grace("E3") + note("D3", 4, slur("start")) + note("E3", 4, slur("stop")))).toBe("|⌒⌒");
  const written = notations('<slur type="stop" number="2"/><slur type="start" number="1"/>');
  expect(bows(grace("E3", slur("start", 2)) + note("D3", 4, written) + note("E3", 4, slur("stop")))).toBe(
    "|⌒⌒",
  );
});

it("keeps a slur in one bow that goes over grace notes, or from them beyond their note", () => {
  expect(bows(note("C3", 4, slur("start")) + grace("E3") + note("D3", 4, slur("stop")))).toBe("|⌒⌒");
  expect(bows(grace("E3", slur("start")) + note("D3", 4) + note("E3", 4, slur("stop")))).toBe("|⌒⌒");
});
