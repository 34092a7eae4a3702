import { expect, it } from "vitest";
import { refuseBeyondBase } from "../../src/performance/arm-of-driver.ts";
import type { Joints } from "../../src/math/joints.ts";

const TURN_RAD = 2 * Math.PI;
const limits = {
  jointMin_rad: [-TURN_RAD, -1, -1, -1, -1, -1] as Joints,
  jointMax_rad: [TURN_RAD, 1, 1, 1, 1, 1] as Joints,
};
/** The base from -2.8 to some angle. */
const upTo = (base: number) => ({ q_rad: Float64Array.from([-2.8, 0, 0, 0, 0, 0, base, 0, 0, 0, 0, 0]) });

it("plays with the base a turn on only where the whole of it stays within the base's range", () => {
  expect(() => refuseBeyondBase(upTo(-0.1), TURN_RAD, limits)).not.toThrow(); // to 6.18 of 6.28
  expect(() => refuseBeyondBase(upTo(0.1), 0, limits)).not.toThrow();
  expect(() => refuseBeyondBase(upTo(0.1), TURN_RAD, limits)).toThrow(
    "the base stands a whole turn away from where the calibration has it, and from there this would turn it from 200 deg to 366 deg, where " +
      "-360 deg to 360 deg is allowed; cellist park with this calibration takes it back where there is a way, else turn the base back by hand (Freedrive)",
  );
});
