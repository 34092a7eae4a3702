import { seededRandom } from "../../math/random.ts";
import { shuffled } from "../design/shuffle.ts";

/** Rounds, and how many must be right; a guess passes 1.8 % of the time. @source Woods et al. (2017) */
export const HEADPHONE_ROUNDS = 6;
export const HEADPHONE_ROUNDS_TO_PASS = 5;
export const HEADPHONE_ATTEMPTS = 2;

const RATE_HZ = 22050;
const TONE_HZ = 200;
const TONE_S = 1;
const RAMP_S = 0.1;
const PAUSE_S = 0.5;
/** Of the quietest tone [dB]. */
const QUIET_DB = -6;
const LEVEL = 0.12;

type Tone = "plain" | "quiet" | "antiphase";

/**
 * One round of the headphone check: three tones of 200 Hz, of which one is 6 dB quieter, and another one has its right
 * side turned over. Over loudspeakers that one cancels and seems the quietest; over headphones it does not.
 *
 * @param seed of the listener and the round
 * @source Woods, Siegel, Traer and McDermott, Attention, Perception & Psychophysics 79 (2017)
 */
export function headphoneRound(seed: number): {
  readonly channels: readonly [Float32Array, Float32Array];
  readonly sampleRateHz: number;
  readonly quietest: 1 | 2 | 3;
} {
  const order = shuffled<Tone>(["plain", "quiet", "antiphase"], seededRandom(seed));
  const each = Math.round((TONE_S + PAUSE_S) * RATE_HZ);
  const left = new Float32Array(each * 3);
  const right = new Float32Array(each * 3);
  order.forEach((tone, n) => {
    const level = tone === "quiet" ? LEVEL * 10 ** (QUIET_DB / 20) : LEVEL;
    for (let i = 0; i < TONE_S * RATE_HZ; i++) {
      const x = level * ramp(i / RATE_HZ) * Math.sin(2 * Math.PI * TONE_HZ * (i / RATE_HZ));
      left[n * each + i] = x;
      right[n * each + i] = tone === "antiphase" ? -x : x;
    }
  });
  return {
    channels: [left, right],
    sampleRateHz: RATE_HZ,
    quietest: (order.indexOf("quiet") + 1) as 1 | 2 | 3,
  };
}

const ramp = (s: number): number =>
  Math.sin((Math.PI / 2) * Math.min(1, s / RAMP_S, (TONE_S - s) / RAMP_S)) ** 2;

export const passesHeadphoneCheck = (right: readonly boolean[]): boolean =>
  right.filter(Boolean).length >= HEADPHONE_ROUNDS_TO_PASS;
