import type { Pose } from "../math/pose.ts";
import { rotate } from "../math/rotation.ts";
import { addScaled, sub } from "../math/vec.ts";
import { holdRotation } from "./bow-hold.ts";
import type { HairLine, StringLine } from "./instrument.ts";

/** Where a bow lies on a string, or over it. */
export interface BowPlace {
  /** Hair at the string, from the frog [m]. */
  readonly bowM: number;
  /** From the bridge [m]. */
  readonly contactM: number;
  /** Turn about the string from the middle of its window, as `BowHold.inclination_rad` [rad]. */
  readonly lean_rad?: number;
  /** Turn about the hair beyond the taught one [rad]. */
  readonly tilt_rad?: number;
  /** Hair off the string; negative: pressed in [m]. */
  readonly heightM?: number;
}

type Line = Pick<StringLine, "axis_B" | "across_B" | "bridge_B_m" | "window" | "outward_B" | "frog" | "tip">;

/** Flange of a bow that lies square on a string, tilted as it was taught there. */
export function bowOnString(hair: HairLine, line: Line, place: BowPlace): Pose<"B", "F"> {
  const { bowM, contactM, lean_rad = 0, tilt_rad = 0, heightM = 0 } = place;
  const { frog, tip, window } = line;
  const share = (bowM - frog.bowM) / (tip.bowM - frog.bowM);
  const taught_rad = frog.hold.tilt_rad + share * (tip.hold.tilt_rad - frog.hold.tilt_rad);
  const R = holdRotation(line, hair, {
    inclination_rad: window.centre_rad + lean_rad,
    tilt_rad: taught_rad + tilt_rad,
    skew_rad: 0,
  });
  const contact = addScaled(addScaled(line.bridge_B_m, line.axis_B, contactM), line.outward_B, heightM);
  return { from: "B", to: "F", p_m: sub(contact, rotate(R, addScaled(hair.frog_F_m, hair.axis_F, bowM))), R };
}
