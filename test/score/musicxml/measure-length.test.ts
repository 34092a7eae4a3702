import { expect, it } from "vitest";
import { refusal } from "../refusal.ts";
import { document, names, note, parts, read, rest } from "./document.ts";

const whole = note("C3", 8);

it("takes seven notes whose whole ticks do not quite fill their beat as the full beat", () => {
  // seven times 68 of 480: 4 ticks are missing
  const seven = Array.from({ length: 7 }, () => note("D3", 68)).join("");
  const xml = document(seven + note("E3", 1440), note("F3", 1920)).replace(
    "<divisions>2<",
    "<divisions>480<",
  );
  const { meters, ignored, notes } = read(xml);
  expect(meters).toEqual([{ tick: 0, beatsPerBar: 4, beatUnit: 4 }]);
  expect(ignored).toEqual([]);
  expect(notes.at(-1)!.startTick).toBe(1920);
});

it("plays on where another part overfills a measure", () => {
  const xml = parts({ Cello: [whole, whole], Viola: [whole + note("D4", 2), whole] });
  const { notes, meters } = read(xml, { part: "Cello" });
  expect(notes.map(({ startTick }) => startTick)).toEqual([0, 1920]);
  expect(meters).toHaveLength(1);
  expect(refusal("musicxml-invalid", () => read(xml, { part: "Viola" }))).toContain(
    'part "Viola", measure 1',
  );
});

it("is as long as other parts where its own notes end early", () => {
  const xml = parts({ Cello: [rest(2) + note("C3", 2), whole], Viola: [whole, whole] });
  expect(names(read(xml, { part: "Cello" }))).toBe("C3 C3");
  expect(read(xml, { part: "Cello" }).notes[1]!.startTick).toBe(1920);
});

it("says a short measure, but not one that an upbeat or the other half of a cut measure completes", () => {
  const said = (...measures: readonly string[]): readonly string[] =>
    read(document(...measures)).ignored.filter((one) => one.includes("short measure"));
  const [one, three] = [note("C3", 2), note("C3", 6)];
  expect(said(one, whole, three)).toEqual([]); // ends on three beats, as it begins on one
  const repeat = '<barline><repeat direction="backward"/></barline>';
  expect(said(one, whole, three + repeat, one, whole, three)).toEqual([]);
  expect(said(whole, three + repeat, one, whole)).toEqual([]);
  expect(said(whole, three, whole)).toEqual(["measure 2 holds 3 of 4 beats: played as a short measure"]);
});
