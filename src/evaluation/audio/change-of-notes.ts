import type { ShortSpectra } from "./short-spectra.ts";

/** What is heard after one note has given way to another, and is not heard later any more. */
export interface ChangeOfNotes {
  /** What only the old note had, against its level in that note [dB]: 0 = it goes on as if it were still bowed; null = nothing was. */
  readonly oldDb: number | null;
  /** How much of that is gone later [dB]: much where the old string was bowed on, little where it merely rings. */
  readonly oldFallsDb: number | null;
  /** What neither note has, over what there is of it later [dB]: scratching. */
  readonly roughDb: number;
}

/**
 * Where a change is listened to, after the moment it is expected [s]: good starts are rough, too, but for 90 ms at most.
 * @assumed a bump takes about a tenth of a second @source Guettler and Askenfelt, JASA 101 (1997), for good starts
 */
const AFTER_S = { from: 0.085, to: 0.115 };
/** When it is over [s], but so long before the note's end. */
const LATER_S = { from: 0.17, to: 0.22 };
const END_S = 0.03;
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
 * A bow that goes over cleanly lets the old string ring down; one that bumps drags over both, and scratches, for a while.
 *
 * @param atS when the change was expected
 * @param old, young the middles of both notes, @param endS when the young one ends
 */
export function changeOfNotes(
  spectra: ShortSpectra,
  atS: number,
  { old, young, endS }: { readonly old: Stretch; readonly young: Stretch; readonly endS: number },
): ChangeOfNotes {
  const [a, b] = [meanDb(spectra, old), meanDb(spectra, young)];
  const after = meanDb(spectra, { fromS: atS + AFTER_S.from, toS: atS + AFTER_S.to });
  const laterS = Math.min(LATER_S.to, endS - END_S - atS);
  const later = meanDb(spectra, { fromS: atS + laterS - (LATER_S.to - LATER_S.from), toS: atS + laterS });
  const [loudA, loudest] = [largest(a), Math.max(largest(a), largest(b))];
  let [olds, oldSum, fallSum, quiets, roughSum] = [0, 0, 0, 0, 0];
  for (let k = 2; k < after.length; k++) {
    if (a[k]! > b[k]! + ONLY_DB && a[k]! > loudA - LOUD_DB) {
      olds++;
      oldSum += after[k]! - a[k]!;
      fallSum += after[k]! - later[k]!;
    }
    if (Math.max(a[k]!, b[k]!) < loudest - QUIET_DB) {
      quiets++;
      roughSum += after[k]! - later[k]!;
    }
  }
  return {
    oldDb: olds < FEW ? null : oldSum / olds,
    oldFallsDb: olds < FEW ? null : fallSum / olds,
    roughDb: quiets < FEW ? 0 : roughSum / quiets,
  };
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
