import type { BowedString } from "../../instrument/strings.ts";
import type { SoundSettings } from "../sound-settings.ts";

/** Time of one vibration of the open string as tuned [s]. */
export const openPeriodS = (string: BowedString, settings: SoundSettings): number =>
  stoppedPeriodS(string, string.openMidi, settings);

/** Time of one vibration of a string that the left hand stops at a MIDI pitch, as it hears it under the bow [s]. */
export function stoppedPeriodS(string: BowedString, midi: number, { a4Hz, ear }: SoundSettings): number {
  const cents = trimAt(ear[string.openMidi] ?? [], Math.max(0, midi - string.openMidi));
  return 1 / (a4Hz * 2 ** ((midi - 69) / 12 + cents / 1200));
}

/** Between semitones in proportion. */
function trimAt(cents: readonly number[], semitones: number): number {
  const below = Math.floor(semitones);
  const at = (i: number): number => cents[Math.min(i, cents.length - 1)] ?? 0;
  return at(below) + (at(below + 1) - at(below)) * (semitones - below);
}
