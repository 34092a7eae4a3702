/** How a question is asked. */
export const METHODS = ["yes-no", "pair", "rating", "preference", "mushra"] as const;
export type Method = (typeof METHODS)[number];

/** Scales of the rating method, 1 (not at all) to 7 (very much). */
export const RATING_SCALES = ["humanlike", "expressive", "tone", "timing"] as const;
export type RatingScale = (typeof RATING_SCALES)[number];
export const RATING_STEPS = 7;
export const CONFIDENCE_STEPS = 5;

/** What a listener answered. */
export type Response =
  | { readonly method: "yes-no"; readonly says: "human" | "robot"; readonly confidence: number }
  /** Which of the two is played by a human. */
  | { readonly method: "pair"; readonly choice: 1 | 2; readonly confidence: number }
  | { readonly method: "rating"; readonly scales: Readonly<Record<RatingScale, number>> }
  /** 0: no preference. */
  | { readonly method: "preference"; readonly choice: 0 | 1 | 2 }
  /** 0..100 for each slot after the open reference. */
  | { readonly method: "mushra"; readonly scores: readonly number[] };

/** One part of a test: a method and how many trials beside the main ones it takes. */
export interface Block {
  readonly method: Method;
  /** Controls (mechanical renditions, pairs of two human takes) each listener gets. */
  readonly controls: number;
  /** Attention trials: beeps interrupt the music and say what to answer. */
  readonly traps: number;
  /** Main trials asked a second time near the end, to see whether a listener agrees with herself. */
  readonly repeats: number;
}
