import { type ByteReader } from "../connection/byte-reader.ts";

/**
 * Denavit-Hartenberg parameters of an arm, base to wrist 3. With those of the factory calibration, forward kinematics
 * give poses as the controller has them; the nominal ones are about a millimetre off.
 *
 *     X(joint) = Rz(q + θ) · Tz(d) · Tx(a) · Rx(α)
 */
export interface DhParameters {
  /** Added to the joint's angle, θ [rad]. */
  readonly thetaOffset_rad: readonly number[];
  /** [m] */
  readonly a_m: readonly number[];
  /** [m]. Shoulder to wrist 1 turn about nearly parallel axes: their d can be hundreds of metres and cancel out. */
  readonly d_m: readonly number[];
  /** [rad] */
  readonly alpha_rad: readonly number[];
}

/** What a controller says of its arm's kinematics. */
export interface KinematicsParameters extends DhParameters {
  /** One for each joint; two controllers with the same six have the same kinematics. */
  readonly checksums: readonly number[];
  /** As sent: a number of the controller's own, whose list is not published. */
  readonly calibrationStatus: number;
}

/** The kinematics part of a robot state. @source Universal Robots, client interfaces, "kinematics info" of 5.x */
export const readKinematics = (read: ByteReader): KinematicsParameters => ({
  checksums: read.many(6, (r) => r.u32()),
  thetaOffset_rad: read.many(6, (r) => r.f64()),
  a_m: read.many(6, (r) => r.f64()),
  d_m: read.many(6, (r) => r.f64()),
  alpha_rad: read.many(6, (r) => r.f64()),
  calibrationStatus: read.u32(),
});

/**
 * Whether two sets of kinematics are of the same arm: by their checksums, or by their numbers where one of them has
 * none (all 0, or all 2^32 − 1).
 */
export function isSameArm(a: Checked, b: Checked): boolean {
  if (hasChecksums(a) && hasChecksums(b))
    return a.checksums.every((checksum, i) => checksum === b.checksums[i]);
  return ([a.thetaOffset_rad, a.a_m, a.d_m, a.alpha_rad] as const).every((values, list) => {
    const others = [b.thetaOffset_rad, b.a_m, b.d_m, b.alpha_rad][list]!;
    return values.every((value, i) => Math.abs(value - others[i]!) < ROUNDING);
  });
}

type Checked = DhParameters & Pick<KinematicsParameters, "checksums">;
/** Numbers that were written out and read in again. [m or rad] */
const ROUNDING = 1e-9;
const hasChecksums = ({ checksums }: Checked): boolean =>
  checksums.some((checksum) => checksum !== 0 && checksum !== 0xffff_ffff);
