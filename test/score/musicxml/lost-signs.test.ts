import { expect, it } from "vitest";
import { document, names, note, notations, read, rest } from "./document.ts";

const words = (text: string): string =>
  `<direction><direction-type><words>${text}</words></direction-type></direction>`;
const said = (xml: string, about: RegExp): readonly string[] =>
  read(xml).ignored.filter((one) => about.test(one));

it("ties notes that only show their tie", () => {
  const tied = (type: string): string => notations(`<tied type="${type}"/>`);
  const { notes } = read(document(note("D3", 8, tied("start")), note("D3", 4, tied("stop")) + note("E3", 4)));
  expect(notes.map(({ startTick, endTick }) => [startTick, endTick])).toEqual([
    [0, 2880],
    [2880, 3840],
  ]);
});

it("plays a dynamic that is drawn at its note instead of beside the staff", () => {
  const drawn = (name: string): string => notations(`<dynamics><${name}/></dynamics>`);
  const { notes } = read(document(note("D3", 4, drawn("pp")) + note("E3", 4), note("F3", 8, drawn("ff"))));
  expect(notes.map(({ dynamic }) => dynamic)).toEqual(["pp", "pp", "ff"]);
});

it("says a fermata over a bar line, which it does not hold", () => {
  const xml = document(note("D3", 8) + '<barline location="right"><fermata/></barline>', note("E3", 8));
  expect(said(xml, /fermata/)).toEqual(["a fermata over a bar line: 1, first in measure 1: not played so"]);
});

it("says a grace note with nothing after it", () => {
  const grace = note("E3", 2)
    .replace("<note>", "<note><grace/>")
    .replace(/<duration>\d+<\/duration>/, "");
  expect(said(document(note("D3", 8) + grace), /grace/)).toEqual([
    "grace notes: 1 without a note after them, not played",
  ]);
});

it("plays measures that stand as a sign of repetition, one or two at a time", () => {
  const style = (type: string, count = ""): string =>
    `<attributes><measure-style><measure-repeat type="${type}">${count}</measure-repeat></measure-style></attributes>`;
  const one = document(note("C3", 8), style("start", "1") + rest(8), rest(8), style("stop") + note("D3", 8));
  expect(names(read(one))).toBe("C3 C3 C3 D3");
  const two = document(
    note("C3", 8),
    note("D3", 8),
    style("start", "2") + rest(8),
    rest(8),
    style("stop") + note("E3", 8),
  );
  expect(names(read(two))).toBe("C3 D3 C3 D3 E3");
});

it("holds a tremolo of two beams under a fermata as long as any other note", () => {
  const signs = (fermata: string): string =>
    notations(`<ornaments><tremolo type="single">2</tremolo></ornaments>${fermata}`);
  const lengthS = (fermata: string): number =>
    read(document(note("D3", 4, signs(fermata)) + note("E3", 4)))
      .tempos.map(({ tick, usPerQuarter }) => ({ tick, usPerQuarter }))
      .reduce((_, { tick, usPerQuarter }) => (tick === 0 ? usPerQuarter : _), 0);
  expect(lengthS("<fermata/>") / lengthS("")).toBe(1.75);
});

it("says a bow mark inside a slur, where the bow does not turn", () => {
  const slur = (type: string, technical = ""): string =>
    notations(`<slur type="${type}" number="1"/>${technical}`);
  const xml = document(
    note("D3", 4, slur("start")) + note("E3", 4, slur("stop", "<technical><up-bow/></technical>")),
  );
  expect(said(xml, /bow/)).toEqual(["bow mark inside a slur: 1, first in measure 1: not played so"]);
});

it.each(["D.C. al Fine", "DC al Fine", "D. C. al Fine", "D.C al Fine", "Da Capo al Fine"])(
  "goes back for %s",
  (text) => {
    expect(names(read(document(note("C3", 8) + words("Fine"), note("D3", 8) + words(text))))).toBe(
      "C3 D3 C3",
    );
  },
);

it("leaves for the coda at the first of two coda signs where nothing says To Coda", () => {
  const sign = (name: string): string => `<direction><direction-type><${name}/></direction-type></direction>`;
  const xml = document(
    sign("segno") + note("C3", 8) + sign("coda"),
    note("D3", 8) + words("D.S. al Coda"),
    sign("coda") + note("E3", 8),
  );
  expect(names(read(xml))).toBe("C3 D3 C3 E3");
});

const ending = (attributes: string, inside = "", text = ""): string =>
  `<barline><ending ${attributes}>${text}</ending>${inside}</barline>`;
const back = '<repeat direction="backward"/>';

it.each([
  ["a range of times", 'number="1-3"', 'number="4"', "C3 D3 C3 D3 C3 D3 C3 E3 F3"],
  ["the number in its text alone", 'number=""', 'number="2"', "C3 D3 C3 E3 F3"],
  ["no number at all", 'number=" "', 'number=" "', "C3 D3 C3 E3 F3"],
])("reads an ending with %s", (_, first, second, order) => {
  const xml = document(
    note("C3", 8),
    ending(`${first} type="start"`, "", first === 'number=""' ? "1." : "") +
      note("D3", 8) +
      ending(`${first} type="stop"`, back),
    ending(`${second} type="start"`) + note("E3", 8) + ending(`${second} type="discontinue"`),
    note("F3", 8),
  );
  expect(names(read(xml))).toBe(order);
});

it("ends an ending that nobody ended at its repeat sign or after a measure", () => {
  const xml = document(
    note("C3", 8),
    ending('number="1" type="start"') + note("D3", 8),
    note("D3", 8) + `<barline>${back}</barline>`,
    ending('number="2" type="start"') + note("E3", 8),
    note("F3", 8),
  );
  expect(names(read(xml))).toBe("C3 D3 D3 C3 E3 F3");
});
