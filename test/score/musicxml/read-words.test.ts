import { expect, it } from "vitest";
import { document, notations, note, read } from "./document.ts";

const words = (text: string, sound = ""): string =>
  `<direction><direction-type><words>${text}</words></direction-type>${sound}</direction>`;

it("says every word that it does not follow, and not the ones that change nothing or whose tempo is given", () => {
  const four = ["G3", "A3", "B3", "C4"].map((name) => note(name)).join("");
  const text = document(
    words("Allegro") + words("sul tasto") + words("arco") + words("dolce") + four,
    words("Andante", '<sound tempo="76"/>') + words("quasi niente") + words("rit.") + four,
    words("rit.", '<sound tempo="60"/>') + four,
  );
  expect(read(text).ignored).toEqual([
    '"Allegro" with no metronome mark beside it: 1, first in measure 1: not played so',
    '"sul tasto": 1, first in measure 1: not played so',
    '"quasi niente": 1, first in measure 2: not played so',
    '"rit." with no metronome mark beside it: 1, first in measure 2: not played so',
  ]);
});

it("says nothing of words whose tempo stands in numbers beside them, unless they speak of the bow", () => {
  const tempo = '<sound tempo="180"/>';
  const four = ["G3", "A3", "B3", "C4"].map((name) => note(name)).join("");
  const mark =
    "<metronome><beat-unit>quarter</beat-unit><per-minute>90</per-minute></metronome></direction-type>";
  const marked = `<direction><direction-type><words>Mit Schwung</words></direction-type><direction-type>${mark}</direction>`;
  const score = read(
    document(
      words("faster", tempo) + four,
      marked + four,
      words("sul pont.", tempo) + words("slower") + four,
    ),
  );
  expect(score.tempos.map(({ usPerQuarter }) => Math.round(60e6 / usPerQuarter))).toEqual([180, 90, 180]);
  expect(score.ignored).toEqual([
    '"sul pont.": 1, first in measure 3: not played so',
    '"slower": 1, first in measure 3: not played so',
  ]);
});

it("hears lines under a slur as portato, one line alone as tenuto", () => {
  const signs = (line: boolean, slur = ""): string =>
    notations(slur + (line ? "<articulations><tenuto/></articulations>" : ""));
  const start = '<slur type="start" number="1"/>';
  const stop = '<slur type="stop" number="1"/>';
  const { notes } = read(
    document(
      note("G3", 2, signs(true, start)) +
        note("A3", 2, signs(true)) +
        note("B3", 2, signs(true, stop)) +
        note("C4", 2, signs(true)),
      note("G3", 2, signs(false, start)) + note("A3", 2, signs(true)) + note("B3", 4, signs(false, stop)),
    ),
  );
  expect(notes.map(({ articulation }) => articulation)).toEqual([
    ...["portato", "portato", "portato", "tenuto"],
    ...["legato", "tenuto", "legato"],
  ]);
});

it("says that two notes of one pitch sound once", () => {
  const text = document(note("G3", 4) + note("G3", 4, "", true) + note("D3", 4) + note("A3", 4, "", true));
  expect(read(text).ignored).toEqual(["unisons: 1, sounded on one string"]);
});
