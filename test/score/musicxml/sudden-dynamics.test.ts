import { expect, it } from "vitest";
import { sayLoudness } from "../../../src/score/dynamics.ts";
import { writeMusicXml } from "../../../src/score/musicxml/write-musicxml.ts";
import { direction, document, dynamics, note, read, rest, wedge } from "./document.ts";

const loud = (...measures: readonly string[]): string =>
  read(document(...measures))
    .notes.map(sayLoudness)
    .join(" ");

it("begins fp loud and has it soft within the note, and after it", () => {
  const { notes } = read(
    document(dynamics("pp") + note("D3", 8), dynamics("fp") + note("D3", 8), note("E3", 8)),
  );
  // f = 4 falls to p = 1 over an eighth of the whole note: 1/8 of it
  expect(notes[1]).toMatchObject({
    articulation: "accent",
    swell: { fromLevel: 4, turns: [{ share: 1 / 8, level: 1 }], toLevel: 1 },
  });
  expect(notes.map(sayLoudness)).toEqual(["pp", "f>p", "p"]);
});

it("gives a short fp half its length to be soft in", () => {
  const { notes } = read(document(dynamics("sfp") + note("D3", 1) + note("E3", 7)));
  expect(notes[0]!.swell).toEqual({ fromLevel: 4, turns: [{ share: 1 / 2, level: 1 }], toLevel: 1 });
});

it("knows every sudden dynamic by the two that it is made of", () => {
  const typed = direction("<dynamics><other-dynamics>mfp</other-dynamics></dynamics>");
  expect(loud(dynamics("sfpp") + note("D3", 8), typed + note("D3", 8))).toBe("f>pp mf>p");
  expect(loud(dynamics("sfzp") + note("D3", 8), dynamics("pf") + note("D3", 8))).toBe("f>p p<f");
});

it("leaves the dynamic that holds where a sforzato is an accent and no more", () => {
  const { notes } = read(document(dynamics("p") + note("D3", 4) + dynamics("sffz") + note("E3", 4)));
  expect(notes.map((one) => [sayLoudness(one), one.articulation])).toEqual([
    ["p", "detache"],
    ["p", "accent"],
  ]);
});

it("lets a crescendo lead into fp, and one from it begin in the p", () => {
  expect(
    loud(
      dynamics("p") + wedge("crescendo") + note("D3", 8) + wedge("stop"),
      dynamics("fp") + wedge("crescendo") + note("D3", 8) + wedge("stop"),
      dynamics("f") + note("E3", 8),
    ),
  ).toBe("p<f f>p<f f");
});

it("lets a cresc. in words end at fp, and finds the note of a sign over a rest", () => {
  const cresc = dynamics("p") + direction("<words>cresc.</words>");
  expect(loud(cresc + note("D3", 8), dynamics("fp") + rest(4) + note("D3", 4), note("E3", 8))).toBe(
    "p<f f>p p",
  );
});

it("writes fp so that it is read the same again", () => {
  const score = read(document(dynamics("pp") + note("D3", 8), dynamics("fp") + note("D3", 8), note("E3", 8)));
  const again = read(writeMusicXml(score));
  expect(again.notes.map(({ swell, articulation }) => [swell, articulation])).toEqual(
    score.notes.map(({ swell, articulation }) => [swell, articulation]),
  );
});
