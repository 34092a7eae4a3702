import type { StringName } from "../score/score.ts";

/** Where the operator is asked to bring the bow. */
export type TaughtPlace =
  | { readonly kind: "corner"; readonly string: StringName; readonly end: "frog" | "tip" }
  | { readonly kind: "extra"; readonly string: StringName; readonly number: number; readonly farUp: boolean }
  | { readonly kind: "parked" };

/** The person at the arm, or somebody who plays one. */
export interface Operator {
  /** Says something that needs no answer. */
  readonly tell: (text: string) => void;
  /**
   * Asks and waits.
   *
   * @param place where the bow is to be brought before it is answered, if anywhere
   * @returns what was answered, trimmed, in lower case; undefined: nobody answers any more
   */
  readonly ask: (text: string, place?: TaughtPlace) => Promise<string | undefined>;
}

/** What to do for a pose, as the operator reads it. */
export function placeInWords(place: TaughtPlace): string {
  switch (place.kind) {
    case "corner":
      return (
        `${place.string} string, ${place.end}: lay the hair on the ${place.string} string ${END_WORDS[place.end]}, square to it, ` +
        "touching no other string, where you would play mezzo forte"
      );
    case "extra":
      return (
        `${place.string} string, extra point ${place.number}: lay the hair on the ${place.string} string somewhere else along the bow` +
        (place.farUp ? ", a hand's breadth farther from the bridge" : "") +
        "; if you measure, type the millimetres from bridge to hair and, after a blank, from frog to string"
      );
    case "parked":
      return "parked: lift the bow away from the cello to where the arm is to wait before and after every piece";
  }
}

const END_WORDS = { frog: "near the frog", tip: "near the tip" } as const;
