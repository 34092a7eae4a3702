import type { Instrument } from "../../instrument/instrument.ts";
import { fromUrPose, inverse, type Pose, type UrPose } from "../../math/pose.ts";
import type { Vec3 } from "../../math/vec.ts";

/** @source the real arm's installation */
const TRUE_GRAVITY_MPS2: Vec3 = [0, 0, 9.82];

/** What is mounted on the flange, as set in the installation or by a script. The simulated body stays as it is. */
export class ToolSetup {
  payloadKg: number;
  payloadCentre_F_m: Vec3;
  payloadInertiaKgm2: readonly number[] = [0, 0, 0, 0, 0, 0];
  /** What the arm is told to feel when at rest: away from the earth. */
  gravityMps2: Vec3 = TRUE_GRAVITY_MPS2;
  #tcp_F: UrPose;
  #X_FT: Pose<"F", "T">;

  constructor(instrument: Instrument) {
    this.payloadKg = instrument.payload.massKg;
    this.payloadCentre_F_m = instrument.payload.centre_F_m;
    this.#tcp_F = instrument.tcp_F;
    this.#X_FT = fromUrPose("F", "T", this.#tcp_F);
  }

  /** TCP in the flange, p[x, y, z, rx, ry, rz]. */
  get tcp_F(): UrPose {
    return this.#tcp_F;
  }

  get gravityIsTrue(): boolean {
    return this.gravityMps2.every((g, i) => g === TRUE_GRAVITY_MPS2[i]);
  }

  get X_FT(): Pose<"F", "T"> {
    return this.#X_FT;
  }

  get X_TF(): Pose<"T", "F"> {
    return inverse(this.#X_FT);
  }

  setTcp(tcp_F: UrPose): void {
    this.#tcp_F = tcp_F;
    this.#X_FT = fromUrPose("F", "T", tcp_F);
  }
}
