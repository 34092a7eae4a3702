import type { Recipe } from "../stimuli/recipe.ts";

/** What a stimulus truly is. */
export interface KeyedStimulus {
  readonly id: string;
  readonly item: string;
  readonly performer: string;
  readonly kind: "human" | "robot" | "mechanical";
  readonly simulated: boolean;
  readonly take: string;
  /** Of an attention trial: how many beeps. */
  readonly beeps?: number;
  /** Raw take and all that was done to it. */
  readonly recipe: Recipe;
  /** Bag of the performance it was heard in, for robots. */
  readonly bagSha256?: string;
}

/** The secret of a study: who plays in which stimulus, and how each was made. */
export interface StudyKey {
  readonly labels: Readonly<Record<string, string>>;
  readonly stimuli: readonly KeyedStimulus[];
}
