import { parse } from "yaml";
import * as z from "zod";
import { CellistError } from "../errors.ts";
import { STRING_NAMES } from "../score/score.ts";

const six = z.array(z.number()).length(6);
const three = z.array(z.number()).length(3);
const taughtPose = z.strictObject({ p: six, q: six });
/** One more place at which the hair lies on a string; what a ruler says of it, where one was held to it. */
const extraPoint = z.strictObject({
  string: z.enum(STRING_NAMES),
  ...taughtPose.shape,
  from_bridge_m: z.number().min(0).max(0.5).optional(),
  hair_m: z.number().min(0).max(0.8).optional(),
});
const taughtString = z.strictObject({ frog: taughtPose, tip: taughtPose });
const stringEnds = z.strictObject({ bridge_B_m: three, nut_B_m: three });
const perString = <T extends z.ZodType>(what: T) => z.strictObject({ C: what, G: what, D: what, A: what });

/** A calibration file: one arm, one bow, one cello, one place. Base frame, metres and radians. */
const CalibrationFile = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1),
  origin: z.string().min(1),
  /** Counts up with every calibration of the same cell. */
  revision: z.int().min(1).default(1),
  /** When it was taken [ISO 8601]. */
  taken_at: z.iso.datetime().optional(),
  arm: z.strictObject({
    model: z.literal("UR5e"),
    kinematics: z.strictObject({ delta_theta_rad: six, a_m: six, d_m: six, alpha_rad: six }),
  }),
  tcp_in_flange: six,
  payload: z.strictObject({ mass_kg: z.number().min(0).max(5), center_of_gravity_m: three }),
  hair: z.strictObject({
    frog_F_m: three,
    axis_F: three,
    length_m: z.number().positive(),
    heaviest_N: z.number().min(0.3).max(5).optional(),
  }),
  strings: perString(stringEnds),
  taught: perString(taughtString),
  extra: z.array(extraPoint).max(100).default([]),
  parked_q_rad: six,
});
export type Calibration = z.infer<typeof CalibrationFile>;
export type TaughtPose = z.infer<typeof taughtPose>;
export type ExtraPoint = z.infer<typeof extraPoint>;

/**
 * Reads the text of a calibration file.
 *
 * @throws CellistError `calibration-invalid`: not YAML, a field missing, unknown or of the wrong length
 */
export function parseCalibration(text: string, path: string): Calibration {
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    throw new CellistError(
      "calibration-invalid",
      `${path} is not YAML: ${firstLine(cause)}`,
      { path },
      cause,
    );
  }
  const parsed = CalibrationFile.safeParse(document);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.join(".") || "the file";
  throw new CellistError("calibration-invalid", `${path}: ${where}: ${issue.message}`, { path, where });
}

const firstLine = (cause: unknown): string => String((cause as Error).message).split("\n")[0]!;
