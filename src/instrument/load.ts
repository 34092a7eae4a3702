import type { DhParameters } from "../kinematics/dh.ts";
import type { Joints } from "../math/joints.ts";
import { compose, fromUrPose, inverse, type Pose, type UrPose } from "../math/pose.ts";
import { column, fromColumns, rotate, rotateInverse } from "../math/rotation.ts";
import { add, addScaled, cross, dot, lerp, norm, sub, unit, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { hairDirection, holdOf } from "./bow-hold.ts";
import type { Calibration } from "./calibration.ts";
import type { HairLine, Instrument, StringLine } from "./instrument.ts";
import { bowReach } from "./bow-reach.ts";
import { stringWindows } from "./string-window.ts";
import { bowPositionAt } from "./touch.ts";
import { CELLO_STRINGS } from "./strings.ts";

/** Contact point at which the strings' windows are taken, from the bridge [m]. @assumed the middle of the playing range */
const CONTACT_M = 0.085;

/** The instrument a calibration describes. Check it with `checkCalibration` before an arm moves by it. */
export function instrumentOf(calibration: Calibration): Instrument {
  const tcp_F = calibration.tcp_in_flange as unknown as UrPose;
  const bare = Object.fromEntries(
    STRING_NAMES.map((name) => [name, stretchedString(calibration, name)]),
  ) as Record<StringName, StretchedString>;
  const X_BC = celloFrame(bare);
  const hair = hairLine(calibration, bare, tcp_F);
  const dh = dhOf(calibration);
  const windows = stringWindows(eachFramed(bare, X_BC), CONTACT_M);
  const strings = Object.fromEntries(
    STRING_NAMES.map((name): [StringName, StringLine] => {
      const across_B = square(column(X_BC.R, 0), bare[name].axis_B);
      const framed = { ...bare[name], across_B, window: windows[name] };
      const u = hairDirection(framed, { inclination_rad: windows[name].centre_rad, skew_rad: 0 });
      const held = (end: "frog" | "tip") => {
        const X_BF = taughtFlange(calibration.taught[name][end].p, tcp_F);
        return { bowM: bowPositionAt(X_BF, hair, framed), hold: holdOf(framed, hair, X_BF.R) };
      };
      const line = {
        ...framed,
        outward_B: cross(u, framed.axis_B),
        frog: held("frog"),
        tip: held("tip"),
        physics: CELLO_STRINGS[name],
      };
      const seed = calibration.taught[name].frog.q as unknown as Joints;
      return [name, { ...line, ...bowReach(dh, hair, line, seed) }];
    }),
  ) as unknown as Record<StringName, StringLine>;
  return {
    name: calibration.name,
    dh,
    tcp_F,
    payload: {
      massKg: calibration.payload.mass_kg,
      centre_F_m: calibration.payload.center_of_gravity_m as unknown as Vec3,
    },
    hair,
    strings,
    X_BC,
    parked_rad: calibration.parked_q_rad as unknown as Joints,
  };
}

/** DH parameters of the calibrated arm. */
export const dhOf = ({ arm: { kinematics: k } }: Calibration): DhParameters => ({
  thetaOffset_rad: k.delta_theta_rad as unknown as Joints,
  a_m: k.a_m as unknown as Joints,
  d_m: k.d_m as unknown as Joints,
  alpha_rad: k.alpha_rad as unknown as Joints,
});

/** Flange pose of a taught TCP pose. */
export const taughtFlange = (p: readonly number[], tcp_F: UrPose): Pose<"B", "F"> =>
  compose(fromUrPose("B", "T", p as unknown as UrPose), inverse(fromUrPose("F", "T", tcp_F)));

/** A string as it is stretched over the bridge, before bow and cello are known. */
type StretchedString = Pick<StringLine, "name" | "bridge_B_m" | "axis_B" | "lengthM">;

function stretchedString(calibration: Calibration, name: StringName): StretchedString {
  const bridge_B_m = calibration.strings[name].bridge_B_m as unknown as Vec3;
  const along = sub(calibration.strings[name].nut_B_m as unknown as Vec3, bridge_B_m);
  return { name, bridge_B_m, axis_B: unit(along), lengthM: norm(along) };
}

const eachFramed = (strings: Readonly<Record<StringName, StretchedString>>, X_BC: Pose<"B", "C">) =>
  Object.fromEntries(
    STRING_NAMES.map((name) => [
      name,
      { ...strings[name], across_B: square(column(X_BC.R, 0), strings[name].axis_B) },
    ]),
  ) as Record<StringName, StretchedString & Pick<StringLine, "across_B">>;

/** The hair, facing the strings the way the taught poses do in the mean: that is tilt 0. */
function hairLine(
  { hair, taught }: Calibration,
  strings: Readonly<Record<StringName, StretchedString>>,
  tcp_F: UrPose,
): HairLine {
  const axis_F = unit(hair.axis_F as unknown as Vec3);
  const pressing = STRING_NAMES.flatMap((name) =>
    (["frog", "tip"] as const).map((end) => {
      const { R } = taughtFlange(taught[name][end].p, tcp_F);
      return rotateInverse(R, unit(cross(strings[name].axis_B, rotate(R, axis_F))));
    }),
  );
  return {
    frog_F_m: hair.frog_F_m as unknown as Vec3,
    axis_F,
    towardString_F: square(pressing.reduce(add), axis_F),
    lengthM: hair.length_m,
    ...(hair.heaviest_N !== undefined && { heaviestN: hair.heaviest_N }),
  };
}

/** Seen from the front, C is left and A right: a right-handed frame. Of a mirrored cello z points into the body. */
function celloFrame(strings: Readonly<Record<StringName, StretchedString>>): Pose<"B", "C"> {
  const { A, D, G, C } = strings;
  const y = unit(STRING_NAMES.map((s) => strings[s].axis_B).reduce(add));
  const x = square(sub(A.bridge_B_m, C.bridge_B_m), y);
  return {
    from: "B",
    to: "C",
    p_m: lerp(D.bridge_B_m, G.bridge_B_m, 0.5),
    R: fromColumns(x, y, cross(x, y)),
  };
}

/** Unit vector along the part of `v` that is square to unit `n`. */
const square = (v: Vec3, n: Vec3): Vec3 => unit(addScaled(v, n, -dot(v, n)));
