import type { Calibration } from "../instrument/calibration.ts";
import { calibrationText } from "../instrument/calibration-text.ts";
import { parseCalibration } from "../instrument/calibration.ts";
import { checkCalibration } from "../instrument/check.ts";
import { fitCello } from "../instrument/fit-cello.ts";
import type { DhParameters } from "../kinematics/dh.ts";
import type { TaughtCello } from "./taught-places.ts";

/** What a new calibration is called and when it was taken. */
export interface CalibrationTitle {
  readonly name: string;
  readonly origin: string;
  readonly revision: number;
  readonly takenAt: Date;
}

/** A calibration as it would be stored, and what was made of it. */
export interface MadeCalibration extends ReturnType<typeof checkCalibration> {
  readonly calibration: Calibration;
  readonly text: string;
}

/**
 * Makes a calibration of what was taught: hair and strings fitted, everything checked as a file is when it is read.
 *
 * @param start tool, payload and a first idea of the hair
 * @param source where the poses come from, for people who read the file
 * @throws CellistError `calibration-invalid` when no cello fits, or the result is nonsense
 */
export function makeCalibration(
  start: Calibration,
  dh: DhParameters,
  { taught, extra, parked_q_rad }: TaughtCello,
  title: CalibrationTitle,
  source = "Taught by hand in Freedrive, read over RTDE",
): MadeCalibration {
  const arm = {
    model: "UR5e" as const,
    kinematics: {
      delta_theta_rad: [...dh.thetaOffset_rad],
      a_m: [...dh.a_m],
      d_m: [...dh.d_m],
      alpha_rad: [...dh.alpha_rad],
    },
  };
  const { tcp_in_flange, payload } = start;
  const bare = { tcp_in_flange, payload, taught, extra: [...extra], parked_q_rad: [...parked_q_rad] };
  const { hair, strings } = fitCello({ ...start, ...entitled(title), ...bare });
  return asStored({ ...entitled(title), arm, ...bare, hair, strings }, [
    `${source}; hair and strings fitted (\`cellist calibrate\`).`,
    "Base frame, metres and radians. `cellist calibration show` prints what is left over.",
  ]);
}

/** A calibration under a new title, by keys in the order of the file. */
export const entitled = ({ name, origin, revision, takenAt }: CalibrationTitle) => ({
  version: 1 as const,
  name,
  origin,
  revision,
  taken_at: takenAt.toISOString(),
});

/** What is stored is what was checked: the text is read again. */
export function asStored(calibration: Calibration, heading: readonly string[]): MadeCalibration {
  const text = calibrationText(calibration, heading);
  const read = parseCalibration(text, calibration.name);
  return { calibration: read, text, ...checkCalibration(read) };
}
