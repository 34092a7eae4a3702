import type { BowedString } from "../instrument/strings.ts";
import { makeDelayLine, readCubic, readLinear, type DelayLine } from "./delay-line.ts";
import { slipSpeed } from "./friction.ts";
import type { SoundSettings } from "./sound-settings.ts";
import { HOP_SAMPLES, openPeriodS, type StringDrive } from "./string-drive.ts";
import { SPREAD_DELAY, waveguideConstants, type WaveguideConstants } from "./waveguide-constants.ts";

/**
 * One string as travelling waves of velocity, met by the bow at one point.
 *
 * What arrives at the hair is v = v_B + v_N + t_B + t_N: from bridge and nut, moving and twisting. The hair, stretched
 * by u along itself, would need the force P = D(v_b + k·u/c' − v) to hold the string; D is string, twist and hair in
 * series. It sticks while |P| <= µs·F, else it slips by s and f = P − D·s. Then f/2Z goes out both ways (f/2Zt as
 * twist), to come back turned over, weaker and a little spread in time.
 *
 * A slip that begins between two samples acts for the rest of the sample only; without that, notes lock to whole
 * numbers of samples and are up to 8 cents out of tune.
 *
 * @source McIntyre, Schumacher and Woodhouse, JASA 74 (1983); torsion and compliant hair in series with the friction
 */
export class BowedWaveguide {
  readonly #c: WaveguideConstants;
  readonly #toBridge: DelayLine;
  readonly #toNut: DelayLine;
  readonly #twistToBridge: DelayLine;
  readonly #twistToNut: DelayLine;
  /** The last eight returns from each end, for the spread. */
  readonly #fromBridge = new Float64Array(8);
  readonly #fromNut = new Float64Array(8);
  #now = 0;
  #hairStretchM = 0;
  /** Direction of the slip in the last sample: −1, 0 = stuck, 1; and the force that held it if stuck [N]. */
  #slipSign = 0;
  #heldN = 0;
  #peakMps = 0;

  constructor(string: BowedString, settings: SoundSettings) {
    const longest = 1.1 * openPeriodS(string, settings) * settings.sampleRateHz;
    this.#c = waveguideConstants(string, settings);
    this.#toBridge = makeDelayLine(longest);
    this.#toNut = makeDelayLine(longest);
    this.#twistToBridge = makeDelayLine(longest);
    this.#twistToNut = makeDelayLine(longest);
  }

  /** Largest speed of the waves in the last hop [m/s]. */
  get peakMps(): number {
    return this.#peakMps;
  }

  /**
   * Plays one hop under the bow and adds the force on the bridge [N] to `out`.
   *
   * @param slip if given, gets the speed of the hair over the string [m/s], 0 while it sticks
   */
  bow(drive: StringDrive, hop: number, out: Float64Array, slip?: Float64Array): void {
    const c = this.#c;
    const { samples: toBridge, mask } = this.#toBridge;
    const toNut = this.#toNut.samples;
    const { samples: twistToBridge, mask: twistMask } = this.#twistToBridge;
    const twistToNut = this.#twistToNut.samples;
    const [fromBridge, fromNut] = [this.#fromBridge, this.#fromNut];
    const stopped = drive.stopped[hop]!;
    const nutGain = c.nutGain + (c.fingerGain - c.nutGain) * stopped;
    const twistNutGain = c.twistGain + (c.twistFingerGain - c.twistGain) * stopped;
    let force = drive.forceN[hop]!;
    const forceStep = (drive.forceN[hop + 1]! - force) / HOP_SAMPLES;
    let speed = drive.bowSpeedMps[hop]!;
    const speedStep = (drive.bowSpeedMps[hop + 1]! - speed) / HOP_SAMPLES;
    let trip = drive.bridgeTrip[hop]!;
    const tripStep = (drive.bridgeTrip[hop + 1]! - trip) / HOP_SAMPLES;
    let period = drive.period[hop]!;
    const periodStep = (drive.period[hop + 1]! - period) / HOP_SAMPLES;
    let [now, stretch, slipSign, held, peak] = [
      this.#now,
      this.#hairStretchM,
      this.#slipSign,
      this.#heldN,
      0,
    ];
    const at = hop * HOP_SAMPLES;
    for (let i = 0; i < HOP_SAMPLES; i++, now++) {
      fromBridge[now & 7] = readCubic(toBridge, mask, now, trip - SPREAD_DELAY);
      fromNut[now & 7] = readCubic(toNut, mask, now, period - trip - SPREAD_DELAY);
      const atBridge = spread(fromBridge, now, c.spread);
      const vB = -c.bridgeGain * atBridge;
      const vN = -nutGain * spread(fromNut, now, c.spread);
      const twistTrip = Math.max(1, trip * c.twistDelay);
      const twistRest = Math.max(1, (period - trip) * c.twistDelay);
      const tB = -c.twistGain * readLinear(twistToBridge, twistMask, now, twistTrip);
      const tN = -twistNutGain * readLinear(twistToNut, twistMask, now, twistRest);

      const drag = speed + c.hairPullPerS * stretch - (vB + vN + tB + tN);
      const sign = drag < 0 ? -1 : 1;
      const pull = c.contactKgps * drag * sign;
      const hold = c.friction.staticCoefficient * force;
      let s = 0;
      if (pull > hold || slipSign === sign) s = slipSpeed(c.friction, pull, c.contactKgps, force);
      let f = s > 0 ? pull - c.contactKgps * s : Math.min(pull, hold);
      if (s > 0 && slipSign === 0) {
        const share = Math.min(Math.max((hold - held) / (pull - held), 0), 1);
        if (share > 0) f = share * hold + (1 - share) * f; // share is NaN where pull = held = hold
      }
      slipSign = s > 0 ? sign : 0;
      held = s > 0 ? 0 : pull;
      f *= sign;
      stretch += (f - c.hairNpm * stretch) * c.hairStep;

      toBridge[now & mask] = vN + f * c.kick;
      toNut[now & mask] = vB + f * c.kick;
      twistToBridge[now & twistMask] = tN + f * c.twistKick;
      twistToNut[now & twistMask] = tB + f * c.twistKick;
      out[at + i]! += c.bridgeNPerMps * atBridge;
      if (slip) slip[at + i] = s * sign;
      peak = Math.max(peak, Math.abs(vB) + Math.abs(vN));
      force += forceStep;
      speed += speedStep;
      trip += tripStep;
      period += periodStep;
    }
    [this.#now, this.#hairStretchM, this.#slipSign, this.#heldN, this.#peakMps] = [
      now,
      stretch,
      slipSign,
      held,
      peak,
    ];
  }

  /** Lets the string ring for one hop without the bow; its twisting and the stretch of the hair are forgotten. */
  ring(drive: StringDrive, hop: number, out: Float64Array): void {
    const c = this.#c;
    const { samples: toBridge, mask } = this.#toBridge;
    const toNut = this.#toNut.samples;
    const [fromBridge, fromNut] = [this.#fromBridge, this.#fromNut];
    const nutGain = c.nutGain + (c.fingerGain - c.nutGain) * drive.stopped[hop]!;
    let trip = drive.bridgeTrip[hop]!;
    const tripStep = (drive.bridgeTrip[hop + 1]! - trip) / HOP_SAMPLES;
    let period = drive.period[hop]!;
    const periodStep = (drive.period[hop + 1]! - period) / HOP_SAMPLES;
    let [now, peak] = [this.#now, 0];
    const at = hop * HOP_SAMPLES;
    for (let i = 0; i < HOP_SAMPLES; i++, now++) {
      fromBridge[now & 7] = readCubic(toBridge, mask, now, trip - SPREAD_DELAY);
      fromNut[now & 7] = readCubic(toNut, mask, now, period - trip - SPREAD_DELAY);
      const atBridge = spread(fromBridge, now, c.spread);
      const vB = -c.bridgeGain * atBridge;
      const vN = -nutGain * spread(fromNut, now, c.spread);
      toBridge[now & mask] = vN;
      toNut[now & mask] = vB;
      out[at + i]! += c.bridgeNPerMps * atBridge;
      peak = Math.max(peak, Math.abs(vB) + Math.abs(vN));
      trip += tripStep;
      period += periodStep;
    }
    this.#now = now;
    this.#peakMps = peak;
    if (this.#slipSign !== 0 || this.#heldN !== 0 || this.#hairStretchM !== 0) this.#forgetBow();
  }

  /** Brings the string to rest at once. */
  rest(): void {
    for (const line of [this.#toBridge, this.#toNut]) line.samples.fill(0);
    this.#fromBridge.fill(0);
    this.#fromNut.fill(0);
    this.#peakMps = 0;
    this.#forgetBow();
  }

  #forgetBow(): void {
    for (const line of [this.#twistToBridge, this.#twistToNut]) line.samples.fill(0);
    [this.#hairStretchM, this.#slipSign, this.#heldN] = [0, 0, 0];
  }
}

/** Symmetric smoothing of the last seven values: exactly three samples late at every frequency. */
function spread(last: Float64Array, now: number, w: readonly [number, number, number, number]): number {
  return (
    w[0] * last[(now - 3) & 7]! +
    w[1] * (last[(now - 2) & 7]! + last[(now - 4) & 7]!) +
    w[2] * (last[(now - 1) & 7]! + last[(now - 5) & 7]!) +
    w[3] * (last[now & 7]! + last[(now - 6) & 7]!)
  );
}
