/** One answer on a scale from "surely robot" (low) to "surely human" (high). */
export interface RatedAnswer {
  readonly rating: number;
  readonly isHuman: boolean;
}

export interface Roc {
  /** From (0, 0) to (1, 1): what is called human when everything at or above a rating is. */
  readonly points: readonly { readonly falseAlarmRate: number; readonly hitRate: number }[];
  /** Area by trapezoids: the chance that a human take is rated above another, ties counting half. NaN without both kinds. */
  readonly area: number;
}

/** Receiver operating characteristic of confidence ratings. */
export function rocOf(answers: readonly RatedAnswer[]): Roc {
  const counts = new Map<number, { human: number; other: number }>();
  let [humans, others] = [0, 0];
  for (const { rating, isHuman } of answers) {
    const at = counts.get(rating) ?? { human: 0, other: 0 };
    counts.set(rating, at);
    if (isHuman) {
      at.human++;
      humans++;
    } else {
      at.other++;
      others++;
    }
  }
  const points = [{ falseAlarmRate: 0, hitRate: 0 }];
  let [hits, falseAlarms] = [0, 0];
  for (const [, { human, other }] of [...counts].sort(([a], [b]) => b - a)) {
    hits += human;
    falseAlarms += other;
    points.push({ falseAlarmRate: falseAlarms / others, hitRate: hits / humans });
  }
  const area = points
    .slice(1)
    .reduce(
      (sum, p, i) =>
        sum + ((p.falseAlarmRate - points[i]!.falseAlarmRate) * (p.hitRate + points[i]!.hitRate)) / 2,
      0,
    );
  return { points, area };
}

/** A yes/no answer with confidence 1..`steps` as one rating: −steps … −1 robot, 1 … steps human. */
export const signedRating = (saysHuman: boolean, confidence: number): number =>
  saysHuman ? confidence : -confidence;
