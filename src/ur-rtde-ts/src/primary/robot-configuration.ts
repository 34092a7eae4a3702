import { type ByteReader } from "../connection/byte-reader.ts";
import { type DhParameters } from "../calibration/kinematics-parameters.ts";

/** Limits and defaults that are set on the controller. */
export interface ConfigurationState {
  /** Lowest and highest angle of each joint [rad]. */
  readonly jointRanges_rad: readonly (readonly [number, number])[];
  readonly jointSpeedLimits_radps: readonly number[];
  readonly jointAccelerationLimits_radps2: readonly number[];
  /** Speeds and accelerations of moves that state none [rad/s, rad/s², m/s, m/s²]. */
  readonly jointSpeedDefault_radps: number;
  readonly jointAccelerationDefault_radps2: number;
  readonly toolSpeedDefault_mps: number;
  readonly toolAccelerationDefault_mps2: number;
  /** Turns rotation into way where both count [m]. */
  readonly equivalentRadiusM: number;
  /** Nominal, as of the arm's type. */
  readonly dh: DhParameters;
  readonly masterboardVersion: number;
  readonly controllerBoxType: number;
  /** 1 UR5, 2 UR10, 3 UR3, 4 UR16 and so on. */
  readonly robotType: number;
  /** 3 is an e-Series arm. */
  readonly robotSubType: number;
}

/** The configuration part of a robot state. @source Universal Robots, client interfaces, "configuration data" of 5.x */
export function readConfiguration(read: ByteReader): ConfigurationState {
  const f64 = (r: ByteReader) => r.f64();
  const pairs = (): [number, number][] => Array.from({ length: 6 }, () => [read.f64(), read.f64()]);
  const jointRanges_rad = pairs();
  const limits = pairs();
  return {
    jointRanges_rad,
    jointSpeedLimits_radps: limits.map(([speed]) => speed),
    jointAccelerationLimits_radps2: limits.map(([, acceleration]) => acceleration),
    jointSpeedDefault_radps: read.f64(),
    jointAccelerationDefault_radps2: read.f64(),
    toolSpeedDefault_mps: read.f64(),
    toolAccelerationDefault_mps2: read.f64(),
    equivalentRadiusM: read.f64(),
    dh: readNominal(read, f64),
    masterboardVersion: read.i32(),
    controllerBoxType: read.i32(),
    robotType: read.i32(),
    robotSubType: read.i32(),
  };
}

/** Another order than in the kinematics part: θ comes last. */
function readNominal(read: ByteReader, f64: (read: ByteReader) => number): DhParameters {
  const [a_m, d_m] = [read.many(6, f64), read.many(6, f64)];
  const [alpha_rad, thetaOffset_rad] = [read.many(6, f64), read.many(6, f64)];
  return { thetaOffset_rad, a_m, d_m, alpha_rad };
}
