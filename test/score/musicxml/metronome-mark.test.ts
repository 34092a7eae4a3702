import { expect, it } from "vitest";
import { writeMusicXml } from "../../../src/score/musicxml/write-musicxml.ts";
import { scoreOf } from "../../bowing/fixture/scores.ts";

/** The mark over a piece of 90 quarters a minute. */
function markIn(beatsPerBar: number, beatUnit: number): string {
  const score = {
    ...scoreOf([{ quarters: 3 }], 90),
    meters: [{ tick: 0, beatsPerBar, beatUnit }],
  };
  const [mark] = /<metronome>.*?<\/metronome>/s.exec(writeMusicXml(score)) ?? [];
  return mark?.replace(/\s/g, "") ?? "";
}

it("counts dotted quarters in compound metres, quarters elsewhere", () => {
  const quarters = "<metronome><beat-unit>quarter</beat-unit><per-minute>90</per-minute></metronome>";
  const dotted =
    "<metronome><beat-unit>quarter</beat-unit><beat-unit-dot/><per-minute>60</per-minute></metronome>";
  expect(markIn(6, 8)).toBe(dotted);
  expect(markIn(9, 8)).toBe(dotted);
  expect(markIn(4, 4)).toBe(quarters);
  expect(markIn(3, 8)).toBe(quarters);
});
