/** What an analysis was told before the study. */
export interface AnalysisSettings {
  /** Two-sided level of each test, and one-sided of each half of an equivalence test. */
  readonly level: number;
  /** Half-width around one half that counts as no better than chance. */
  readonly margin: number;
  readonly bootstrapResamples: number;
  readonly seed: number;
}
