import { CellistError } from "../errors.ts";
import type { Calibration } from "../instrument/calibration.ts";
import { dhOf } from "../instrument/load.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import type { Joints } from "../math/joints.ts";
import { compose, fromUrPose, toUrPose, type UrPose } from "../math/pose.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { fitCalibration, type TaughtPose } from "../shelf/fit-calibration.ts";
import type { LoadedInstrument } from "../shelf/load-instrument.ts";

/** How an arm stands. */
export interface HeldArm {
  readonly q_rad: Joints;
  readonly qd_radps: Joints;
}

/** An arm that moves faster is not held still [rad/s]. */
const STILL_RADPS = 0.01;

/** Poses that a person teaches by holding the bow on the strings, until they become a calibration. */
export class Teaching {
  readonly #calibration: Calibration;
  readonly #taught = new Map<string, TaughtPose>();

  /** @param calibration what is known of the arm, bow and tool; poses that are not taught anew stay */
  constructor(calibration: Calibration) {
    this.#calibration = calibration;
  }

  /**
   * Takes down where the arm stands. The tool's place follows from joints and factory kinematics, whatever tool the
   * controller has at the moment.
   *
   * @returns what was taken down, for people
   * @throws CellistError `calibration-invalid`: no such string or end; `robot-not-ready`: the arm moves
   */
  take(string: string, end: string, { q_rad, qd_radps }: HeldArm): string {
    if (!(STRING_NAMES as readonly string[]).includes(string) || (end !== "frog" && end !== "tip"))
      throw new CellistError(
        "calibration-invalid",
        `"${string}" "${end}" is no end of the bow on a string: C, G, D or A, frog or tip`,
      );
    const fastest = Math.max(...qd_radps.map(Math.abs));
    if (fastest > STILL_RADPS)
      throw new CellistError(
        "robot-not-ready",
        `the arm moves at ${fastest.toFixed(3)} rad/s; hold it still (${STILL_RADPS} rad/s)`,
      );
    const X_FT = fromUrPose("F", "T", this.#calibration.tcp_in_flange as unknown as UrPose);
    const p = toUrPose(compose(forwardKinematics(dhOf(this.#calibration), q_rad), X_FT));
    this.#taught.set(`${string} ${end}`, { string: string as StringName, end, p, q_rad });
    const [x, y, z] = p.map((metres) => `${(1e3 * metres).toFixed(1)}`) as [string, string, string];
    return `${string} ${end}: tool at ${x}, ${y}, ${z} mm; ${this.#taught.size} of 8 poses taught`;
  }

  /** Fits hair and strings and writes the file. @throws CellistError as `fitCalibration`; `calibration-invalid` for nothing taught */
  save(base: string, out: string): Promise<LoadedInstrument> {
    if (this.#taught.size === 0)
      throw new CellistError(
        "calibration-invalid",
        "nothing was taught yet: hold the bow on a string and call ~/teach",
      );
    return fitCalibration(base, out, [...this.#taught.values()]);
  }
}
