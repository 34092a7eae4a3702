import type { Slip } from "./helmholtz.ts";

/** Below this share of the ideal slip speed v/β, or of the ideal way v·T, it is ripple, not a slip. */
const RIPPLE = 0.15;
/** A slower bow is watched as if it went so fast [m/s]. */
const SLOWEST_MPS = 0.05;

/** How one string is bowed in a hop. */
export interface HopBowing {
  readonly bowSpeedMps: number;
  readonly periodS: number;
  /** Share of the sounding string between bridge and hair [-]. */
  readonly beta: number;
}

/**
 * Gathers the slips of one string while it is played, without the ripples that every slip drags behind it.
 *
 * A slip runs until the hair has held, or only rippled, for a moment.
 */
export class SlipWatch {
  readonly slips: Slip[] = [];
  readonly #stepS: number;
  #sample = 0;
  #start = -1;
  #end = 0;
  #travel = 0;

  constructor(sampleRateHz: number) {
    this.#stepS = 1 / sampleRateHz;
  }

  /**
   * @param slipMps one hop of slip speeds, 0 = stuck
   * @param touched the hair is on the string somewhere in the hop; else `slipMps` is not looked at
   */
  watch(slipMps: Float64Array, { bowSpeedMps, periodS, beta }: HopBowing, touched = true): void {
    if (!touched && this.#start < 0) {
      this.#sample += slipMps.length;
      return;
    }
    const speedMps = Math.max(SLOWEST_MPS, Math.abs(bowSpeedMps));
    const floorMps = (RIPPLE * speedMps) / beta;
    const gap = Math.ceil((0.015 * periodS) / this.#stepS) + 1;
    const leastM = RIPPLE * speedMps * periodS;
    for (let n = 0; n < slipMps.length; n++) {
      const at = this.#sample + n;
      const slip = slipMps[n]!;
      if (Math.abs(slip) > floorMps) {
        if (this.#start < 0) [this.#start, this.#travel] = [at, 0];
        this.#travel += slip;
        this.#end = at + 1;
      } else if (this.#start >= 0 && at - this.#end >= gap) this.#close(leastM);
    }
    this.#sample += slipMps.length;
  }

  #close(leastM: number): void {
    const travelM = this.#travel * this.#stepS;
    if (Math.abs(travelM) > leastM)
      this.slips.push({
        startS: this.#start * this.#stepS,
        lengthS: (this.#end - this.#start) * this.#stepS,
        travelM,
      });
    this.#start = -1;
  }
}
