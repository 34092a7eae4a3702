import { CellistError } from "../errors.ts";
import type { Calibration, TaughtPose } from "../instrument/calibration.ts";
import { dhOf } from "../instrument/load.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import type { Joints } from "../math/joints.ts";
import { compose, fromUrPose, toUrPose, type UrPose } from "../math/pose.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { makeCalibration, type CalibrationTitle, type MadeCalibration } from "./make-calibration.ts";
import { misplaced, type PlacedPose } from "./misplaced.ts";
import { meanOfStill, rounded } from "./standing-pose.ts";

/** Corners of the strokes, taught in any order to somebody who only reads the arm, until they become a calibration. */
export class TaughtCorners {
  readonly #start: Calibration;
  readonly #taken = new Map<string, PlacedPose>();

  /** @param start what is known of arm, bow and tool; poses that are not taught anew stay */
  constructor(start: Calibration) {
    this.#start = start;
  }

  /**
   * Takes down where the arm stands, in the place of an earlier one of the same name. The tool's place follows from joints and factory
   * kinematics, whatever tool the controller has at the moment.
   *
   * @param joints_rad of states one after the other, as the arm was held
   * @returns what was taken down, for people
   * @throws CellistError `calibration-invalid`: no such string or end, or too near to another; `robot-not-ready`: the arm moves
   */
  take(string: string, end: string, joints_rad: readonly (readonly number[])[]): string {
    if (!isString(string) || (end !== "frog" && end !== "tip"))
      throw new CellistError(
        "calibration-invalid",
        `"${string}" "${end}" is no end of the bow on a string: C, G, D or A, frog or tip`,
      );
    const mean = meanOfStill(joints_rad);
    if (!mean.ok) throw new CellistError("robot-not-ready", mean.why);
    const tcp_F = this.#start.tcp_in_flange;
    const X_FT = fromUrPose("F", "T", tcp_F as unknown as UrPose);
    const X_BT = compose(forwardKinematics(dhOf(this.#start), mean.value as unknown as Joints), X_FT);
    const pose: TaughtPose = { p: toUrPose(X_BT).map(rounded), q: mean.value.map(rounded) };
    const place = { kind: "corner", string, end } as const;
    const key = `${string} ${end}`;
    const others = [...this.#taken].filter(([other]) => other !== key).map(([, placed]) => placed);
    const wrong = misplaced(place, pose, others, tcp_F);
    if (wrong !== undefined)
      throw new CellistError(
        "calibration-invalid",
        `${key}: ${wrong}; move the bow, or teach that one anew if it was wrong`,
      );
    this.#taken.set(key, { place, pose });
    const mm = pose.p.slice(0, 3).map((metres) => (1e3 * metres).toFixed(1));
    return `${key}: tool at ${mm.join(", ")} mm; ${this.#taken.size} of 8 poses taught`;
  }

  /** Fits hair and strings. @throws CellistError as `makeCalibration`; `calibration-invalid` for nothing taught */
  make(title: CalibrationTitle): MadeCalibration {
    if (this.#taken.size === 0)
      throw new CellistError(
        "calibration-invalid",
        "nothing was taught yet: hold the bow on a string and call ~/teach",
      );
    const { taught, extra = [], parked_q_rad } = this.#start;
    const corner = (string: StringName, end: "frog" | "tip"): TaughtPose =>
      this.#taken.get(`${string} ${end}`)?.pose ?? taught[string][end];
    const ends = (string: StringName) => ({ frog: corner(string, "frog"), tip: corner(string, "tip") });
    const corners = { C: ends("C"), G: ends("G"), D: ends("D"), A: ends("A") };
    return makeCalibration(this.#start, dhOf(this.#start), { taught: corners, extra, parked_q_rad }, title);
  }
}

const isString = (name: string): name is StringName => (STRING_NAMES as readonly string[]).includes(name);
