import { expect, it } from "vitest";
import { hairContacts } from "../../src/instrument/hair/hair-contact.ts";
import { hairDirection } from "../../src/instrument/bow-hold.ts";
import { clearForceN, neighbourGap } from "../../src/instrument/neighbour-gap.ts";
import { addScaled, cross } from "../../src/math/vec.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { instrument } from "../performance/short-piece.ts";

const { strings, hair } = instrument;
const lines = STRING_NAMES.map((name) => strings[name]);
const contactM = 0.08;

/** Forces on all strings of a still hair in the middle of a string's window, pressed in by `depthM`. */
function forcesOn(own: (typeof STRING_NAMES)[number], bowM: number, depthM: number): readonly number[] {
  const line = strings[own];
  const axis_B = hairDirection(line, { inclination_rad: line.window.centre_rad, skew_rad: 0 });
  const touch = addScaled(line.bridge_B_m, line.axis_B, contactM);
  const frog_B_m = addScaled(addScaled(touch, line.outward_B, -depthM), axis_B, -bowM);
  const still = {
    frogVelocity_B_mps: [0, 0, 0],
    spin_B_radps: cross(axis_B, axis_B),
    tcp_B_m: frog_B_m,
  } as const;
  return hairContacts({ frog_B_m, axis_B, ...still, axes: [] }, hair, lines).map(({ forceN }) => forceN);
}

it("names the force at which the hair begins to bear on a string beside the one it plays, as the contact model has it", () => {
  for (const [i, own] of STRING_NAMES.entries())
    for (const bowM of [0.1, 0.3, 0.5]) {
      const gaps = [STRING_NAMES[i - 1], STRING_NAMES[i + 1]].flatMap((other) =>
        other ? [neighbourGap(instrument, own, other, { bowM, contactM })] : [],
      );
      const touchN = Math.min(...gaps.map(({ gapM, sinkMpN }) => gapM / sinkMpN));
      // Presses deeper until a neighbour bears hair, and reads the force of that moment.
      let depthM = 0;
      while (forcesOn(own, bowM, depthM).every((force, k) => k === i || force === 0)) depthM += 2e-5;
      expect(forcesOn(own, bowM, depthM)[i]! / touchN, `${own} at ${bowM} m`).toBeCloseTo(1, 1);
      expect(clearForceN(instrument, own, { bowM, contactM })).toBeCloseTo(0.8 * touchN, 9);
    }
});
