import { BLOCK_SAMPLES } from "../body/bridge.ts";
import type { SoundSettings } from "../sound-settings.ts";
import { BowContact } from "./bow-contact.ts";
import { makeDelayLine, readCubic, readLinear, type DelayLine } from "./delay-line.ts";
import { loopFilter } from "./loop-filters.ts";
import {
  HOP_SAMPLES,
  openString,
  OVERSAMPLING,
  SHORTEST_TRIP,
  type LongString,
  type StringDrive,
} from "./string-drive.ts";
import { openPeriodS } from "./tuning.ts";
import { wideBow, type WideBow } from "./wide-bow.ts";

/** A string on which nothing is faster than this for a whole period, and whose bridge is no faster, is at rest [m/s]. */
const STILL_MPS = 1e-7;
const TINY_MPS = 1e-40;

/**
 * One string as travelling waves of velocity, met by the bow at one point, ended by a bridge that moves.
 *
 * Four ways: hair to bridge, bridge to hair, hair over the nut and back, and the same two for twisting. What arrives at
 * the hair from all sides is what it must hold or let slip (`BowContact`); the friction f then sends f/2Z out both ways,
 * and f/2Zt as twist. At the bridge a wave v comes back as V − v, V being the speed of the bridge; at the nut it comes
 * back turned over, weaker, and with its partials spread (`loopFilter`).
 *
 * The delay to the bridge is at least `BLOCK_SAMPLES` + 2 either way, so a block is played in three steps: `arrive`, the
 * bridge, `pass`.
 *
 * @source McIntyre, Schumacher and Woodhouse, JASA 74 (1983); torsion and compliant hair in series with the friction
 */
export class WaveguideString {
  readonly #string: LongString;
  readonly #settings: SoundSettings;
  readonly #contact: BowContact;
  /** Instead of `#contact`'s friction, where the hair has a width; the way across it is taken from both trips. */
  readonly #wide: WideBow | undefined;
  readonly #toBridge: DelayLine;
  readonly #fromBridge: DelayLine;
  readonly #overNut: DelayLine;
  readonly #twistOverBridge: DelayLine;
  readonly #twistOverNut: DelayLine;
  readonly #arriving = new Float64Array(BLOCK_SAMPLES);
  readonly #kick: number;
  readonly #twistKick: number;
  readonly #twistGain: number;
  readonly #twistPerTrip: number;
  /** What changes along a hop: value and step per sample. */
  #trip = 0;
  #tripStep = 0;
  #nutTrip = 0;
  #nutTripStep = 0;
  #nutTwist = 0;
  #nutTwistStep = 0;
  #forceN = 0;
  #forceStep = 0;
  #speedMps = 0;
  #speedStep = 0;
  #pluckN = 0;
  #pluckStep = 0;
  /** The nut, for the hop. */
  #gain = 0;
  #pole = 0;
  #allpass = 0;
  #twistNutGain = 0;
  #delay = 0;
  #spread0 = 0;
  #spread1 = 0;
  #spread2 = 0;
  #low = 0;
  #lower = 0;
  #period = 0;
  #stopped = 0;
  #moving = false;
  #peakMps = 0;
  #stillHops = 0;

  constructor(string: LongString, settings: SoundSettings) {
    const longest = 1.1 * openPeriodS(string, settings) * settings.sampleRateHz * OVERSAMPLING;
    this.#string = string;
    this.#settings = settings;
    this.#contact = new BowContact(string.impedanceKgps, settings);
    this.#wide = wideBow(string.impedanceKgps, openString(string, settings), settings);
    [this.#toBridge, this.#fromBridge, this.#overNut] = [0, 0, 0].map(() => makeDelayLine(longest)) as [
      DelayLine,
      DelayLine,
      DelayLine,
    ];
    [this.#twistOverBridge, this.#twistOverNut] = [0, 0].map(() => makeDelayLine(longest)) as [
      DelayLine,
      DelayLine,
    ];
    this.#kick = 1 / (2 * string.impedanceKgps);
    this.#twistKick = this.#kick / settings.torsion.impedanceRatio;
    this.#twistPerTrip = 1 / settings.torsion.speedRatio;
    this.#twistGain = Math.exp(-Math.PI / (2 * settings.torsion.q)); // half of a period's loss at each end
  }

  /** Takes over what is done to the string from point `hop` of the drive to the next. */
  begin(drive: StringDrive, hop: number): void {
    const first = this.#period === 0;
    const trip = this.#outerTrip(drive.bridgeTrip[hop]!);
    const nextTrip = this.#outerTrip(drive.bridgeTrip[hop + 1]!);
    if (first) this.#tune(drive.period[hop]!, drive.stopped[hop]!, trip);
    const nutTrip = this.#nutTrip;
    const nutTwist = this.#nutTwist;
    this.#tune(drive.period[hop + 1]!, drive.stopped[hop + 1]!, nextTrip);
    this.#trip = trip;
    this.#tripStep = (nextTrip - trip) / HOP_SAMPLES;
    this.#nutTripStep = (this.#nutTrip - nutTrip) / HOP_SAMPLES;
    this.#nutTrip = nutTrip;
    this.#nutTwistStep = (this.#nutTwist - nutTwist) / HOP_SAMPLES;
    this.#nutTwist = nutTwist;
    this.#forceN = drive.forceN[hop]!;
    this.#forceStep = (drive.forceN[hop + 1]! - this.#forceN) / HOP_SAMPLES;
    this.#speedMps = drive.bowSpeedMps[hop]!;
    this.#speedStep = (drive.bowSpeedMps[hop + 1]! - this.#speedMps) / HOP_SAMPLES;
    this.#pluckN = drive.pluckN[hop]!;
    this.#pluckStep = (drive.pluckN[hop + 1]! - this.#pluckN) / HOP_SAMPLES;
    const touched = this.#forceN > 0 || drive.forceN[hop + 1]! > 0;
    if (!touched && this.#contact.touched) this.#leave();
    this.#contact.touched = touched;
    if (touched || this.#pluckN !== 0 || this.#pluckStep !== 0) this.#moving = true;
    this.#peakMps = 0;
  }

  /** After the last block of a hop: brings a string to rest that nothing moves any more. */
  end(): void {
    if (!this.#moving) return;
    this.#stillHops = !this.#contact.touched && this.#peakMps < STILL_MPS ? this.#stillHops + 1 : 0;
    if (this.#stillHops * HOP_SAMPLES > this.#period) this.#rest();
    // a still bow on a still string decays for ever; far below that, arithmetic with tiny numbers becomes slow
    else if (this.#peakMps > 0 && this.#peakMps < TINY_MPS) this.#rest();
  }

  #rest(): void {
    for (const line of [this.#toBridge, this.#fromBridge, this.#overNut]) line.samples.fill(0);
    [this.#spread0, this.#spread1, this.#spread2, this.#low, this.#lower] = [0, 0, 0, 0, 0];
    [this.#stillHops, this.#moving] = [0, false];
    this.#leave();
    this.#wide?.rest();
  }

  /** From the hair's nearer edge to the bridge and back, never shorter than can be carried [samples]. */
  #outerTrip(trip: number): number {
    return this.#wide === undefined ? trip : Math.max(trip - this.#wide.way, SHORTEST_TRIP);
  }

  #tune(period: number, stopped: number, trip: number): void {
    if (period !== this.#period || stopped !== this.#stopped) {
      [this.#period, this.#stopped] = [period, stopped];
      const filter = loopFilter(this.#string, { period, stopped }, this.#settings);
      [this.#gain, this.#pole, this.#allpass] = [filter.gain, filter.pole, filter.allpass];
      this.#delay = filter.delay;
      const { torsion } = this.#settings;
      this.#twistNutGain = this.#twistGain * (1 + (torsion.fingerGain - 1) * stopped);
    }
    const rest = this.#wide === undefined ? period - trip : period - trip - 2 * this.#wide.way;
    this.#nutTrip = rest - this.#delay;
    this.#nutTwist = rest * this.#twistPerTrip;
  }

  /** Adds 2Z times the waves that reach the bridge in the next `BLOCK_SAMPLES` to `blockedN`. */
  arrive(now: number, blockedN: Float64Array): void {
    if (!this.#moving) return;
    const { samples, mask } = this.#toBridge;
    const to2Z = 2 * this.#string.impedanceKgps;
    let half = 0.5 * this.#trip;
    const step = 0.5 * this.#tripStep;
    for (let n = 0; n < BLOCK_SAMPLES; n++, half += step) {
      const wave = readCubic(samples, mask, now + n, half);
      this.#arriving[n] = wave;
      blockedN[n]! += to2Z * wave;
    }
  }

  /** Plays the block whose bridge speeds are known. @param slip gets the speed of the hair over the string from `at` on */
  pass(now: number, bridgeMps: Float64Array, slip: Float64Array, at: number): void {
    if (!this.#moving && !this.#stirred(bridgeMps)) return;
    if (this.#contact.touched) this.#bow(now, bridgeMps, slip, at);
    else this.#ring(now, bridgeMps, slip, at);
  }

  #stirred(bridgeMps: Float64Array): boolean {
    for (let n = 0; n < BLOCK_SAMPLES; n++) if (Math.abs(bridgeMps[n]!) > STILL_MPS) this.#moving = true;
    if (this.#moving) this.#arriving.fill(0);
    return this.#moving;
  }

  #bow(now: number, bridgeMps: Float64Array, slip: Float64Array, at: number): void {
    const { samples: toBridge, mask } = this.#toBridge;
    const fromBridge = this.#fromBridge.samples;
    const overNut = this.#overNut.samples;
    const { samples: twistOverBridge, mask: twistMask } = this.#twistOverBridge;
    const twistOverNut = this.#twistOverNut.samples;
    const arriving = this.#arriving;
    const contact = this.#contact;
    const wide = this.#wide;
    const gain = this.#gain;
    const pole = this.#pole;
    const allpass = this.#allpass;
    const kick = this.#kick;
    const twistKick = this.#twistKick;
    const twistGain = this.#twistGain;
    const twistNutGain = this.#twistNutGain;
    const twistPerTrip = this.#twistPerTrip;
    const tripStep = this.#tripStep;
    const nutTripStep = this.#nutTripStep;
    const nutTwistStep = this.#nutTwistStep;
    const forceStep = this.#forceStep;
    const speedStep = this.#speedStep;
    let trip = this.#trip;
    let nutTrip = this.#nutTrip;
    let nutTwist = this.#nutTwist;
    let force = this.#forceN;
    let speed = this.#speedMps;
    let spread0 = this.#spread0;
    let spread1 = this.#spread1;
    let spread2 = this.#spread2;
    let low = this.#low;
    let lower = this.#lower;
    let peak = this.#peakMps;
    for (let n = 0; n < BLOCK_SAMPLES; n++) {
      const i = now + n;
      fromBridge[i & mask] = bridgeMps[n]! - arriving[n]!;
      const vB = readCubic(fromBridge, mask, i, 0.5 * trip);
      const nut = readCubic(overNut, mask, i, nutTrip);
      const once = allpass * nut + spread0;
      spread0 = nut - allpass * once;
      const twice = allpass * once + spread1;
      spread1 = once - allpass * twice;
      const spread = allpass * twice + spread2;
      spread2 = twice - allpass * spread;
      low = spread + pole * (low - spread);
      lower = low + pole * (lower - low);
      const vN = gain * lower;
      const bridgeTwist = trip * twistPerTrip;
      const tB = -twistGain * readLinear(twistOverBridge, twistMask, i, bridgeTwist > 1 ? bridgeTwist : 1);
      const tN = -twistNutGain * readLinear(twistOverNut, twistMask, i, nutTwist > 1 ? nutTwist : 1);
      if (wide === undefined) {
        const f = contact.friction(speed, vB + vN + tB + tN, force);
        slip[at + n] = contact.slipMps;
        toBridge[i & mask] = vN + f * kick;
        overNut[i & mask] = vB + f * kick;
        twistOverBridge[i & twistMask] = tN + f * twistKick;
        twistOverNut[i & twistMask] = tB + f * twistKick;
      } else {
        wide.pass(i, speed, force, vB, vN, tB, tN);
        slip[at + n] = wide.slipMps;
        toBridge[i & mask] = wide.toBridge;
        overNut[i & mask] = wide.overNut;
        twistOverBridge[i & twistMask] = wide.twistToBridge;
        twistOverNut[i & twistMask] = wide.twistOverNut;
      }
      peak = Math.max(peak, Math.abs(vB) + Math.abs(vN));
      trip += tripStep;
      nutTrip += nutTripStep;
      nutTwist += nutTwistStep;
      force += forceStep;
      speed += speedStep;
    }
    this.#trip = trip;
    this.#nutTrip = nutTrip;
    this.#nutTwist = nutTwist;
    this.#forceN = force;
    this.#speedMps = speed;
    this.#spread0 = spread0;
    this.#spread1 = spread1;
    this.#spread2 = spread2;
    this.#low = low;
    this.#lower = lower;
    this.#peakMps = peak;
  }

  #ring(now: number, bridgeMps: Float64Array, slip: Float64Array, at: number): void {
    const { samples: toBridge, mask } = this.#toBridge;
    const fromBridge = this.#fromBridge.samples;
    const overNut = this.#overNut.samples;
    const arriving = this.#arriving;
    const wide = this.#wide;
    const gain = this.#gain;
    const pole = this.#pole;
    const allpass = this.#allpass;
    const kick = this.#kick;
    const tripStep = this.#tripStep;
    const nutTripStep = this.#nutTripStep;
    const pluckStep = this.#pluckStep;
    let trip = this.#trip;
    let nutTrip = this.#nutTrip;
    let pluck = this.#pluckN;
    let spread0 = this.#spread0;
    let spread1 = this.#spread1;
    let spread2 = this.#spread2;
    let low = this.#low;
    let lower = this.#lower;
    let peak = this.#peakMps;
    for (let n = 0; n < BLOCK_SAMPLES; n++) {
      const i = now + n;
      fromBridge[i & mask] = bridgeMps[n]! - arriving[n]!;
      const vB = readCubic(fromBridge, mask, i, 0.5 * trip);
      const nut = readCubic(overNut, mask, i, nutTrip);
      const once = allpass * nut + spread0;
      spread0 = nut - allpass * once;
      const twice = allpass * once + spread1;
      spread1 = once - allpass * twice;
      const spread = allpass * twice + spread2;
      spread2 = twice - allpass * spread;
      low = spread + pole * (low - spread);
      lower = low + pole * (lower - low);
      const vN = gain * lower;
      slip[at + n] = 0;
      if (wide !== undefined) wide.pass(i, 0, 0, vB, vN, 0, 0);
      toBridge[i & mask] = (wide === undefined ? vN : wide.toBridge) + pluck * kick;
      overNut[i & mask] = (wide === undefined ? vB : wide.overNut) + pluck * kick;
      peak = Math.max(peak, Math.abs(vB) + Math.abs(vN));
      trip += tripStep;
      nutTrip += nutTripStep;
      pluck += pluckStep;
    }
    this.#trip = trip;
    this.#nutTrip = nutTrip;
    this.#pluckN = pluck;
    this.#spread0 = spread0;
    this.#spread1 = spread1;
    this.#spread2 = spread2;
    this.#low = low;
    this.#lower = lower;
    this.#peakMps = peak;
  }

  /** The bow has gone: twist and the stretch of the hair are forgotten. */
  #leave(): void {
    this.#twistOverBridge.samples.fill(0);
    this.#twistOverNut.samples.fill(0);
    this.#contact.forget();
    this.#wide?.forget();
  }
}
