import type { BowedString } from "../../instrument/strings.ts";
import type { SoundSettings } from "../sound-settings.ts";

/** Time of one vibration of the open string as tuned [s]. */
export const openPeriodS = (string: BowedString, settings: SoundSettings): number =>
  stoppedPeriodS(string, string.openMidi, settings);

/** Time of one vibration of a string that the left hand stops at a MIDI pitch, trimmed for the bow [s]. */
export function stoppedPeriodS(
  string: BowedString,
  midi: number,
  { a4Hz, bowedTrim }: SoundSettings,
): number {
  const semitones = Math.min(Math.max(midi - string.openMidi, 0), bowedTrim.mostSemitones);
  const cents = bowedTrim.openCents + bowedTrim.centsPerSemitone * semitones;
  return 1 / (a4Hz * 2 ** ((midi - 69) / 12 + cents / 1200));
}
