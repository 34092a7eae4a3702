import type { BowedString } from "../../instrument/strings.ts";
import type { SoundSettings } from "../sound-settings.ts";
import { openPeriodS } from "./tuning.ts";

/** Low-passes of one pole in a row that take the high partials. */
export const LOSS_STAGES = 2;
/** First-order allpasses in a row that spread the partials of a stiff string; `waveguide-string.ts` writes out these and the low-passes. */
export const DISPERSION_STAGES = 3;

/**
 * What happens to a wave on its way over the nut and back, beside taking time: partials are lost and spread.
 *
 * Loss: gain · `LOSS_STAGES` equal one-pole low-passes. Dispersion: `DISPERSION_STAGES` equal allpasses (a + z⁻¹)/(1 + a·z⁻¹).
 */
export interface LoopFilter {
  /** Signed: −gain, for the nut turns the wave over. */
  readonly gain: number;
  /** Pole of the low-passes, in [0, 1). */
  readonly pole: number;
  readonly allpass: number;
  /** Time that all take at the fundamental [samples]: to be taken off the delay. */
  readonly delay: number;
}

/**
 * @param period of the string as it is stopped [samples]
 * @param stopped 0 open, 1 under a finger; between them on the way
 */
export function loopFilter(
  string: BowedString,
  { period, stopped }: { readonly period: number; readonly stopped: number },
  settings: SoundSettings,
): LoopFilter {
  const { losses } = settings;
  const openPeriod = 2 * settings.sampleRateHz * openPeriodS(string, settings);
  const corner = losses.cornerPartial + (losses.fingerCornerPartial - losses.cornerPartial) * stopped;
  const pole = Math.exp((-2 * Math.PI * corner) / openPeriod);
  const gain = (1 + (losses.fingerGain - 1) * stopped) * Math.exp(-Math.PI / losses.q);
  const allpass = dispersion(string, period, openPeriod);
  const w = (2 * Math.PI) / period;
  const delay = (LOSS_STAGES * polePhase(pole, w) + DISPERSION_STAGES * allpassPhase(allpass, w)) / w;
  return { gain: -gain, pole, allpass, delay };
}

/**
 * Coefficient of the allpasses for a stiff string.
 *
 * Partial n of a string is sharp by B·n²/2, so it must take N·B·n²/2 samples less. One allpass of delay d at 0 Hz takes
 * d(d² − 1)·ω²/12 less at ω: with N = 2π/ω₀ samples and M of them, M·d(d² − 1) = 6·B·N³/(2π)².
 */
function dispersion(string: BowedString, period: number, openPeriod: number): number {
  const inharmonicity = string.inharmonicity * (openPeriod / period) ** 2;
  const cubed = (6 * inharmonicity * period ** 3) / (DISPERSION_STAGES * (2 * Math.PI) ** 2);
  let d = Math.cbrt(cubed) + 1;
  for (let i = 0; i < 8; i++) d -= (d ** 3 - d - cubed) / (3 * d * d - 1);
  return (1 - d) / (1 + d);
}

const polePhase = (pole: number, w: number): number => Math.atan2(pole * Math.sin(w), 1 - pole * Math.cos(w));

/** Phase that one allpass lags by, in [0, π] for w in [0, π]. */
function allpassPhase(a: number, w: number): number {
  const lag = Math.atan2(Math.sin(w), a + Math.cos(w)) - Math.atan2(a * Math.sin(w), 1 + a * Math.cos(w));
  return lag < 0 ? lag + 2 * Math.PI : lag;
}
