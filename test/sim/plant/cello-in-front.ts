import type { Instrument, StringLine } from "../../../src/instrument/instrument.ts";
import { CELLO_STRINGS } from "../../../src/instrument/strings.ts";
import { NOMINAL_UR5E, type DhParameters } from "../../../src/kinematics/dh.ts";
import { inverseKinematics, refine } from "../../../src/kinematics/inverse.ts";
import type { Joints } from "../../../src/math/joints.ts";
import { pose } from "../../../src/math/pose.ts";
import { fromColumns, rotate, type Mat3 } from "../../../src/math/rotation.ts";
import { addScaled, cross, scale, sub, unit, type Vec3 } from "../../../src/math/vec.ts";
import type { StringName } from "../../../src/score/score.ts";

/** Bridge circle 60 mm, neighbours 15.3° apart: chord 2·60·sin(7.65°) = 16.0 mm. */
const BRIDGE_RADIUS_M = 0.06;
export const STRING_STEP_RAD = (15.3 * Math.PI) / 180;
const STRING_LENGTH_M = 0.69;
const HAIR_LENGTH_M = 0.62;

/** Where each string sits on the bridge circle, from the middle towards C [steps of 15.3°]. */
const PLACE: Record<StringName, number> = { A: -1.5, D: -0.5, G: 0.5, C: 1.5 };

/** Cello 0.6 m in front of the arm, strings leaning 17.5° from upright, their faces towards the arm. */
const NUTWARD = unit([0.3, 0, 0.95]);
const OUTWARD = unit([-0.95, 0, 0.3]);
const A_TO_C = cross(NUTWARD, OUTWARD);
const CIRCLE_CENTRE: Vec3 = addScaled([0.6, 0, 0.25], OUTWARD, -BRIDGE_RADIUS_M);

/** The instrument for plant tests: right angles everywhere, hair 120 mm in front of the flange along its x. */
export function celloInFront(dh: DhParameters = NOMINAL_UR5E): Instrument {
  const names: StringName[] = ["C", "G", "D", "A"];
  const strings = Object.fromEntries(names.map((name) => [name, stringLine(name)]));
  const instrument: Instrument = {
    name: "cello in front of the arm",
    dh,
    tcp_F: [0.3, 0, 0.12, 0, 0, 0],
    payload: { massKg: 0.26, centre_F_m: [0.05, -0.008, 0.024] },
    hair: {
      frog_F_m: [0.03, 0, 0.12],
      axis_F: [1, 0, 0],
      towardString_F: [0, 0, 1],
      lengthM: HAIR_LENGTH_M,
    },
    strings: strings as Record<StringName, StringLine>,
    X_BC: pose("B", "C", [0.6, 0, 0.25], fromColumns(A_TO_C, NUTWARD, OUTWARD)),
    parked_rad: [0, -1.5, 1.5, -1.5, -1.5, 0],
  };
  return {
    ...instrument,
    parked_rad: bowOn(instrument, { place: 0, bowM: 0.3, contactM: 0.07, depthM: -0.1 }),
  };
}

const LEVEL = { inclination_rad: 0, tilt_rad: 0, skew_rad: 0 };

function stringLine(name: StringName): StringLine {
  const outward_B = outwardAt(PLACE[name]);
  return {
    name,
    bridge_B_m: addScaled(CIRCLE_CENTRE, outward_B, BRIDGE_RADIUS_M),
    axis_B: NUTWARD,
    lengthM: STRING_LENGTH_M,
    across_B: A_TO_C,
    window: { centre_rad: PLACE[name] * STRING_STEP_RAD, half_rad: STRING_STEP_RAD / 2 },
    outward_B,
    frog: { bowM: 0, hold: LEVEL },
    tip: { bowM: HAIR_LENGTH_M, hold: LEVEL },
    playable: { fromM: 0, toM: HAIR_LENGTH_M },
    ease: { fromM: 0, stepM: HAIR_LENGTH_M, roll: [1, 1], bow: [2, 2] },
    physics: CELLO_STRINGS[name],
  };
}

const outwardAt = (place: number): Vec3 => {
  const angle = place * STRING_STEP_RAD;
  return addScaled(scale(OUTWARD, Math.cos(angle)), A_TO_C, Math.sin(angle));
};

export interface BowPlace {
  /** On the bridge circle in steps of one string: −1.5 A, −0.5 D, 0.5 G, 1.5 C; 0 is the double stop D and G. */
  readonly place: number;
  readonly bowM: number;
  readonly contactM: number;
  /** How far the hair is pressed in from the string (or from both, on a double stop); negative is lifted. */
  readonly depthM: number;
}

/** Joints that hold the hair square to the strings, tangent to the bridge circle at `place`. */
export function bowOn(instrument: Instrument, at: BowPlace, seed?: Joints): Joints {
  const outward = outwardAt(at.place);
  const R: Mat3 = fromColumns(cross(NUTWARD, scale(outward, -1)), NUTWARD, scale(outward, -1));
  const halfStep = at.place === Math.trunc(at.place) ? STRING_STEP_RAD / 2 : 0;
  const heightM = BRIDGE_RADIUS_M * Math.cos(halfStep) - at.depthM;
  const contact = addScaled(addScaled(CIRCLE_CENTRE, outward, heightM), NUTWARD, at.contactM);
  const hairPoint_F_m = addScaled(instrument.hair.frog_F_m, instrument.hair.axis_F, at.bowM);
  const X_BF = pose("B", "F", sub(contact, rotate(R, hairPoint_F_m)), R);
  const found = seed ? refine(instrument.dh, X_BF, seed) : inverseKinematics(instrument.dh, X_BF)[0];
  if (found === undefined) throw new Error(`the fixture's pose cannot be reached: ${JSON.stringify(at)}`);
  return found;
}
