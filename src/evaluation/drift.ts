import type { NoteReport } from "./performance-report.ts";

/** Onsets beyond the first of their kind, in the whole performance: with fewer there is nothing to compare. @assumed */
const FEWEST = 6;
/** A drift whose standard error is larger is told only where it is so many times that error: a few odd notes are no drift. @assumed */
const CLOSE_S = 0.0025;
const CERTAIN = 3;
/** From the end of the note before, the bow starts from rest [s]. */
const REST_S = 0.02;

/**
 * How much later the last onset came than it would have if the clock had kept the pace of the first [s]; null = too few alike, or too
 * unlike each other, to tell.
 *
 * Only alike onsets are compared: on the same strings, from the same strings, in the same way. A heavy string speaks later, and a slurred
 * crossing is over sooner than a bow change; in a piece that begins with the ones and ends with the others that is no drift.
 *
 *     drift = slope · (last − first),   slope = Σ (tᵢ − t̄)(eᵢ − ē) / Σ (tᵢ − t̄)²     means of each kind, sums over all
 */
export function driftOf(notes: readonly NoteReport[]): number | null {
  const kinds = new Map<string, Onset[]>();
  notes.forEach((note, i) => {
    const { plannedS: atS, errorS } = note.onset;
    if (errorS === null) return;
    const kind = kindOf(note, notes[i - 1]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), { atS, errorS }]);
  });
  const onsets = [...kinds.values()].flat();
  if (onsets.length - kinds.size < FEWEST) return null;
  let [squares, products, errors] = [0, 0, 0];
  for (const alike of kinds.values()) {
    const [meanAtS, meanErrorS] = [mean(alike.map(({ atS }) => atS)), mean(alike.map((o) => o.errorS))];
    for (const { atS, errorS } of alike) {
      squares += (atS - meanAtS) ** 2;
      products += (atS - meanAtS) * (errorS - meanErrorS);
      errors += (errorS - meanErrorS) ** 2;
    }
  }
  const times = onsets.map(({ atS }) => atS);
  const lengthS = Math.max(...times) - Math.min(...times);
  const driftS = (products / squares) * lengthS;
  const unexplained = Math.max(0, errors - products ** 2 / squares) / (onsets.length - kinds.size - 1);
  const uncertainS = Math.sqrt(unexplained / squares) * lengthS;
  return uncertainS > CLOSE_S && Math.abs(driftS) < CERTAIN * uncertainS ? null : driftS;
}

interface Onset {
  readonly atS: number;
  readonly errorS: number;
}

function kindOf(note: NoteReport, before: NoteReport | undefined): string {
  if (!before || note.onset.plannedS - before.offset.plannedS > REST_S) return `${stringsOf(note)} from rest`;
  const way = before.direction.planned === note.direction.planned ? "on" : "back";
  return `${stringsOf(before)} to ${stringsOf(note)}, ${way}`;
}

const stringsOf = ({ string, lower }: NoteReport): string => `${lower?.string ?? ""}${string.planned}`;

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
