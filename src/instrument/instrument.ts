import type { DhParameters } from "../kinematics/dh.ts";
import type { Joints } from "../math/joints.ts";
import type { Pose, UrPose } from "../math/pose.ts";
import type { Vec3 } from "../math/vec.ts";
import type { StringName } from "../score/score.ts";
import type { BowHold } from "./bow-hold.ts";
import type { StringWindow } from "./string-window.ts";
import type { BowedString } from "./strings.ts";

/** A cello, a bow and an arm as they stand in one room: a loaded and checked calibration. */
export interface Instrument {
  readonly name: string;
  /** Factory kinematics of this very arm. */
  readonly dh: DhParameters;
  /** TCP in the flange as set on the controller, p[x,y,z,rx,ry,rz]. */
  readonly tcp_F: UrPose;
  readonly payload: { readonly massKg: number; readonly centre_F_m: Vec3 };
  readonly hair: HairLine;
  readonly strings: Readonly<Record<StringName, StringLine>>;
  /** Cello frame: origin on the bridge midway between G and D; x from C to A, y from bridge to nut, z outwards. */
  readonly X_BC: Pose<"B", "C">;
  /** Where the arm waits, clear of everything. */
  readonly parked_rad: Joints;
}

/** The bow hair as a line fixed to the flange. */
export interface HairLine {
  /** Hair at the frog: bow position 0 [m]. */
  readonly frog_F_m: Vec3;
  /** Unit, from frog to tip. */
  readonly axis_F: Vec3;
  /** Unit, square to `axis_F`, from the stick through the hair to the string. */
  readonly towardString_F: Vec3;
  /** Playable hair from frog to tip [m]. */
  readonly lengthM: number;
  /** More must not be pressed in this cell, whatever the music asks for [N]; the arm would come too near the cello. */
  readonly heaviestN?: number;
}

/** One string in the robot base frame, and how the bow is held on it. */
export interface StringLine {
  readonly name: StringName;
  /** Where the string crosses the bridge [m]. */
  readonly bridge_B_m: Vec3;
  /** Unit, from bridge to nut. */
  readonly axis_B: Vec3;
  /** Sounding length of the open string [m]. */
  readonly lengthM: number;
  /** Unit, square to `axis_B`, along the line across the strings from C to A. */
  readonly across_B: Vec3;
  /** Where the bow lies on this string alone. */
  readonly window: StringWindow;
  /** Unit, square to `axis_B` and to a bow in the middle of the window, away from the cello: the bow presses along its opposite. */
  readonly outward_B: Vec3;
  /** Bow positions of the two taught poses, and how the bow was held there. */
  readonly frog: { readonly bowM: number; readonly hold: BowHold };
  readonly tip: { readonly bowM: number; readonly hold: BowHold };
  /** The part of the taught stroke in which the arm follows the bow easily, from the frog [m]. */
  readonly playable: { readonly fromM: number; readonly toM: number };
  /** How the arm follows the bow along the taught stroke. */
  readonly ease: ArmEase;
  readonly physics: BowedString;
}

/** How far the fastest joint turns, with the best tilt, at even steps of the bow from the frog pose. */
export interface ArmEase {
  readonly fromM: number;
  readonly stepM: number;
  /** Per turn of the bow about the string [-]. */
  readonly roll: readonly number[];
  /** Per metre of bow [rad/m]. */
  readonly bow: readonly number[];
}
