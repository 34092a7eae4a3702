import { expect, it } from "vitest";
import { staffPicture } from "../../../src/engraving/staff-picture.ts";
import { staffRhythm } from "../../../src/score/musicxml/staff-rhythm.ts";
import { writeMusicXml } from "../../../src/score/musicxml/write-musicxml.ts";
import type { Score } from "../../../src/score/score.ts";
import { document, note, read, rest } from "./document.ts";

/** Onsets and ends of a score's notes, in quarters from its beginning. */
const rhythm = ({ notes, ticksPerQuarter }: Score): readonly number[] =>
  notes.flatMap(({ startTick, endTick }) => [startTick / ticksPerQuarter, endTick / ticksPerQuarter]);

/** A bar of 4/4: a quarter filled with equal notes, all but the last of them; then sixteenths with sixteenth rests between. */
function barOf(parts: number): string {
  const divisions = 16 * parts;
  const group = Array.from({ length: parts }, (_, i) => (i < parts - 1 ? note("D3", 16) : rest(16)));
  const short = note("E3", 4 * parts) + rest(4 * parts);
  return document(group.join("") + short + short + note("F3", 32 * parts)).replace(
    "<divisions>2<",
    `<divisions>${divisions}<`,
  );
}

it.each([3, 5, 6, 7, 9, 11, 13, 16, 32])(
  "a beat of %i parts is written as it is, and no rest is lost",
  (parts) => {
    const score = read(barOf(parts));
    const again = read(writeMusicXml(staffRhythm(score)));
    rhythm(score).forEach((quarters, i) => expect(rhythm(again)[i]).toBeCloseTo(quarters, 2));
    expect(again.notes).toHaveLength(score.notes.length);
  },
);

it("draws five notes in a beat as a quintuplet under its number", async () => {
  const text = writeMusicXml(staffRhythm(read(barOf(5))));
  expect(text.match(/<actual-notes>5<\/actual-notes>/g)).toHaveLength(5);
  expect(text.match(/<tuplet type="start"/g)).toHaveLength(1);
  expect(await staffPicture(text)).toContain('class="tuplet"');
});

it.each([0.95, 0.9, 0.8])(
  "finds no tuplets in a sequencer's notes that sound for %f of their length",
  (share) => {
    const written = read(document(note("D3", 2) + note("E3", 1) + note("F3", 1) + note("G3", 4)));
    const notes = written.notes.map((one) => ({
      ...one,
      endTick: one.startTick + Math.round(share * (one.endTick - one.startTick)),
    }));
    expect(rhythm(staffRhythm({ ...written, notes })).slice(0, 8)).toEqual([0, 1, 1, 1.5, 1.5, 2, 2, 4]);
  },
);
