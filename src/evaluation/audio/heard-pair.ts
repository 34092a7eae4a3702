import type { Decimated } from "../../sound/decimate.ts";
import { FINE_SIZE, fineSpectrum } from "./fine-spectrum.ts";
import { hzOfMidi } from "./written-note.ts";

/** One of two pitches that sound together. */
export interface PairPitch {
  /** From the written pitch [cents]; null = all its partials are the other's too, so that nobody can say. */
  readonly cents: number | null;
  /** Its own partials against the stronger string's [dB]; null as above. */
  readonly levelDb: number | null;
}

/** At most so much of a note is looked at [s], and so many partials of each pitch. */
const LOOK_S = 0.5;
const PARTIALS = 14;
/** Partials this near to one of the other pitch belong to both [cents]; and this many lines of the window's width. */
const SHARED_CENTS = 45;
const SHARED_LINES = 2.2;
/** Pitches are looked for so far from the written one, in such steps [cents]. */
const REACH_CENTS = 120;
const STEP_CENTS = 2;
/** Each partial with this share of the weight of the one before. */
const WEIGHT = 0.9;

/**
 * The two pitches of a double stop. The sound as a whole repeats at neither, so each is told by the partials that the other does not
 * share: where, near the written pitch, they are strongest together.
 *
 * @param midi upper and lower pitch as written
 */
export function heardPair(
  { samples, sampleRateHz }: Decimated,
  { fromS, toS }: { readonly fromS: number; readonly toS: number },
  midi: readonly [upper: number, lower: number],
): readonly [PairPitch, PairPitch] {
  const lengthS = Math.min(LOOK_S, toS - fromS);
  const length = Math.max(1, Math.min(Math.round(lengthS * sampleRateHz), FINE_SIZE));
  const from = Math.round(0.5 * (fromS + toS) * sampleRateHz - length / 2);
  const lines = fineSpectrum(samples, from, length);
  const [upperHz, lowerHz] = midi.map((pitch) => hzOfMidi(pitch)) as [number, number];
  const heard = [
    ownPitch(lines, sampleRateHz, upperHz, lowerHz, length),
    ownPitch(lines, sampleRateHz, lowerHz, upperHz, length),
  ] as const;
  const strongest = Math.max(...heard.map((own) => own?.amplitude ?? 0), 1e-12);
  const told = (own: Own | undefined): PairPitch =>
    own === undefined
      ? { cents: null, levelDb: null }
      : { cents: own.cents, levelDb: 20 * Math.log10(Math.max(own.amplitude, 1e-12) / strongest) };
  return [told(heard[0]), told(heard[1])];
}

interface Own {
  readonly cents: number;
  readonly amplitude: number;
}

/** Where the partials that are a pitch's own stand, and their mean amplitude. */
function ownPitch(
  lines: Float64Array,
  rateHz: number,
  hz: number,
  otherHz: number,
  length: number,
): Own | undefined {
  const hzPerLine = rateHz / FINE_SIZE;
  const widthHz = (SHARED_LINES * rateHz) / length;
  const own = Array.from({ length: PARTIALS }, (_, i) => i + 1).filter((h) => {
    const at = h * hz;
    if (at > 0.4 * rateHz) return false;
    const nearest = Math.max(1, Math.round(at / otherHz)) * otherHz;
    return Math.abs(1200 * Math.log2(at / nearest)) > SHARED_CENTS && Math.abs(at - nearest) > widthHz;
  });
  if (own.length === 0) return undefined;
  let best: Own = { cents: 0, amplitude: -1 };
  for (let cents = -REACH_CENTS; cents <= REACH_CENTS; cents += STEP_CENTS) {
    const near = hz * 2 ** (cents / 1200);
    let [sum, weights] = [0, 0];
    for (const h of own) {
      const x = (h * near) / hzPerLine;
      const k = Math.floor(x);
      sum += WEIGHT ** h * ((1 - (x - k)) * (lines[k] ?? 0) + (x - k) * (lines[k + 1] ?? 0));
      weights += WEIGHT ** h;
    }
    if (sum / weights > best.amplitude) best = { cents, amplitude: sum / weights };
  }
  return best;
}
