import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { calibrationText } from "../../src/instrument/calibration-text.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import { compareCalibrations } from "../../src/instrument/compare-calibrations.ts";
import { moveCalibration } from "../../src/instrument/move-calibration.ts";
import { pose } from "../../src/math/pose.ts";
import { column } from "../../src/math/rotation.ts";
import { dot, scale } from "../../src/math/vec.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { calibrationPicture } from "../../src/pictures/calibration-picture.ts";
import { keepCalibration, refuseUnkeepable } from "../../src/shelf/keep-calibration.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-kept-"));
afterAll(() => rmSync(folder, { recursive: true }));
const paper = parseCalibration(readFileSync("data/calibration/paper.yaml", "utf8"), "paper");
const before = checkCalibration(paper);

it("is written as a text that reads as the same calibration", () => {
  const extra = [{ string: "A" as const, ...paper.taught.A.frog, from_bridge_m: 0.085 }];
  for (const calibration of [paper, { ...paper, revision: 3, taken_at: "2026-11-26T20:00:00.000Z", extra }])
    expect(parseCalibration(calibrationText(calibration, ["for people"]), "again")).toEqual(calibration);
});

it("tells a cello that came 2 mm nearer as a bow that is deeper in every string by 2 mm times the cosine of its lean", () => {
  const nearer = moveCalibration(paper, pose("B", "B", scale(column(before.instrument.X_BC.R, 2), 0.002)));
  const after = checkCalibration(nearer);
  const { strings, mostM, otherArm } = compareCalibrations(before.instrument, after.instrument);
  for (const name of STRING_NAMES) {
    const cosine = dot(before.instrument.strings[name].outward_B, column(before.instrument.X_BC.R, 2));
    expect(strings[name].deeper.frogM).toBeCloseTo(0.002 * cosine, 6);
    expect(strings[name].deeper.tipM).toBeCloseTo(strings[name].deeper.frogM, 5);
    expect(Math.abs(strings[name].farther.frogM)).toBeLessThan(1e-4);
    expect(strings[name].offCentre_rad).toBeCloseTo(0, 6);
  }
  expect(mostM).toBeLessThanOrEqual(0.002);
  expect(otherArm).toBe(false);
  expect(compareCalibrations(before.instrument, before.instrument).mostM).toBeLessThan(1e-9);
});

it("keeps the one before beside it, and never writes over one that is kept", async () => {
  const path = join(folder, "cell.yaml");
  expect(await keepCalibration(path, "first", undefined)).toBeUndefined();
  await expect(keepCalibration(path, "other", undefined)).rejects.toThrow(/cell\.yaml exists already/);
  expect(await keepCalibration(path, "second", 1)).toBe(join(folder, "cell.r1.yaml"));
  expect(readFileSync(path, "utf8")).toBe("second");
  expect(readFileSync(join(folder, "cell.r1.yaml"), "utf8")).toBe("first");
  await expect(keepCalibration(path, "third", 1)).rejects.toThrow(/cell\.r1\.yaml exists already/);
  expect(readFileSync(path, "utf8")).toBe("second");
  writeFileSync(join(folder, "file"), "");
  await expect(keepCalibration(join(folder, "file", "x.yaml"), "x", undefined)).rejects.toThrow(
    /cannot write/,
  );
  expect(existsSync(`${path}.part`)).toBe(false);
});

it("says before anybody has taught anything that it could not be kept", async () => {
  const path = join(folder, "early.yaml");
  await refuseUnkeepable(path, undefined);
  expect(existsSync(`${path}.part`)).toBe(false);
  await expect(refuseUnkeepable(join(folder, "nowhere", "x.yaml"), undefined)).rejects.toThrow(
    /cannot write .*x\.yaml/,
  );
  writeFileSync(path, "first");
  writeFileSync(join(folder, "early.r1.yaml"), "of another day");
  await expect(refuseUnkeepable(path, 1)).rejects.toThrow(/early\.r1\.yaml exists already/);
});

it("is drawn with every string, every bow and what was before", () => {
  const svg = calibrationPicture({ ...before, calibration: paper }, before.instrument);
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
  for (const name of STRING_NAMES) {
    expect(svg.match(new RegExp(`class="${name} thin"`, "g"))!.length).toBeGreaterThanOrEqual(2);
    expect(svg).toContain(`class="${name} hollow"`);
  }
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});
