import { leastSquares } from "../math/least-squares.ts";
import { compose, inverse, pose, transformPoint, type Pose } from "../math/pose.ts";
import { fromRotvec, rotate } from "../math/rotation.ts";
import type { Vec3 } from "../math/vec.ts";
import type { StringName } from "../score/score.ts";
import type { Instrument } from "./instrument.ts";
import { touchAt } from "./touch.ts";

/** A bow that has just come to touch a string: where the flange was then. */
export interface TouchDown {
  readonly string: StringName;
  readonly X_BF: Pose<"B", "F">;
}

/** How a cello has moved since it was calibrated, cello frame. What hair laid on strings cannot tell is taken for nothing. */
export interface Drift {
  /** Across the strings, from C to A, and away from the body [m]. */
  readonly acrossM: number;
  readonly outwardM: number;
  /** About the strings, and raising the nut [rad]. */
  readonly roll_rad: number;
  readonly pitch_rad: number;
  /** Per touch, in the order given: the string found beyond (< 0) or before (> 0) the calibrated one, and what the move leaves [m]. */
  readonly foundM: readonly number[];
  readonly leftM: readonly number[];
  /** Root mean square of `leftM` [m]. */
  readonly rmsM: number;
  /** The same as a motion of the robot's base frame: a point of the old cello becomes X · point. */
  readonly X_BB: Pose<"B", "B">;
}

/**
 * What is thought of a drift before anything is measured, and of one touch: standard deviations.
 *
 * @assumed somebody bumped into the stand; a touch is found to a tenth of a millimetre
 */
const SPREAD = { moveM: 0.004, turn_rad: (1.5 * Math.PI) / 180, touchM: 0.0001 };

/**
 * Finds the rigid motion of the cello that explains where the hair met its strings.
 *
 * A slide along the strings and a turn about the normal of the bridge leave every touch as it is: both are taken for zero.
 *
 * @param touches on every string, at two contact points and at two inclinations, else one more way stays open
 */
export function fitDrift(instrument: Instrument, touches: readonly TouchDown[]): Drift {
  const residuals = (p: readonly number[]): number[] => {
    const gaps = gapsUnder(instrument, touches, motionOf(instrument, p));
    const prior = [
      p[0]! / SPREAD.moveM,
      p[1]! / SPREAD.moveM,
      p[2]! / SPREAD.turn_rad,
      p[3]! / SPREAD.turn_rad,
    ];
    return [...gaps.map((gap) => gap / SPREAD.touchM), ...prior];
  };
  const { parameters: p } = leastSquares(residuals, [0, 0, 0, 0], { step: [1e-6, 1e-6, 1e-6, 1e-6] });
  const X_BB = motionOf(instrument, p);
  const foundM = gapsUnder(instrument, touches, pose("B", "B", [0, 0, 0])).map((gap) => -gap);
  const leftM = gapsUnder(instrument, touches, X_BB).map((gap) => -gap);
  const rmsM = Math.sqrt(leftM.reduce((sum, v) => sum + v * v, 0) / leftM.length);
  return { acrossM: p[0]!, outwardM: p[1]!, roll_rad: p[2]!, pitch_rad: p[3]!, foundM, leftM, rmsM, X_BB };
}

/** The motion of a cello by its four numbers. */
function motionOf({ X_BC }: Instrument, [across, outward, roll, pitch]: readonly number[]): Pose<"B", "B"> {
  const moved = pose("C", "C", [across!, 0, outward!], fromRotvec([pitch!, roll!, 0]));
  return compose(compose(X_BC, moved), inverse(X_BC));
}

/** Per touch: hair beyond the moved string [m]. */
function gapsUnder(
  { hair, strings }: Instrument,
  touches: readonly TouchDown[],
  X_BB: Pose<"B", "B">,
): number[] {
  const turned = (v: Vec3): Vec3 => rotate(X_BB.R, v);
  return touches.map(({ string, X_BF }) => {
    const { bridge_B_m, axis_B, outward_B } = strings[string];
    const line = {
      bridge_B_m: transformPoint(X_BB, bridge_B_m),
      axis_B: turned(axis_B),
      outward_B: turned(outward_B),
    };
    return touchAt(X_BF, hair, line).pressedM;
  });
}
