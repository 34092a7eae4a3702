import { expect, it } from "vitest";
import { parseProfile } from "../../src/planning/profile.ts";

const parse = (...overrides: string[]) => parseProfile("profile: test\n", "test", overrides);

it("fills what a profile leaves out, and takes an override", () => {
  expect(parse().trajectory.knotS).toBe(0.02);
  expect(parse("trajectory.knotS=0.03").trajectory.knotS).toBe(0.03);
});

it.each([
  ["trajectory.knotS=0", /trajectory\.knotS is 0: must be at least 0\.008/],
  ["trajectory.knotS=0.021", /trajectory\.knotS/], // not a whole number of 5 ms samples
  ["trajectory.contactGlideS=0", /contactGlideS is 0: must be at least 0\.02/],
  ["limits.tcpSpeedMps=3", /limits\.tcpSpeedMps is 3: must be at most 1\.5/],
  ["limits.clearanceM=-1", /limits\.clearanceM/],
  ["stream.stopS=0", /stream\.stopS/],
  ["trajectory.wings=2", /Unrecognized key: "wings"/],
  ["trajectory.knotSS=1", /did you mean trajectory\.knotS\?/],
])("refuses %s in one sentence that says what and how much", (override, says) => {
  expect(() => parse(override)).toThrow(says);
});

it("refuses a value that is not YAML as wrong use", () => {
  expect(() => parse("trajectory.knotS=[1")).toThrow(/not YAML/);
});
