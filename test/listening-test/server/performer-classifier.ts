/** What an attacker knows of one recording, and what he wants to know. */
export interface Sample {
  /** What it shares with others, a listener or an excerpt: samples of one group are all in training or all in trial. */
  readonly group: number;
  readonly features: readonly number[];
  readonly isHuman: boolean;
}

const FOLDS = 5;
const STEPS = 400;
const RATE = 0.3;
const RIDGE = 1e-3;

/**
 * Right guesses of a logistic regression, on groups that it has not seen.
 *
 * Features are standardised.
 */
export function guessedRight(samples: readonly Sample[]): number {
  const rows = standardised(samples.map((s) => s.features));
  let right = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const isTrial = (i: number): boolean => samples[i]!.group % FOLDS === fold;
    const all = samples.map((_, i) => i);
    const weights = fitted(
      all.filter((i) => !isTrial(i)).map((i) => ({ row: rows[i]!, isHuman: samples[i]!.isHuman })),
    );
    right += all.filter(isTrial).filter((i) => score(weights, rows[i]!) > 0 === samples[i]!.isHuman).length;
  }
  return right;
}

/** Features, their squares and products: what is telling only in the middle, or only together with another, counts. */
export const withProducts = (x: readonly number[]): number[] => [
  ...x,
  ...x.flatMap((a, i) => x.slice(i).map((b) => a * b)),
];

/** Every column with mean 0 and spread 1, and a column of ones. */
function standardised(rows: readonly (readonly number[])[]): number[][] {
  const columns = rows[0]!.map((_, c) => rows.map((row) => row[c]!));
  const scaled = columns.map((column) => {
    const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
    const spread = Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length);
    return column.map((v) => (spread < 1e-12 * Math.max(1, Math.abs(mean)) ? 0 : (v - mean) / spread));
  });
  return rows.map((_, r) => [1, ...scaled.map((column) => column[r]!)]);
}

const score = (weights: readonly number[], row: readonly number[]): number =>
  row.reduce((sum, v, i) => sum + v * weights[i]!, 0);

/** Gradient descent on the logistic loss with a little ridge. */
function fitted(known: readonly { readonly row: readonly number[]; readonly isHuman: boolean }[]): number[] {
  const weights = known[0]!.row.map(() => 0);
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((w) => RIDGE * w);
    for (const { row, isHuman } of known) {
      const error = 1 / (1 + Math.exp(-score(weights, row))) - (isHuman ? 1 : 0);
      row.forEach((v, i) => (slope[i]! += (error * v) / known.length));
    }
    slope.forEach((s, i) => (weights[i]! -= RATE * s));
  }
  return weights;
}
