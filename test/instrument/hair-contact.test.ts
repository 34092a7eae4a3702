import { expect, it } from "vitest";
import { hairContacts, type HairContact } from "../../src/instrument/hair/hair-contact.ts";
import { hairDirection } from "../../src/instrument/bow-hold.ts";
import { add, addScaled, cross, dot, norm, scale, unit, type Vec3 } from "../../src/math/vec.ts";
import { instrument } from "../performance/short-piece.ts";

const { strings, hair } = instrument;
const D = strings.D;
const SKEW_RAD = 0.17;
const axis_B = hairDirection(D, { inclination_rad: D.window.centre_rad, skew_rad: SKEW_RAD });
const normal = unit(cross(D.axis_B, axis_B));
const outwards = scale(normal, Math.sign(dot(normal, D.outward_B)));

/** The D string under the middle of a hair with 0.17 rad of skew, 1 mm deep, that moves as told without turning. */
function felt(velocity_B_mps: Vec3): HairContact {
  const touch = addScaled(D.bridge_B_m, D.axis_B, 0.08);
  const frog_B_m = addScaled(addScaled(touch, outwards, -0.001), axis_B, -0.3);
  const motion = { frog_B_m, axis_B, frogVelocity_B_mps: velocity_B_mps, spin_B_radps: [0, 0, 0] as Vec3 };
  return hairContacts({ ...motion, tcp_B_m: frog_B_m, axes: [] }, hair, [D])[0]!;
}
const frictionOf = ({ force_B_N, forceN }: HairContact): Vec3 => addScaled(force_B_N, outwards, -forceN);

it("drives a string with the part of the bow's speed across it", () => {
  expect(felt(scale(axis_B, -0.3)).bowSpeedMps).toBeCloseTo(0.3 * Math.cos(SKEW_RAD), 9); // 0.2957 m/s
});

it("does not bow a string along which a skewed hair slides, whose friction holds it back along the string", () => {
  const sliding = felt(scale(D.axis_B, 0.045));
  expect(sliding.bowSpeedMps).toBeCloseTo(0, 12);
  const friction = frictionOf(sliding);
  expect(dot(friction, D.axis_B)).toBeCloseTo(-0.4 * sliding.forceN, 3);
  expect(norm(cross(friction, D.axis_B))).toBeCloseTo(0, 9);
});

it("rubs against the way the hair slides, with the same force whatever way that is", () => {
  const across = frictionOf(felt(scale(axis_B, 0.2)));
  const way = add(scale(axis_B, 0.1), scale(D.axis_B, 0.1));
  const aslant = frictionOf(felt(way));
  expect(norm(aslant) / norm(across)).toBeCloseTo(1, 6);
  expect(dot(unit(aslant), unit(way))).toBeCloseTo(-1, 9);
});
