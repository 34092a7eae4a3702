import { seededRandom } from "../../math/random.ts";
import type { Vec3 } from "../../math/vec.ts";
import type { Plant } from "../plant/plant.ts";

/** What is wrong with the arm's sensors. */
export interface SensorErrors {
  /** Standard deviation of each joint's position [rad] and speed [rad/s]. */
  readonly positionNoise_rad: number;
  readonly speedNoise_radps: number;
  /** Standard deviation of each force [N]; torques get a tenth of it [Nm]. */
  readonly forceNoiseN: number;
  /** Constant error of the force, base axes [N]. A real arm's is about 2 N. */
  readonly forceBiasN: Vec3;
  /** Everything is measured so many cycles late. */
  readonly latencyCycles: number;
}

export const FLAWLESS: SensorErrors = {
  positionNoise_rad: 0,
  speedNoise_radps: 0,
  forceNoiseN: 0,
  forceBiasN: [0, 0, 0],
  latencyCycles: 0,
};

/** Longest latency [cycles]. */
export const MAX_LATENCY_CYCLES = 250;
/** Of what is remembered: q, qd, wrench. */
const VALUES = 18;

/** What the controller measures of the arm: the truth, a little late and a little wrong. */
export class Sensors {
  /** Joints; the same arrays every time. */
  readonly q_rad = new Float64Array(6);
  readonly qd_radps = new Float64Array(6);
  /** Force and torque of the world on the tool, about the body's own TCP, base axes [N, Nm]. */
  readonly wrench = new Float64Array(6);
  errors: SensorErrors = FLAWLESS;
  readonly #plant: Plant;
  readonly #random: () => number;
  readonly #past = new Float64Array((MAX_LATENCY_CYCLES + 1) * VALUES);
  #cycles = 0;

  constructor(plant: Plant, seed: number) {
    this.#plant = plant;
    this.#random = seededRandom(seed ^ 0x5e4503);
    this.measure();
  }

  /** The body has moved on by a cycle. */
  measure(): void {
    const { q_rad, qd_radps, tcpWrench } = this.#plant;
    const now = this.#slot(0);
    now.set(q_rad, 0);
    now.set(qd_radps, 6);
    now.set(tcpWrench, 12);
    const seen = this.#slot(Math.min(this.errors.latencyCycles, this.#cycles));
    this.#cycles += 1;
    this.q_rad.set(seen.subarray(0, 6));
    this.qd_radps.set(seen.subarray(6, 12));
    this.wrench.set(seen.subarray(12, 18));
    if (this.errors !== FLAWLESS) this.#spoil();
  }

  #spoil(): void {
    const { positionNoise_rad, speedNoise_radps, forceNoiseN, forceBiasN } = this.errors;
    for (let i = 0; i < 6; i++) {
      this.q_rad[i]! += this.#noise(positionNoise_rad);
      this.qd_radps[i]! += this.#noise(speedNoise_radps);
      this.wrench[i]! += (i < 3 ? forceBiasN[i]! : 0) + this.#noise(i < 3 ? forceNoiseN : forceNoiseN / 10);
    }
  }

  /** @source Box and Muller */
  #noise(deviation: number): number {
    if (deviation === 0) return 0;
    const [u, v] = [this.#random(), this.#random()];
    return deviation * Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
  }

  #slot(cyclesAgo: number): Float64Array {
    const index = (this.#cycles - cyclesAgo) % (MAX_LATENCY_CYCLES + 1);
    return this.#past.subarray(index * VALUES, (index + 1) * VALUES);
  }
}
