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
  const humans = answers.filter((a) => a.isHuman);
  const others = answers.filter((a) => !a.isHuman);
  const share = (of: readonly RatedAnswer[], from: number): number =>
    of.filter((a) => a.rating >= from).length / of.length;
  const ratings = [...new Set(answers.map((a) => a.rating))].sort((a, b) => b - a);
  const points = [
    { falseAlarmRate: 0, hitRate: 0 },
    ...ratings.map((r) => ({ falseAlarmRate: share(others, r), hitRate: share(humans, r) })),
  ];
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
