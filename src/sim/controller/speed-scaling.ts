import { PERIOD_S } from "./control-cycle.ts";

/** Time from full speed to a pause, or across the whole slider [s]. @assumed */
const RAMP_S = 0.25;
const MOST_PER_CYCLE = PERIOD_S / RAMP_S;

/** How fast motions run: the speed slider times the ramp into and out of a pause. Neither ever jumps. */
export class SpeedScaling {
  #sliderWanted = 1;
  #slider = 1;
  #paused = false;
  #pausePerCycle = MOST_PER_CYCLE;
  #most = 1;
  #run = 1;

  /** 0..1, where the slider has got to; RTDE's `target_speed_fraction`. */
  get slider(): number {
    return this.#slider;
  }

  /** 0..1, the controller's own part; RTDE's `speed_scaling`. */
  get run(): number {
    return this.#run;
  }

  get total(): number {
    return this.#slider * this.#run;
  }

  /** Whether motions stand still because of a pause. */
  get standing(): boolean {
    return this.#run === 0;
  }

  setSlider(fraction: number): void {
    this.#sliderWanted = Math.min(1, Math.max(0, fraction));
  }

  /** @param rampS time from full speed to the pause [s] */
  setPaused(paused: boolean, rampS = RAMP_S): void {
    this.#paused = paused;
    this.#pausePerCycle = PERIOD_S / Math.max(rampS, PERIOD_S);
  }

  /** The controller's own part never goes above this, 0..1. */
  limit(most: number): void {
    this.#most = most;
  }

  /** No pause, at once: a new program begins. */
  reset(): void {
    this.#paused = false;
    this.#run = 1;
  }

  /** One control cycle. */
  step(): void {
    this.#slider = towards(this.#slider, this.#sliderWanted);
    this.#run = this.#paused ? Math.max(0, this.#run - this.#pausePerCycle) : towards(this.#run, this.#most);
  }
}

const towards = (value: number, wanted: number): number =>
  value < wanted ? Math.min(wanted, value + MOST_PER_CYCLE) : Math.max(wanted, value - MOST_PER_CYCLE);
