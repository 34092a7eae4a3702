import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hairDirection, holdOf, holdRotation } from "../../src/instrument/bow-hold.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { instrumentOf } from "../../src/instrument/load.ts";
import { seededRandom } from "../../src/math/random.ts";
import { rotate } from "../../src/math/rotation.ts";
import { cross, dot } from "../../src/math/vec.ts";
import { STRING_NAMES } from "../../src/score/score.ts";

const { strings, hair } = instrumentOf(
  parseCalibration(readFileSync("data/calibration/paper.yaml", "utf8"), "paper"),
);

it("reads back every hold it makes, for any hold and string", () => {
  const random = seededRandom(9);
  for (let round = 0; round < 200; round++) {
    const line = strings[STRING_NAMES[round % 4]!];
    const hold = {
      inclination_rad: 2.4 * (random() - 0.5),
      tilt_rad: 2 * (random() - 0.5),
      skew_rad: 0.8 * (random() - 0.5),
    };
    const back = holdOf(line, hair, holdRotation(line, hair, hold));
    expect(back.inclination_rad, `round ${round}`).toBeCloseTo(hold.inclination_rad, 10);
    expect(back.tilt_rad).toBeCloseTo(hold.tilt_rad, 10);
    expect(back.skew_rad).toBeCloseTo(hold.skew_rad, 10);
  }
});

it("turns the hair with inclination and skew only, and leans the stick to the nut with tilt", () => {
  const line = strings.D;
  const level = { inclination_rad: 0, skew_rad: 0 };
  const out = cross(line.across_B, line.axis_B);
  // A turn of 0.3 about the string lifts the tip by sin 0.3; a skew of 0.2 takes it sin 0.2 towards the nut.
  expect(dot(hairDirection(line, { ...level, inclination_rad: 0.3 }), out)).toBeCloseTo(Math.sin(0.3), 12);
  expect(dot(hairDirection(line, { ...level, skew_rad: 0.2 }), line.axis_B)).toBeCloseTo(Math.sin(0.2), 12);
  const R = holdRotation(line, hair, { ...level, tilt_rad: 0.4 });
  expect(dot(rotate(R, hair.axis_F), line.across_B)).toBeCloseTo(1, 12);
  // The stick is opposite to where the hair faces: sin 0.4 towards the nut, cos 0.4 away from the cello.
  expect(dot(rotate(R, hair.towardString_F), line.axis_B)).toBeCloseTo(-Math.sin(0.4), 12);
  expect(dot(rotate(R, hair.towardString_F), out)).toBeCloseTo(-Math.cos(0.4), 12);
});
