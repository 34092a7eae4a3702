import { CellistError } from "../errors.ts";

/** A MIDI file that cannot be read: one sentence, with the byte where reading stopped. */
export function badMidi(sentence: string, byteOffset?: number, cause?: unknown): CellistError {
  return new CellistError("midi-invalid", sentence, byteOffset === undefined ? {} : { byteOffset }, cause);
}
