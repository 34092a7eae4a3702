import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { transformPoint } from "../math/pose.ts";
import { add, addScaled, dot, scale, sub, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { Calibration } from "./calibration.ts";
import type { Instrument } from "./instrument.ts";
import { taughtFlange } from "./load.ts";
import { touchAt } from "./touch.ts";

/** The plane in which the bow was moved on one string, from the taught poses alone, base frame. */
export interface StrokePlane {
  /** Unit, away from the cello. */
  readonly normal_B: Vec3;
  /** How far the taught hair lies beside it, root mean square [m]. */
  readonly rmsM: number;
  /** From the fitted cello's own plane, string and bow in the middle of its window [rad]. */
  readonly offModel_rad: number;
}

/** Hair laid on the string at places less far apart along it tells no plane [m]. @assumed twice the hair's width */
const LEAST_APART_M = 0.02;
/** Half of a hair's middle part that counts: its ends are no better known [m]. @assumed */
const HALF_HAIR_M = 0.15;

/**
 * Plane through the hair as it was held on a string, by least squares, for every string that was taught at two or more
 * contact points: corners alone are nearly one line.
 */
export function strokePlanes(
  calibration: Calibration,
  instrument: Instrument,
): Partial<Record<StringName, StrokePlane>> {
  const planes = STRING_NAMES.flatMap((name): [StringName, StrokePlane][] => {
    const { frog, tip } = calibration.taught[name];
    const poses = [frog, tip, ...calibration.extra.filter((point) => point.string === name)];
    const plane = planeOf(poses, instrument, name);
    return plane ? [[name, plane]] : [];
  });
  return Object.fromEntries(planes);
}

function planeOf(
  poses: readonly { readonly p: readonly number[] }[],
  { hair, strings, tcp_F }: Instrument,
  name: StringName,
): StrokePlane | undefined {
  const line = strings[name];
  const held = poses.map(({ p }) => {
    const X_BF = taughtFlange(p, tcp_F);
    const { bowM, contactM } = touchAt(X_BF, hair, line);
    const at = (alongM: number): Vec3 => transformPoint(X_BF, addScaled(hair.frog_F_m, hair.axis_F, alongM));
    return { contactM, points: [at(bowM - HALF_HAIR_M), at(bowM + HALF_HAIR_M)] };
  });
  const contacts = held.map(({ contactM }) => contactM);
  if (Math.max(...contacts) - Math.min(...contacts) < LEAST_APART_M) return undefined;
  const points = held.flatMap((h) => h.points);
  const middle = scale(points.reduce(add), 1 / points.length);
  const normal = flattest(points.map((p) => sub(p, middle)));
  const normal_B = dot(normal, line.outward_B) < 0 ? scale(normal, -1) : normal;
  const rmsM = Math.sqrt(
    points.reduce((sum, p) => sum + dot(sub(p, middle), normal_B) ** 2, 0) / points.length,
  );
  return { normal_B, rmsM, offModel_rad: Math.acos(Math.min(1, dot(normal_B, line.outward_B))) };
}

/** Unit vector along which points spread least. */
function flattest(points: readonly Vec3[]): Vec3 {
  const P = new Matrix(points.map((p) => [...p]));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(P.transpose().mmul(P), {
    assumeSymmetric: true,
  });
  const least = realEigenvalues.indexOf(Math.min(...realEigenvalues));
  return eigenvectorMatrix.getColumn(least) as unknown as Vec3;
}
