import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { engrave, engraveMusicXml } from "../../src/score/engrave.ts";
import { noteName } from "../../src/score/note-name.ts";
import { type Piece, readPiece } from "../../src/score/piece.ts";
import { secondsAtTick } from "../../src/score/tempo.ts";

const FOLDER = new URL("../../data/pieces/", import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, FOLDER), "utf8");
const bytes = (path: string): Uint8Array => readFileSync(new URL(path, FOLDER));
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".mid"))
  .map((file) => file.replace(".mid", ""));
const piece = (name: string): Piece => readPiece(bytes(`${name}.mid`), text(`${name}.marks.yaml`));
const pitches = (name: string, count: number): string =>
  piece(name)
    .score.notes.slice(0, count)
    .map(({ midi }) => noteName(midi))
    .join(" ");

it("ships at least the eight pieces it promises, each with its README line", () => {
  const promised = ["twinkle", "long-long-ago", "bach-minuet", "paganini-24-theme", "bach-suite-1-prelude"];
  expect(names).toEqual(
    expect.arrayContaining([...promised, "the-swan", "crossing-study", "long-note-study"]),
  );
  for (const name of names) {
    const { notes, endTick, tempos, ticksPerQuarter } = piece(name).score;
    const pitchRange = notes.map(({ midi }) => midi).sort((a, b) => a - b);
    const range = `${noteName(pitchRange[0]!)}–${noteName(pitchRange.at(-1)!)}`;
    const seconds = secondsAtTick(tempos, ticksPerQuarter, endTick).toFixed(1);
    const row = text("README.md")
      .split("\n")
      .find((line) => line.startsWith(`| ${name} `));
    expect(
      row
        ?.split("|")
        .slice(3, 6)
        .map((cell) => cell.trim()),
      name,
    ).toEqual([`${notes.length}`, seconds, range]);
  }
});

it.each(names)("%s.mid is exactly what its source engraves", (name) => {
  const engraved = engrave(text(`source/${name}.yaml`), text(`${name}.marks.yaml`));
  expect(Buffer.compare(bytes(`${name}.mid`), engraved)).toBe(0);
});

it.each(names)("%s.musicxml is exactly what its source engraves, and reads as the same piece", (name) => {
  const xml = text(`${name}.musicxml`);
  expect(xml).toBe(engraveMusicXml(text(`source/${name}.yaml`), text(`${name}.marks.yaml`)));
  const [fromXml, fromMidi] = [readPiece(bytes(`${name}.musicxml`), undefined), piece(name)];
  const bare = ({ score, ...about }: Piece): object => ({ ...about, ...score, provenance: undefined });
  expect(bare(fromXml)).toEqual(bare(fromMidi));
});

it.each(names)("%s says who wrote it, where it comes from and what may be done with it", (name) => {
  const { score, source, licence } = piece(name);
  expect([score.title, score.composer, source, licence]).not.toContain("unknown");
  expect(licence).toBe("CC0-1.0");
  expect(score.notes.some((note) => note.slurredFromPrevious)).toBe(true);
  expect(score.ignored).toEqual([]);
});

it.each(names)("%s fits the bow: no slur above 2.5 s, nothing above 1.5 s louder than mp", (name) => {
  const { notes, tempos, ticksPerQuarter } = piece(name).score;
  const at = (tick: number): number => secondsAtTick(tempos, ticksPerQuarter, tick);
  let first = 0;
  for (const [index, note] of notes.entries()) {
    if (!note.slurredFromPrevious) first = index;
    const seconds = at(note.endTick) - at(notes[first]!.startTick);
    const place = `note ${index}, ${seconds.toFixed(2)} s`;
    if (first < index) expect(seconds, place).toBeLessThan(2.5);
    if (seconds > 1.5) expect(["pp", "p", "mp"], place).toContain(note.dynamic);
  }
});

it("begins each tune as everybody knows it", () => {
  expect(pitches("twinkle", 14)).toBe("D3 D3 A3 A3 B3 B3 A3 G3 G3 F#3 F#3 E3 E3 D3");
  expect(pitches("the-swan", 9)).toBe("G4 F#4 B3 E4 D4 G3 A3 B3 C4");
  expect(pitches("bach-suite-1-prelude", 8)).toBe("G2 D3 B3 A3 B3 D3 B3 D3");
  expect(pitches("bach-minuet", 8)).toBe("D3 G2 A2 B2 C3 D3 G2 G2");
  expect(pitches("paganini-24-theme", 6)).toBe("A3 A3 A3 C4 B3 A3");
  expect(pitches("long-long-ago", 9)).toBe("G2 G2 A2 B2 B2 C3 D3 E3 D3");
});

it("crosses between all twelve ordered pairs of strings once in the crossing study, A-C and C-A among them", () => {
  const strings = piece("crossing-study")
    .score.notes.slice(0, 13)
    .map((note) => note.string);
  const pairs = strings.slice(1).map((string, index) => `${strings[index]}-${string}`);
  expect(new Set(pairs).size).toBe(12);
  expect(pairs).toEqual(expect.arrayContaining(["A-C", "C-A"]));
});
