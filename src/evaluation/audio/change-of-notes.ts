import type { ShortSpectra } from "./short-spectra.ts";

/** What is heard just after one note has given way to another. */
export interface ChangeOfNotes {
  /** What only the old note had, against its level in that note [dB]: 0 = it goes on as if it were still bowed; null = nothing was. */
  readonly oldDb: number | null;
  /** What neither note has, against the louder of both [dB]: scratching, > 0 where it is only there. */
  readonly roughDb: number;
}

/** Where a change is listened to, after the moment it is expected [s]: past the change itself, before a bump is over. @assumed */
const AFTER_S = { from: 0.045, to: 0.085 };
/** Lines of the old note are those that lie so far over the new one's, and not so far under its loudest [dB]. @assumed */
const ONLY_DB = 10;
const LOUD_DB = 30;
/** Lines that neither note has lie so far under the loudest of both [dB]. @assumed */
const QUIET_DB = 25;

/** Fewer lines than this say nothing. */
const FEW = 3;

interface Stretch {
  readonly fromS: number;
  readonly toS: number;
}

/**
 * A bow that goes over cleanly lets the old string ring down; one that bumps drags over both, and scratches.
 *
 * @param atS when the change was expected
 * @param old, young the middles of both notes
 */
export function changeOfNotes(
  spectra: ShortSpectra,
  atS: number,
  old: Stretch,
  young: Stretch,
): ChangeOfNotes {
  const [a, b] = [meanDb(spectra, old), meanDb(spectra, young)];
  const c = meanDb(spectra, { fromS: atS + AFTER_S.from, toS: atS + AFTER_S.to });
  const [loudA, loudest] = [largest(a), Math.max(largest(a), largest(b))];
  let [olds, oldSum, quiets, roughSum] = [0, 0, 0, 0];
  for (let k = 2; k < c.length; k++) {
    if (a[k]! > b[k]! + ONLY_DB && a[k]! > loudA - LOUD_DB) {
      olds++;
      oldSum += c[k]! - a[k]!;
    }
    if (Math.max(a[k]!, b[k]!) < loudest - QUIET_DB) {
      quiets++;
      roughSum += c[k]! - Math.max(a[k]!, b[k]!);
    }
  }
  return { oldDb: olds < FEW ? null : oldSum / olds, roughDb: quiets < FEW ? 0 : roughSum / quiets };
}

const largest = (values: Float64Array): number => values.reduce((most, v) => Math.max(most, v), -Infinity);

function meanDb({ levelDb, lines, frames, hopS }: ShortSpectra, { fromS, toS }: Stretch): Float64Array {
  const mean = new Float64Array(lines);
  const first = Math.min(Math.max(0, Math.round(fromS / hopS)), frames - 1);
  const last = Math.min(Math.max(first, Math.round(toS / hopS)), frames - 1);
  for (let f = first; f <= last; f++)
    for (let k = 0; k < lines; k++) mean[k]! += levelDb[f * lines + k]! / (last - first + 1);
  return mean;
}
