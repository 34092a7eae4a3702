import type { Vec3 } from "../../math/vec.ts";

/** What may be chosen about the simulated body. Every number of the model itself stands beside its equation. */
export interface PlantSettings {
  /** Constant error of the force sensor, base frame [N]. A real arm's is about 2 N. */
  readonly forceBiasN: Vec3;
  /** Standard deviation of the force sensor's white noise, each axis [N]; 0 = none. */
  readonly forceNoiseN: number;
  /** Seed of that noise. */
  readonly seed: number;
  /** @source the real arm's installation: 9.82 */
  readonly gravityMps2: number;
}

export const PLANT_DEFAULTS: PlantSettings = {
  forceBiasN: [0, 0, 0],
  forceNoiseN: 0,
  seed: 1,
  gravityMps2: 9.82,
};
