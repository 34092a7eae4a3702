import { BANDS, LOWEST_BAND, type SemitoneSpectrum } from "../audio/semitone-spectrum.ts";
import { noteName } from "../../score/note-name.ts";
import { chartFrame } from "./chart-frame.ts";

/** A written note to draw over the sound, on the time axis of the spectrum. */
export interface OverlaidNote {
  readonly startS: number;
  readonly endS: number;
  readonly midi: number;
}

/** Shades, from quiet to loud; quieter than the last of so many steps is white. */
const SHADES = ["#e3edf6", "#b9d2e8", "#7fb0d6", "#3f86bd", "#155a96", "#062b57"] as const;
const STEP_DB = 8;

/**
 * How loud each semitone was along a recording, with the notes of the score framed over their first partial.
 *
 * @param zeroS where the time axis has its 0, on that of the spectrum
 */
export function spectrogram(
  { hopS, frames, amplitude }: SemitoneSpectrum,
  notes: readonly OverlaidNote[],
  zeroS: number,
): string {
  const x = { from: -zeroS, to: frames * hopS - zeroS, label: "score time, s" };
  const frame = chartFrame({
    title: "Sound: level of each semitone (darker is louder, 8 dB a shade), the score's notes framed",
    x,
    y: {
      from: LOWEST_BAND - 0.5,
      to: LOWEST_BAND + BANDS - 0.5,
      label: "pitch",
      ticks: [36, 48, 60, 72, 84, 96].map((midi) => ({ at: midi, text: noteName(midi) })),
    },
  });
  const height = frame.y(0) - frame.y(1) + 0.2;
  const shades = shadesOf(amplitude);
  const runs = SHADES.map(() => "");
  for (let b = 0; b < BANDS; b++) {
    const y = frame.y(LOWEST_BAND + b);
    for (let f = 0, from = 0; f <= frames; f++) {
      const shade = shades[from * BANDS + b];
      if (f < frames && shades[f * BANDS + b] === shade) continue;
      if (shade !== undefined && shade >= 0 && from < frames)
        runs[shade] += `M${frame.x(from * hopS - zeroS)} ${y}H${frame.x(f * hopS - zeroS)}`;
      from = f;
    }
  }
  const sound = runs.map(
    (d, i) => `<path d="${d}" stroke="${SHADES[i]!}" stroke-width="${height.toFixed(1)}" fill="none"/>`,
  );
  const written = notes.map(({ startS, endS, midi }) => {
    const [left, right] = [frame.x(startS), frame.x(endS)];
    return `<rect class="outline" x="${left}" y="${frame.y(midi + 0.7)}" width="${Math.max(1, right - left).toFixed(1)}" height="${(1.4 * height).toFixed(1)}"/>`;
  });
  return frame.svg(sound.join("") + `<g stroke="#d1602b">${written.join("")}</g>`);
}

/** Shade of each cell; −1 = white. */
function shadesOf(amplitude: Float32Array): Int8Array {
  const loudest = amplitude.reduce((most, a) => Math.max(most, a), 1e-9);
  return Int8Array.from(amplitude, (a) => {
    const steps = Math.floor((20 * Math.log10(loudest / Math.max(a, 1e-12))) / STEP_DB);
    return Math.max(-1, SHADES.length - 1 - steps);
  });
}
