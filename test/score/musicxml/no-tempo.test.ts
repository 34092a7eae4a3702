import { expect, it } from "vitest";
import { secondsAtTick } from "../../../src/score/tempo.ts";
import { note, parts, read } from "./document.ts";

const BAR = note("G3", 8);
const LATER = '<sound tempo="60"/>';

it("says that it chose the tempo where a score has none", () => {
  const score = read(parts({ Cello: [BAR] }, [4, 4], ""));
  // four quarters at 120
  expect(secondsAtTick(score.tempos, score.ticksPerQuarter, score.endTick)).toBe(2);
  expect(score.ignored).toEqual(["no tempo is written: played at 120 quarter notes a minute"]);
});

it("says nothing of it where any part has a tempo anywhere", () => {
  const score = read(parts({ Cello: [BAR, BAR], Piano: [BAR, LATER + BAR] }, [4, 4], ""), { part: "Cello" });
  expect(score.ignored.join()).not.toContain("tempo");
});
