import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bowedScore } from "../../src/bowing/bowed-score.ts";
import { defaultBowingSettings } from "../../src/bowing/bowing-settings.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { midiByVerovio, staffPicture } from "../../src/engraving/staff-picture.ts";
import { staffRhythm } from "../../src/score/musicxml/staff-rhythm.ts";
import { writeMusicXml } from "../../src/score/musicxml/write-musicxml.ts";
import { readPiece } from "../../src/score/piece.ts";
import { readScore } from "../../src/score/read-score.ts";
import type { Score } from "../../src/score/score.ts";
import { secondsAtTick } from "../../src/score/tempo.ts";
import { parallelStrings } from "../bowing/fixture/parallel-strings.ts";
import { document, note, notations, read, rest } from "../score/musicxml/document.ts";

const xmlOf = (name: string): string => readFileSync(`data/pieces/${name}.musicxml`, "utf8");

/** Pitch, and onset and end in seconds; verovio ends notes some milliseconds early. */
const heard = ({ notes, tempos, ticksPerQuarter }: Score): readonly (readonly number[])[] =>
  notes.map(({ midi, startTick, endTick }) => [
    midi,
    secondsAtTick(tempos, ticksPerQuarter, startTick),
    secondsAtTick(tempos, ticksPerQuarter, endTick),
  ]);
const EARLY_S = 0.02;

function expectAlike(theirs: Score, ours: Score): void {
  expect(theirs.notes).toHaveLength(ours.notes.length);
  const [a, b] = [heard(theirs).flat(), heard(ours).flat()];
  expect(a.filter((value, i) => Math.abs(value - b[i]!) > EARLY_S)).toEqual([]);
}

it.each(["the-swan", "paganini-24-theme", "bach-minuet"])(
  "hears in %s.musicxml what another reader hears",
  async (name) => {
    const theirs = readScore(await midiByVerovio(xmlOf(name)));
    const ours = readPiece(new TextEncoder().encode(xmlOf(name)), undefined).score;
    expectAlike(theirs, ours);
  },
);

it("hears ties, chords, tuplets and rests by hand as another reader does", async () => {
  const tie = (type: string): string => `<tie type="${type}"/>${notations(`<tied type="${type}"/>`)}`;
  const typed = (text: string, type: string): string =>
    text.replace("</voice>", `</voice><type>${type}</type>`);
  const xml = document(
    typed(note("D3", 4), "half") + typed(note("F#3", 4, tie("start")), "half"),
    typed(note("F#3", 2, tie("stop")), "quarter") + typed(rest(2), "quarter") + typed(note("A3", 4), "half"),
  );
  expectAlike(readScore(await midiByVerovio(xml)), read(xml));
});

it("draws a bow mark for every stroke and a letter for every change of string", async () => {
  const { score } = readPiece(new TextEncoder().encode(xmlOf("the-swan")), undefined);
  const plan = planBowing(score, parallelStrings, defaultBowingSettings);
  if (!plan.ok) throw new Error("cannot be bowed");
  const { score: bowed, stringLetters } = bowedScore(score, plan.value);
  const strokes = plan.value.notes.at(-1)!.stroke + 1;
  expect(bowed.notes.filter((one) => one.bow)).toHaveLength(strokes);
  const text = writeMusicXml(bowed, { stringLetters });
  const svg = await staffPicture(text);
  // SMuFL: stringsDownBow E610, stringsUpBow E612
  expect(svg.match(/#E61[02]-/g)).toHaveLength(strokes);
  const letters = plan.value.notes
    .filter((one, i, all) => one.string !== all[i - 1]?.string)
    .map((one) => one.string);
  expect([...text.matchAll(/<words>([CGDA])<\/words>/g)].map(([, letter]) => letter)).toEqual(letters);
  expect(svg.match(/class="slur/g)).toHaveLength(
    score.notes.filter((one, i, all) => one.slurredFromPrevious && !all[i - 1]!.slurredFromPrevious).length,
  );
  expect(await staffPicture(text)).toBe(svg);
});

it("draws a played rhythm as the nearest written one, and a written one as it is", () => {
  const { score } = readPiece(
    new TextEncoder().encode(document(note("D3", 3) + note("E3", 1) + note("F3", 4))),
    undefined,
  );
  expect(staffRhythm(score)).toEqual(score);
  // begun up to 20 of 480 ticks late, ended 50 early
  const played = {
    ...score,
    notes: score.notes.map((one, i) => ({
      ...one,
      startTick: one.startTick + 7 * i,
      endTick: one.endTick - 50,
    })),
  };
  expect(staffRhythm(played).notes.map((one) => [one.startTick, one.endTick])).toEqual([
    [0, 720],
    [720, 960],
    [960, 1920],
  ]);
});
