/** What a stimulus is for. "control" does not say which control: the key does. */
export const ROLES = ["main", "control", "trap", "practice", "reference", "anchor"] as const;
export type StimulusRole = (typeof ROLES)[number];

/** One recording that listeners hear, as the server knows it: who plays is in the key alone. */
export interface Stimulus {
  /** Random, 16 hexadecimal digits. */
  readonly id: string;
  /** The excerpt, as `twinkle`. */
  readonly item: string;
  /** A letter per performer, drawn once for the whole study; the same letter is the same performer throughout. */
  readonly label: string;
  readonly role: StimulusRole;
  readonly sha256: string;
  readonly durationS: number;
  readonly bytes: number;
}

/** All stimuli of a study, without their secret. */
export interface Manifest {
  readonly items: readonly string[];
  /** Of the main stimuli; every item has one stimulus of each. */
  readonly labels: readonly string[];
  readonly stimuli: readonly Stimulus[];
  /** Ids of stimuli that pair tasks set against each other as controls. */
  readonly controlPairs: readonly (readonly [string, string])[];
}
