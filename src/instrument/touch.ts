import { transformPoint, type Pose } from "../math/pose.ts";
import { rotate } from "../math/rotation.ts";
import { dot, sub } from "../math/vec.ts";
import type { HairLine, StringLine } from "./instrument.ts";

/** Where hair line and string line come nearest to each other. */
export interface Touch {
  /** On the hair, from the frog [m]. */
  readonly bowM: number;
  /** On the string, from the bridge [m]. */
  readonly contactM: number;
  /** Angle between bow and string, in (0, π) [rad]. */
  readonly angle_rad: number;
  /** Hair beyond the string, toward the cello [m]; < 0 = off the string. Needs `outward_B`. */
  readonly pressedM: number;
}

type Hair = Pick<HairLine, "frog_F_m" | "axis_F">;

/** How the bow meets a string with the flange at `X_BF`. */
export function touchAt(
  X_BF: Pose<"B", "F">,
  hair: Hair,
  line: Pick<StringLine, "bridge_B_m" | "axis_B" | "outward_B">,
): Touch {
  const frog_B_m = transformPoint(X_BF, hair.frog_F_m);
  const u = rotate(X_BF.R, hair.axis_F);
  const w = sub(line.bridge_B_m, frog_B_m);
  const [ut, uw, tw] = [dot(u, line.axis_B), dot(u, w), dot(line.axis_B, w)];
  const slant = 1 - ut * ut;
  const bowM = (uw - ut * tw) / slant;
  const contactM = (ut * uw - tw) / slant;
  const gap = [0, 1, 2].reduce(
    (sum, i) => sum + (w[i]! + contactM * line.axis_B[i]! - bowM * u[i]!) * line.outward_B[i]!,
    0,
  );
  return { bowM, contactM, angle_rad: Math.acos(Math.max(-1, Math.min(1, ut))), pressedM: gap };
}

/** Bow position where hair and string come nearest [m from the frog]. */
export const bowPositionAt = (
  X_BF: Pose<"B", "F">,
  hair: Hair,
  line: Pick<StringLine, "bridge_B_m" | "axis_B">,
): number => touchAt(X_BF, hair, { ...line, outward_B: [0, 0, 0] }).bowM;
