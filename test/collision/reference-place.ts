import { readFileSync } from "node:fs";
import { parseCell } from "../../src/collision/cell.ts";
import type { SceneInstrument } from "../../src/collision/collision-scene.ts";
import type { StringLine } from "../../src/instrument/instrument.ts";
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { NOMINAL_UR5E } from "../../src/kinematics/dh.ts";
import { inverseKinematics } from "../../src/kinematics/inverse.ts";
import type { Joints } from "../../src/math/joints.ts";
import { pose, transformPoint } from "../../src/math/pose.ts";
import { fromColumns, rotate, type Mat3 } from "../../src/math/rotation.ts";
import { add, addScaled, cross, scale, sub, unit, type Vec3 } from "../../src/math/vec.ts";
import type { StringName } from "../../src/score/score.ts";

/** A cello in front of a nominal UR5e, about where the published robot has it: strings on a 60 mm circle. */
const NUTWARD = unit([-0.677, 0, 0.736]);
const OUTWARD: Vec3 = [0.736 / Math.hypot(0.677, 0.736), 0, 0.677 / Math.hypot(0.677, 0.736)];
const ACROSS = cross(NUTWARD, OUTWARD); // +y of the base: the A side
export const X_BC = pose("B", "C", [0.34, 0.68, -0.11], fromColumns(ACROSS, NUTWARD, OUTWARD));

const STEP = (15.3 * Math.PI) / 180;
export const STRING_ANGLE: Record<StringName, number> = {
  A: 1.5 * STEP,
  D: STEP / 2,
  G: -STEP / 2,
  C: -1.5 * STEP,
};

/** Outward and frog-to-tip directions of a string, base frame. */
function directions(name: StringName): { outward: Vec3; bowing: Vec3 } {
  const [s, c] = [Math.sin(STRING_ANGLE[name]), Math.cos(STRING_ANGLE[name])];
  return { outward: rotate(X_BC.R, [s, 0, c]), bowing: rotate(X_BC.R, [c, 0, -s]) };
}

function string(name: StringName): StringLine {
  const { outward } = directions(name);
  const [s, c] = [Math.sin(STRING_ANGLE[name]), Math.cos(STRING_ANGLE[name])];
  const bridge_B_m = transformPoint(X_BC, [0.06 * s, 0, 0.06 * (c - Math.cos(STEP / 2))]);
  const held = { bowM: 0, hold: { inclination_rad: 0, tilt_rad: 0, skew_rad: 0 } };
  return {
    name,
    bridge_B_m,
    axis_B: NUTWARD,
    lengthM: 0.69,
    outward_B: outward,
    across_B: rotate(X_BC.R, [1, 0, 0]),
    window: { centre_rad: -STRING_ANGLE[name], half_rad: STEP / 2 },
    frog: held,
    tip: held,
    playable: { fromM: 0, toM: 0.6 },
    ease: { fromM: 0, stepM: 0.6, roll: [1, 1], bow: [2, 2] },
    physics: CELLO_STRINGS[name],
  };
}

export const INSTRUMENT: SceneInstrument = {
  dh: NOMINAL_UR5E,
  hair: { frog_F_m: [0.03, 0, 0.06], axis_F: [1, 0, 0], towardString_F: [0, 0, 1], lengthM: 0.62 },
  strings: { A: string("A"), D: string("D"), G: string("G"), C: string("C") },
  X_BC,
};

const FAR: Vec3 = [50, 0, 0];
/** The cello carried off, so that arm and room remain. */
export const ALONE: SceneInstrument = {
  ...INSTRUMENT,
  X_BC: { ...X_BC, p_m: add(X_BC.p_m, FAR) },
  strings: Object.fromEntries(
    (["A", "D", "G", "C"] as const).map((s) => [
      s,
      { ...INSTRUMENT.strings[s], bridge_B_m: add(INSTRUMENT.strings[s].bridge_B_m, FAR) },
    ]),
  ) as SceneInstrument["strings"],
};
export const CELL = parseCell(readFileSync("data/cells/reference.yaml", "utf8"), "data/cells/reference.yaml");

/** Joints with the hair on a string: `bowM` from the frog, `contactM` from the bridge, lifted by `liftM`. */
export function bowing(name: StringName, bowM: number, contactM: number, liftM = 0): Joints {
  const { outward, bowing: along } = directions(name);
  const contact = addScaled(INSTRUMENT.strings[name].bridge_B_m, NUTWARD, contactM);
  const z = scale(outward, -1);
  const R: Mat3 = fromColumns(along, cross(z, along), z);
  const frog = addScaled(addScaled(contact, along, -bowM), outward, liftM);
  const p = sub(frog, rotate(R, INSTRUMENT.hair.frog_F_m));
  const like: Joints = [-2.2, -0.5, 1.2, -1.5, -1.3, -2.6];
  const far = (q: Joints): number => Math.hypot(...q.map((v, i) => v - like[i]!));
  const found = [...inverseKinematics(NOMINAL_UR5E, pose("B", "F", p, R))].sort((a, b) => far(a) - far(b));
  if (!found[0]) throw new Error(`${name} at ${bowM} m is out of reach`);
  return found[0];
}
