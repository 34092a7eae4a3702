import type { SoundSettings } from "../sound-settings.ts";
import { slipSpeed, type HyperbolicFriction } from "./hyperbolic-friction.ts";
import { coefficientByWarmth, WARMEST_MPS, WARMTH_STEPS } from "./thermal-friction.ts";
import { OVERSAMPLING } from "./string-drive.ts";

/** Hair force under which the contact does not warm up [N]. */
const NO_FORCE_N = 1e-9;

/**
 * Hair on one point of a string: what friction does in each sample.
 *
 * The hair, stretched by u along itself, would need the force P = D(v_b + k·u/c' − v) to hold the string, where D is
 * string, twist and hair in series: 1/D = 1/2Z + 1/2Zt + 1/c', c' = c + k·Δt/2. It sticks while |P| is at most what
 * friction can hold, else the string slips by s and f = P − D·s.
 */
export class BowContact {
  touched = false;
  /** Speed of the hair over the string in the last sample; 0 = it sticks [m/s]. */
  slipMps = 0;
  readonly #law: HyperbolicFriction | undefined;
  readonly #byWarmth: Float64Array;
  /** Share of the way to steady warmth in one sample [-]. */
  readonly #warming: number;
  readonly #contactKgps: number;
  readonly #hairPullPerS: number;
  readonly #hairNpm: number;
  readonly #hairStep: number;
  #hairStretchM = 0;
  #warmthMps = 0;
  /** Direction of the slip in the last sample: −1, 0 = stuck, 1; and the force that held it if stuck [N]. */
  #slipSign = 0;
  #heldN = 0;

  constructor(impedanceKgps: number, { friction, hair, torsion, sampleRateHz }: SoundSettings) {
    const stepS = 1 / (OVERSAMPLING * sampleRateHz);
    const hairKgps = hair.dampingKgps + (hair.stiffnessNpm * stepS) / 2; // midpoint rule
    const twistKgps = impedanceKgps * torsion.impedanceRatio;
    this.#contactKgps = 1 / (1 / (2 * impedanceKgps) + 1 / (2 * twistKgps) + 1 / hairKgps);
    this.#hairPullPerS = hair.stiffnessNpm / hairKgps;
    this.#hairNpm = hair.stiffnessNpm;
    this.#hairStep = stepS / hairKgps;
    this.#law = friction.kind === "hyperbolic" ? friction : undefined;
    this.#byWarmth = friction.kind === "thermal" ? coefficientByWarmth(friction) : new Float64Array(0);
    this.#warming = friction.kind === "thermal" ? stepS / friction.timeS : 0;
  }

  /**
   * One sample.
   *
   * @param bowMps speed of the bow, @param stringMps of the string at the hair if nothing held it, twist included
   * @param forceN >= 0
   * @returns force of the hair on the string along the bow [N]
   */
  friction(bowMps: number, stringMps: number, forceN: number): number {
    const drag = bowMps + this.#hairPullPerS * this.#hairStretchM - stringMps;
    const sign = drag < 0 ? -1 : 1;
    const pull = this.#contactKgps * drag * sign;
    const f =
      sign *
      (this.#law ? this.#hyperbolic(this.#law, pull, sign, forceN) : this.#thermal(pull, sign, forceN));
    this.#hairStretchM += (f - this.#hairNpm * this.#hairStretchM) * this.#hairStep;
    return f;
  }

  /** Largest force µ(q)·F, stuck or slipping; slipping warms the contact. */
  #thermal(pull: number, sign: number, forceN: number): number {
    const warmth = this.#warmthMps;
    const x = Math.sqrt(
      warmth < WARMEST_MPS ? warmth * (WARMTH_STEPS ** 2 / WARMEST_MPS) : WARMTH_STEPS ** 2,
    );
    const i = x < WARMTH_STEPS ? x | 0 : WARMTH_STEPS - 1;
    const low = this.#byWarmth[i]!;
    const hold = (low + (x - i) * (this.#byWarmth[i + 1]! - low)) * forceN;
    const slips = pull > hold;
    const slip = slips ? (pull - hold) / this.#contactKgps : 0;
    this.slipMps = slip * sign;
    const power = forceN > NO_FORCE_N ? (hold / forceN) * slip : 0;
    this.#warmthMps = warmth + (power - warmth) * this.#warming;
    return slips ? hold : pull;
  }

  /**
   * Holds up to µs·F; once slipping it goes on slipping while it can.
   *
   * A slip that begins between two samples acts for the rest of the sample only; without that, notes lock to whole
   * numbers of samples and are some cents out of tune.
   */
  #hyperbolic(law: HyperbolicFriction, pull: number, sign: number, forceN: number): number {
    const hold = law.staticCoefficient * forceN;
    let slip = 0;
    if (pull > hold || this.#slipSign === sign) slip = slipSpeed(law, pull, this.#contactKgps, forceN);
    let f = slip > 0 ? pull - this.#contactKgps * slip : Math.min(pull, hold);
    if (slip > 0 && this.#slipSign === 0) {
      const share = Math.min(Math.max((hold - this.#heldN) / (pull - this.#heldN), 0), 1);
      if (share > 0) f = share * hold + (1 - share) * f; // share is NaN where pull = held = hold
    }
    this.#slipSign = slip > 0 ? sign : 0;
    this.#heldN = slip > 0 ? 0 : pull;
    this.slipMps = slip * sign;
    return f;
  }

  /** The bow has left: the hair is straight and cold when it comes back. */
  forget(): void {
    [this.#hairStretchM, this.#warmthMps, this.#slipSign, this.#heldN, this.slipMps] = [0, 0, 0, 0, 0];
  }
}
