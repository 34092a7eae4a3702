import * as z from "zod";
import { CellistError } from "../errors.ts";
import { isSameKinematics } from "../instrument/compare-calibrations.ts";
import type { DhParameters } from "../kinematics/dh.ts";
import type { Joints } from "../math/joints.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { Taken } from "./taught-places.ts";

/** What taught places belong to: on another arm, with another tool or after another calibration they mean nothing. */
export interface TaughtCell {
  readonly cell: string;
  /** Of the calibration that is to be made of them. */
  readonly revision: number;
  readonly dh: DhParameters;
  readonly tcp_F: readonly number[];
}

/** Places of a teaching that was not finished. */
export interface KeptPlaces {
  readonly keptAt: Date;
  readonly taken: readonly Taken[];
}

const six = z.array(z.number()).length(6);
const string = z.enum(STRING_NAMES);
const place = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("corner"), string, end: z.enum(["frog", "tip"]) }),
  z.strictObject({ kind: z.literal("extra"), string, number: z.int().min(1), farUp: z.boolean() }),
  z.strictObject({ kind: z.literal("parked") }),
]);
const KeptFile = z.strictObject({
  what: z.string(),
  version: z.literal(1),
  kept_at: z.iso.datetime(),
  cell: z.string(),
  revision: z.int().min(1),
  kinematics: z.strictObject({ thetaOffset_rad: six, a_m: six, d_m: six, alpha_rad: six }),
  tcp_in_flange: six,
  taken: z.array(
    z.strictObject({
      place,
      pose: z.strictObject({ p: six, q: six }),
      ruler: z.strictObject({
        from_bridge_m: z.number().exactOptional(),
        hair_m: z.number().exactOptional(),
      }),
    }),
  ),
});

/** Where places are kept until the calibration at `path` is made of them. */
export const keptPlacesPath = (path: string): string => `${path.replace(/\.ya?ml$/i, "")}.taught.json`;

/** Places as a file keeps them. */
export function keptPlacesText(
  { cell, revision, dh, tcp_F }: TaughtCell,
  { keptAt, taken }: KeptPlaces,
): string {
  const file: z.infer<typeof KeptFile> = {
    what: "places of a teaching that was not finished; the same `cellist calibrate teach` goes on from here",
    version: 1,
    kept_at: keptAt.toISOString(),
    cell,
    revision,
    kinematics: {
      thetaOffset_rad: [...dh.thetaOffset_rad],
      a_m: [...dh.a_m],
      d_m: [...dh.d_m],
      alpha_rad: [...dh.alpha_rad],
    },
    tcp_in_flange: [...tcp_F],
    taken: [...taken],
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

/**
 * Reads what was kept, for the teaching that is to go on.
 *
 * @param path how the file is called in refusals
 * @throws CellistError `calibration-invalid` where it is no such file, or belongs to another arm, cell, tool or revision
 */
export function parseKeptPlaces(text: string, path: string, of: TaughtCell): KeptPlaces {
  const file = KeptFile.safeParse(jsonValue(text));
  if (!file.success)
    throw unusable(path, "is no file of taught places that were kept, or of another version");
  const { kept_at, cell, revision, kinematics, tcp_in_flange, taken } = file.data;
  const dh = {
    thetaOffset_rad: kinematics.thetaOffset_rad as unknown as Joints,
    a_m: kinematics.a_m as unknown as Joints,
    d_m: kinematics.d_m as unknown as Joints,
    alpha_rad: kinematics.alpha_rad as unknown as Joints,
  };
  if (!isSameKinematics(dh, of.dh)) throw unusable(path, "holds places that were taught on another arm");
  if (cell !== of.cell) throw unusable(path, `holds places of the cell "${cell}", not of "${of.cell}"`);
  if (tcp_in_flange.some((v, i) => v !== of.tcp_F[i]))
    throw unusable(path, "holds places that were taught with another TCP");
  if (revision !== of.revision)
    throw unusable(
      path,
      `holds places for revision ${revision}, but revision ${of.revision} is to be made now`,
    );
  return { keptAt: new Date(kept_at), taken };
}

const unusable = (path: string, why: string): CellistError =>
  new CellistError("calibration-invalid", `${path} ${why}; move it away to begin anew`, { path });

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
