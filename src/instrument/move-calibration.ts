import { CellistError } from "../errors.ts";
import { refine } from "../kinematics/inverse.ts";
import type { Joints } from "../math/joints.ts";
import { compose, fromUrPose, toUrPose, transformPoint, type Pose, type UrPose } from "../math/pose.ts";
import type { Vec3 } from "../math/vec.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { Calibration, TaughtPose } from "./calibration.ts";
import { dhOf, taughtFlange } from "./load.ts";

/**
 * The calibration of the same cello after it was moved: strings and taught poses carried along, joints solved anew.
 *
 * @param X_BB a point of the old cello becomes X · point
 * @throws CellistError `calibration-invalid` where the arm can no longer reach a taught pose
 */
export function moveCalibration(calibration: Calibration, X_BB: Pose<"B", "B">): Calibration {
  const dh = dhOf(calibration);
  const tcp_F = calibration.tcp_in_flange as unknown as UrPose;
  const point = (p: readonly number[]): number[] =>
    transformPoint(X_BB, p as unknown as Vec3).map((v) => Math.round(v * 1e7) / 1e7);
  const moved = (taught: TaughtPose, what: string): TaughtPose => {
    const X_BT = compose(X_BB, fromUrPose("B", "T", taught.p as unknown as UrPose));
    const p = [...toUrPose(X_BT)];
    const q = refine(dh, taughtFlange(p, tcp_F), taught.q as unknown as Joints);
    if (!q)
      throw new CellistError(
        "calibration-invalid",
        `calibration "${calibration.name}": after the correction the arm cannot reach ${what}; calibrate anew`,
      );
    return { p, q: [...q] };
  };
  const each = <T>(make: (name: (typeof STRING_NAMES)[number]) => T) =>
    Object.fromEntries(STRING_NAMES.map((name) => [name, make(name)])) as Record<"C" | "G" | "D" | "A", T>;
  return {
    ...calibration,
    strings: each((name) => ({
      bridge_B_m: point(calibration.strings[name].bridge_B_m),
      nut_B_m: point(calibration.strings[name].nut_B_m),
    })),
    taught: each((name) => ({
      frog: moved(calibration.taught[name].frog, `the frog of the ${name} string`),
      tip: moved(calibration.taught[name].tip, `the tip of the ${name} string`),
    })),
    extra: calibration.extra.map((extra, i) => ({ ...extra, ...moved(extra, `extra point ${i + 1}`) })),
  };
}
