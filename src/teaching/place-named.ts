import { CellistError } from "../errors.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { TaughtPlace } from "./operator.ts";

/**
 * A place by its short name: "A frog", "C tip", "G extra", "parked".
 *
 * @param extraOf how many extra points a string has already
 * @throws CellistError `calibration-invalid`
 */
export function placeNamed(name: string, extraOf: (string: StringName) => number): TaughtPlace {
  const [first = "", what, ...more] = name.trim().split(/\s+/);
  if (first.toLowerCase() === "parked" && what === undefined) return { kind: "parked" };
  const string = STRING_NAMES.find((one) => one === first.toUpperCase());
  const isPlace = string !== undefined && more.length === 0;
  if (isPlace && (what === "frog" || what === "tip")) return { kind: "corner", string, end: what };
  if (isPlace && what === "extra")
    return { kind: "extra", string, number: extraOf(string) + 1, farUp: false };
  throw new CellistError(
    "calibration-invalid",
    `"${name}" is no place: a string (C, G, D or A) with frog, tip or extra, as in "A frog", or parked`,
  );
}

/** The place of some that is called so, with the number of an extra point: "d tip", "C extra 2"; undefined when none is. */
export const placeCalled = (name: string, places: readonly TaughtPlace[]): TaughtPlace | undefined =>
  places.find((place) => {
    const called = place.kind === "extra" ? `${shortName(place)} ${place.number}` : shortName(place);
    return called.toLowerCase() === name.trim().toLowerCase().replace(/\s+/g, " ");
  });

/** The short name of a place. */
export const shortName = (place: TaughtPlace): string =>
  place.kind === "parked" ? "parked" : `${place.string} ${place.kind === "corner" ? place.end : "extra"}`;
