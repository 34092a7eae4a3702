import { bodyModes } from "./body/body-modes.ts";
import { BLOCK_SAMPLES, Bridge } from "./body/bridge.ts";
import type { SoundSettings } from "./sound-settings.ts";
import { HOP_SAMPLES, OVERSAMPLING, type LongString, type StringDrive } from "./string/string-drive.ts";
import { WaveguideString } from "./string/waveguide-string.ts";

/** What one hop of the cello gave, at the rate of the strings; overwritten by the next. */
export interface CelloHop {
  /** Sound at the two microphones, before the room [full scale = 1]. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** Speed of the hair over each string, 0 while it sticks [m/s]. */
  readonly slipMps: readonly Float64Array[];
  /** Force of all strings on the bridge [N]. */
  readonly bridgeN: Float64Array;
}

/**
 * Strings and body of one cello, played hop by hop. All strings run always: what one does to the bridge, the others feel.
 */
export class Cello {
  readonly out: CelloHop;
  readonly #strings: readonly WaveguideString[];
  readonly #bridge: Bridge;
  readonly #blocked = new Float64Array(BLOCK_SAMPLES);
  readonly #gain: number;
  #now = 0;

  constructor(strings: readonly LongString[], settings: SoundSettings) {
    const impedanceKgps = strings.reduce((sum, string) => sum + string.impedanceKgps, 0);
    const rate = OVERSAMPLING * settings.sampleRateHz;
    this.#strings = strings.map((string) => new WaveguideString(string, settings));
    this.#bridge = new Bridge(bodyModes(settings.body), impedanceKgps, rate);
    this.#gain = settings.outputPerN;
    const hop = (): Float64Array => new Float64Array(HOP_SAMPLES);
    this.out = { left: hop(), right: hop(), slipMps: strings.map(hop), bridgeN: hop() };
  }

  /** Plays from point `hop` of the drives, one for each string, to the next. */
  play(drives: readonly StringDrive[], hop: number): CelloHop {
    const { left, right, slipMps, bridgeN } = this.out;
    const blocked = this.#blocked;
    const strings = this.#strings;
    const bridge = this.#bridge;
    const gain = this.#gain;
    for (let s = 0; s < strings.length; s++) strings[s]!.begin(drives[s]!, hop);
    for (let at = 0; at < HOP_SAMPLES; at += BLOCK_SAMPLES) {
      const now = this.#now + at;
      blocked.fill(0);
      for (let s = 0; s < strings.length; s++) strings[s]!.arrive(now, blocked);
      bridge.move(blocked);
      for (let s = 0; s < strings.length; s++) strings[s]!.pass(now, bridge.speedMps, slipMps[s]!, at);
      for (let n = 0; n < BLOCK_SAMPLES; n++) {
        left[at + n] = gain * bridge.left[n]!;
        right[at + n] = gain * bridge.right[n]!;
        bridgeN[at + n] = bridge.forceN[n + 2]!;
      }
    }
    for (let s = 0; s < strings.length; s++) strings[s]!.end();
    bridge.settle();
    this.#now = (this.#now + HOP_SAMPLES) % 2 ** 30;
    return this.out;
  }
}
