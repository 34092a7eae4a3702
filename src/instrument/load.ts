import type { DhParameters } from "../kinematics/dh.ts";
import type { Joints } from "../math/joints.ts";
import { compose, fromUrPose, inverse, type Pose, type UrPose } from "../math/pose.ts";
import { fromColumns, rotate, rotateInverse, slerp, type Mat3 } from "../math/rotation.ts";
import { add, addScaled, cross, dot, lerp, norm, scale, sub, unit, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { Calibration } from "./calibration.ts";
import type { HairLine, Instrument, StringLine } from "./instrument.ts";
import { playableBow } from "./playable-bow.ts";
import { bowPositionAt } from "./touch.ts";
import { CELLO_STRINGS } from "./strings.ts";

/** The instrument a calibration describes. Check it with `checkCalibration` before an arm moves by it. */
export function instrumentOf(calibration: Calibration): Instrument {
  const tcp_F = calibration.tcp_in_flange as unknown as UrPose;
  const axis_F = unit(calibration.hair.axis_F as unknown as Vec3);
  const bare = {
    frog_F_m: calibration.hair.frog_F_m as unknown as Vec3,
    axis_F,
    lengthM: calibration.hair.length_m,
  };
  const lines = STRING_NAMES.map((name) => stringLine(calibration, name, tcp_F, bare));
  const outwards = facingOutwards(lines);
  const dh = dhOf(calibration);
  const strings = Object.fromEntries(
    lines.map((line, i): [StringName, StringLine] => {
      const seed = calibration.taught[line.name].frog.q as unknown as Joints;
      return [line.name, { ...line, outward_B: outwards[i]!, playable: playableBow(dh, bare, line, seed) }];
    }),
  ) as unknown as Record<StringName, StringLine>;
  const pressing = STRING_NAMES.map((s) => rotateInverse(midRotation(strings[s]), strings[s].outward_B));
  const hair: HairLine = { ...bare, towardString_F: square(scale(pressing.reduce(add), -1), axis_F) };
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
    X_BC: celloFrame(strings),
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

type Bare = Omit<HairLine, "towardString_F">;

function stringLine(
  calibration: Calibration,
  name: StringName,
  tcp_F: UrPose,
  hair: Bare,
): Omit<StringLine, "playable"> {
  const bridge_B_m = calibration.strings[name].bridge_B_m as unknown as Vec3;
  const along = sub(calibration.strings[name].nut_B_m as unknown as Vec3, bridge_B_m);
  const axis_B = unit(along);
  const held = (end: "frog" | "tip") => {
    const X_BF = taughtFlange(calibration.taught[name][end].p, tcp_F);
    return { bowM: bowPositionAt(X_BF, hair, { bridge_B_m, axis_B }), R_BF: X_BF.R };
  };
  const [frog, tip] = [held("frog"), held("tip")];
  const bow_B = rotate(slerp(frog.R_BF, tip.R_BF, 0.5), hair.axis_F);
  const outward_B = unit(cross(bow_B, axis_B));
  return {
    name,
    bridge_B_m,
    axis_B,
    lengthM: norm(along),
    outward_B,
    frog,
    tip,
    physics: CELLO_STRINGS[name],
  };
}

/** The bridge is convex: the middle strings stand out from the line between the outer ones. */
function facingOutwards<L extends Pick<StringLine, "bridge_B_m" | "outward_B">>(
  lines: readonly L[],
): readonly Vec3[] {
  const [C, G, D, A] = lines as unknown as [L, L, L, L];
  const bulge = sub(lerp(G.bridge_B_m, D.bridge_B_m, 0.5), lerp(C.bridge_B_m, A.bridge_B_m, 0.5));
  return lines.map((line) => (dot(line.outward_B, bulge) < 0 ? scale(line.outward_B, -1) : line.outward_B));
}

/** Flange orientation half-way along the string's taught stroke. */
export const midRotation = (line: Pick<StringLine, "frog" | "tip">): Mat3 =>
  slerp(line.frog.R_BF, line.tip.R_BF, 0.5);

/** Seen from the front, C is left and A right: a right-handed frame. A mirrored cello shows as z against `outward_B`. */
function celloFrame(strings: Readonly<Record<StringName, StringLine>>): Pose<"B", "C"> {
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
