import { expect, it } from "vitest";
import { engrave } from "../../src/score/engrave.ts";
import { noteName } from "../../src/score/note-name.ts";
import { readScore } from "../../src/score/read-score.ts";
import { refusal } from "./refusal.ts";

const source = (music: string, meter = "4/4", key = "D major"): string =>
  `tempo: 100\nmeter: ${meter}\nkey: ${key}\nmusic: |\n  ${music}\n`;
const engraved = (music: string, marks = "title: Test", meter = "4/4") =>
  readScore(engrave(source(music, meter), marks));

it("engraves names, lengths, dots, ties and rests", () => {
  const { notes, ticksPerQuarter, tempos, endTick } = engraved(
    "D3/4 F#3 r/8 Bb2/4. | A3/2+8 r/8 r/16 C2 G2/8 |",
  );
  expect(ticksPerQuarter).toBe(480);
  expect(tempos).toEqual([{ tick: 0, usPerQuarter: 600_000 }]);
  // bar 1: 480, 480, rest 240, dotted 720; bar 2: 960 + 240, rest 240, rest 120, 120, 240 = 1920
  expect(notes.map((n) => [noteName(n.midi), n.startTick, n.endTick])).toEqual([
    ["D3", 0, 480],
    ["F#3", 480, 960],
    ["A#2", 1200, 1920],
    ["A3", 1920, 3120],
    ["C2", 3480, 3600],
    ["G2", 3600, 3840],
  ]);
  expect(endTick).toBe(3840);
});

it("puts the dynamics into the velocities", () => {
  const { notes } = engraved("D3/2 D3 | D3/1", "title: Test\ndynamics: { 1.3: p, 2.1: ff }");
  expect(notes.map((n) => n.velocity)).toEqual([80, 49, 112]);
});

it("knows major and minor keys", () => {
  const fifths = (key: string): number => readScore(engrave(source("D3/1", "4/4", key), "")).keys[0]!.fifths;
  expect(["C major", "A minor", "F# minor", "Bb major", "D major"].map(fifths)).toEqual([0, 0, 3, -2, 2]);
});

it("refuses a bar that is not full, a wrong note, a wrong length, a wrong head", () => {
  expect(refusal("score-invalid", () => engraved("D3/4 D3 D3 D3 | D3/4 D3"))).toContain(
    "bar 2 holds 960 ticks where 1920",
  );
  expect(refusal("score-invalid", () => engraved("H3/1"))).toContain('bar 1 holds "H3/1", which is no note');
  expect(refusal("score-invalid", () => engraved("D3/3"))).toContain("none of 1 2 4 8 16 32");
  expect(() => engraved("D3/1", "", "4-4")).toThrow("the source to engrave");
});
