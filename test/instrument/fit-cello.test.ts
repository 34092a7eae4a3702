import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCalibration, type Calibration } from "../../src/instrument/calibration.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import { fitCello } from "../../src/instrument/fit-cello.ts";
import { seededRandom } from "../../src/math/random.ts";
import { distance, type Vec3 } from "../../src/math/vec.ts";
import { STRING_NAMES } from "../../src/score/score.ts";

const load = (name: string): Calibration =>
  parseCalibration(readFileSync(`data/calibration/${name}.yaml`, "utf8"), name);

it("finds the reference cell's strings again from its taught poses, whatever it is told at first about the hair", () => {
  const reference = load("reference");
  const random = seededRandom(2);
  for (let round = 0; round < 4; round++) {
    const off = (): number => 0.04 * (random() - 0.5);
    const hair = {
      ...reference.hair,
      frog_F_m: reference.hair.frog_F_m.map((v) => v + off()),
      axis_F: reference.hair.axis_F.map((v) => v + 4 * off()),
    };
    const fitted = fitCello({ ...reference, hair });
    // Eight poses do not tell how far along the hair and the strings they were taken: sideways they do.
    const { report } = checkCalibration({ ...reference, hair: fitted.hair, strings: fitted.strings });
    for (const name of STRING_NAMES) {
      expect(Math.abs(report.strings[name].offCentre_rad.frog)).toBeLessThan(0.01);
      expect(Math.abs(report.strings[name].angle_rad.tip - Math.PI / 2)).toBeLessThan(0.004);
      expect(Math.abs(report.strings[name].pressedM.frog)).toBeLessThan(0.001);
    }
    expect(fitted.spacingM).toBeCloseTo(0.0157, 3);
    expect(fitted.bridgeRadiusM).toBeCloseTo(0.058, 2);
  }
});

it("is what the shipped file of the published robot holds", () => {
  const paper = load("paper");
  const fitted = fitCello({
    ...paper,
    hair: { ...paper.hair, frog_F_m: [0.0317, 0, 0.0463], axis_F: [0.9846, 0, -0.175] },
  });
  for (const name of STRING_NAMES)
    expect(
      distance(
        fitted.strings[name].bridge_B_m as unknown as Vec3,
        paper.strings[name].bridge_B_m as unknown as Vec3,
      ),
    ).toBeLessThan(2e-6);
});

it("refuses poses that are no cello: all four strings taught at one place", () => {
  const reference = load("reference");
  const taught = { ...reference.taught, C: reference.taught.A, G: reference.taught.A, D: reference.taught.A };
  expect(() => fitCello({ ...reference, taught })).toThrow(/calibration "reference": .*(teach|convex)/);
});
