import { CellistError } from "../errors.ts";
import type { KeyChange } from "./score.ts";

/** @throws usage for a transposition that is not whole semitones */
export function wholeSemitones(transpose: number): number {
  if (Number.isInteger(transpose)) return transpose;
  throw new CellistError(
    "usage",
    `the transposition is ${transpose}; it must be whole semitones, such as -12.`,
  );
}

/** A key moved by semitones: 7 semitones up are one sharp more, wrapped to at most six sharps or flats. */
export function transposedKey(key: KeyChange, semitones: number): KeyChange {
  if (semitones === 0) return key;
  const fifths = (((key.fifths + 7 * semitones + 5) % 12) + 12) % 12;
  return { ...key, fifths: fifths - 5 };
}
