import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { writeMusicXml } from "../../src/score/musicxml/write-musicxml.ts";
import { readPiece } from "../../src/score/piece.ts";
import { readScore } from "../../src/score/read-score.ts";
import type { Score } from "../../src/score/score.ts";
import { secondsAtTick } from "../../src/score/tempo.ts";

const FOLDER = "/work/shared/real-robot/midi";
const missing = existsSync(FOLDER) ? "" : ` (skipped: ${FOLDER} is not on this machine)`;

// notes, beats per bar and unit, sharps, end of the last note in seconds at 120 quarters a minute
const FILES = [
  ["allegro", 72, "4/4"],
  ["twinkle_twinkle", 42, "4/4"],
  ["paganini_variations", 32, "2/2"],
  ["string_crossings", 14, "4/4"],
] as const;

for (const [name, noteCount, meter] of FILES)
  it.skipIf(missing !== "")(`reads the real robot's ${name}.mid: ${noteCount} notes${missing}`, () => {
    const score = readScore(readFileSync(`${FOLDER}/${name}.mid`));
    expect(score.notes).toHaveLength(noteCount);
    expect(`${score.meters[0]!.beatsPerBar}/${score.meters[0]!.beatUnit}`).toBe(meter);
    expect(score.tempos).toEqual([{ tick: 0, usPerQuarter: 500_000 }]);
    expect(score.ignored.join("; ")).toContain("breath controller");
  });

for (const [name] of FILES)
  it.skipIf(missing !== "")(`is the same piece as MusicXML: the real robot's ${name}.mid${missing}`, () => {
    const score = readScore(readFileSync(`${FOLDER}/${name}.mid`));
    const again = readPiece(new TextEncoder().encode(writeMusicXml(score)), undefined).score;
    // a MusicXML file has dynamics, not velocities
    const music = ({ ticksPerQuarter, tempos, meters, notes }: Score) => ({
      ...{ ticksPerQuarter, tempos, meters },
      notes: notes.map((note) => ({ ...note, velocity: 0 })),
    });
    expect(music(again)).toEqual(music(score));
  });

it.skipIf(missing !== "")(
  `keeps the timing of the real robot's twinkle: 42 notes in 24 seconds${missing}`,
  () => {
    const { notes, tempos, ticksPerQuarter } = readScore(readFileSync(`${FOLDER}/twinkle_twinkle.mid`));
    // 48 quarters of half a second; every note is one tick (0.5 s / 480) short
    const end = secondsAtTick(tempos, ticksPerQuarter, notes.at(-1)!.endTick);
    expect(end).toBeCloseTo(24 - 0.5 / 480, 9);
    expect(notes.every((note, index) => note.endTick < (notes[index + 1]?.startTick ?? Infinity))).toBe(true);
  },
);
