import type { Decimated } from "../../sound/decimate.ts";
import { partialAmplitudes } from "./partials.ts";

const PARTIALS = 8;
const WINDOW_S = 0.05;
/** Partials of two notes nearer than this cannot be told apart [Hz]. */
const APART_HZ = 1.5 / WINDOW_S;
/** A note has begun when its own partials are within this of their full power [dB], for so many frames on end. @assumed */
const BEGUN_DB = -14;
const FRAMES = 5;

/**
 * When a note's own partials rise, those that it shares with the note before left out: for strings that ring on.
 *
 * @param frames moments to look at, and one hop [s]
 * @returns index of a frame; `undefined` if the note has no partial of its own, or they sound from the beginning
 */
export function partialsRise(
  { samples, sampleRateHz }: Decimated,
  { fromHz, toHz }: { readonly fromHz: number; readonly toHz: number },
  frames: { readonly first: number; readonly last: number; readonly hopS: number; readonly endS: number },
): number | undefined {
  const own = Array.from({ length: PARTIALS }, (_, i) => (i + 1) * toHz).filter(
    (hz) => Math.abs(hz - fromHz * Math.max(1, Math.round(hz / fromHz))) > APART_HZ,
  );
  if (own.length === 0) return undefined;
  const length = Math.round(WINDOW_S * sampleRateHz);
  const powerDb = (frame: number): number => {
    const from = Math.round(frame * frames.hopS * sampleRateHz) - length / 2;
    const power = own.reduce(
      (sum, hz) =>
        sum +
        partialAmplitudes(samples, sampleRateHz, hz, { from: Math.round(from), length, count: 1 })[0]! ** 2,
      1e-15,
    );
    return 10 * Math.log10(power);
  };
  const end = Math.max(
    frames.last,
    Math.round((0.5 * (frames.first + frames.last) + frames.endS / frames.hopS) / 2),
  );
  const powers = Array.from({ length: end - frames.first + 1 }, (_, i) => powerDb(frames.first + i));
  const full = [...powers].sort((a, b) => a - b)[Math.floor(0.9 * powers.length)]!;
  for (let i = 0; i + frames.first <= frames.last; i++)
    if (powers.slice(i, i + FRAMES).every((p) => p > full + BEGUN_DB))
      return i === 0 ? undefined : frames.first + i;
  return frames.last;
}
