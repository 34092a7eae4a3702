/** A note as somebody wrote or heard it. */
export interface HeardNote {
  readonly onsetS: number;
  readonly offsetS: number;
  readonly hz: number;
}

/** How well what was heard agrees with what is true. */
export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly fMeasure: number;
}

export interface Tolerances {
  readonly onsetS: number;
  readonly cents: number;
  /** Offsets may differ by this share of the true note, but always by `offsetS`; absent = offsets do not count. */
  readonly offset?: { readonly share: number; readonly leastS: number };
}

/** @source the defaults of mir_eval 0.8, `transcription` and `onset` */
export const NOTE_TOLERANCES: Tolerances = { onsetS: 0.05, cents: 50 };
export const NOTE_TOLERANCES_WITH_OFFSETS: Tolerances = {
  ...NOTE_TOLERANCES,
  offset: { share: 0.2, leastS: 0.05 },
};

/** Distances in time are compared when rounded to so many decimals. @source mir_eval, `transcription` */
const DECIMALS = 1e4;
const rounded = (seconds: number): number => Math.round(Math.abs(seconds) * DECIMALS) / DECIMALS;

/**
 * Agreement of transcribed notes: a note is right if its onset, its pitch and, where asked for, its offset are near those of
 * a true note; each note counts once, in the pairing that makes most notes right.
 *
 * @source mir_eval, `transcription.precision_recall_f1_overlap`
 */
export function noteAgreement(
  truth: readonly HeardNote[],
  heard: readonly HeardNote[],
  tolerances: Tolerances = NOTE_TOLERANCES,
): Agreement & { readonly averageOverlap: number } {
  const pairs = largestPairing(truth.length, heard.length, (t, h) =>
    isRight(truth[t]!, heard[h]!, tolerances),
  );
  const overlaps = pairs.map(([t, h]) => overlapOf(truth[t]!, heard[h]!));
  const averageOverlap = overlaps.reduce((sum, x) => sum + x, 0) / Math.max(1, overlaps.length);
  return { ...agreement(pairs.length, truth.length, heard.length), averageOverlap };
}

/** Agreement of onsets alone. @source mir_eval, `onset.f_measure` */
export function onsetAgreement(
  truthS: readonly number[],
  heardS: readonly number[],
  windowS = NOTE_TOLERANCES.onsetS,
): Agreement {
  const pairs = largestPairing(
    truthS.length,
    heardS.length,
    (t, h) => Math.abs(truthS[t]! - heardS[h]!) <= windowS,
  );
  return agreement(pairs.length, truthS.length, heardS.length);
}

function isRight(truth: HeardNote, heard: HeardNote, { onsetS, cents, offset }: Tolerances): boolean {
  if (rounded(truth.onsetS - heard.onsetS) > onsetS) return false;
  if (Math.abs(1200 * Math.log2(heard.hz / truth.hz)) > cents) return false;
  if (!offset) return true;
  const allowedS = Math.max(offset.share * (truth.offsetS - truth.onsetS), offset.leastS);
  return rounded(truth.offsetS - heard.offsetS) <= allowedS;
}

const overlapOf = (a: HeardNote, b: HeardNote): number =>
  (Math.min(a.offsetS, b.offsetS) - Math.max(a.onsetS, b.onsetS)) /
  (Math.max(a.offsetS, b.offsetS) - Math.min(a.onsetS, b.onsetS));

function agreement(right: number, truth: number, heard: number): Agreement {
  const precision = heard === 0 ? 0 : right / heard;
  const recall = truth === 0 ? 0 : right / truth;
  const fMeasure = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, fMeasure };
}

/**
 * As many pairs as can be, each member in one pair at most.
 *
 * @source augmenting paths: Kuhn, Naval Research Logistics 2 (1955)
 */
function largestPairing(
  count: number,
  others: number,
  fits: (i: number, j: number) => boolean,
): readonly (readonly [number, number])[] {
  const partner = new Int32Array(others).fill(-1);
  const options = Array.from({ length: count }, (_, i) =>
    Array.from({ length: others }, (_, j) => j).filter((j) => fits(i, j)),
  );
  const place = (i: number, asked: Set<number>): boolean => {
    for (const j of options[i]!) {
      if (asked.has(j)) continue;
      asked.add(j);
      if (partner[j]! < 0 || place(partner[j]!, asked)) {
        partner[j] = i;
        return true;
      }
    }
    return false;
  };
  for (let i = 0; i < count; i++) place(i, new Set());
  return [...partner].flatMap((i, j) => (i < 0 ? [] : [[i, j] as const]));
}
