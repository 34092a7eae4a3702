import type { DynamicMark, Hairpin } from "../loudness-curve.ts";
import type { RawNote } from "../raw-notes.ts";
import type { PlayedMeasure } from "./played-measures.ts";

/** What the directions of a part mean for its notes. */
export interface DirectionMarks {
  readonly marks: { readonly dynamics: readonly DynamicMark[]; readonly hairpins: readonly Hairpin[] };
  /** Indices of notes that are begun with an accent (sfz, fp …). */
  readonly accents: ReadonlySet<number>;
  readonly remarks: readonly string[];
}

/** Dynamics, hairpins and sudden accents at their ticks. @param notes sorted by start */
export function directionMarks(
  measures: readonly PlayedMeasure[],
  notes: readonly RawNote[],
): DirectionMarks {
  const dynamics: DynamicMark[] = [];
  const hairpins: Hairpin[] = [];
  const accents = new Set<number>();
  const open = new Map<string, { fromTick: number; grows: boolean }>();
  let loose = 0;
  for (const { startTick, measure } of measures)
    for (const { offsetTicks, says } of measure.directions.toSorted(
      (a, b) => a.offsetTicks - b.offsetTicks,
    )) {
      const tick = startTick + offsetTicks;
      if (says.kind === "dynamic") dynamics.push({ tick: says.late ? tick + 1 : tick, value: says.value });
      if (says.kind === "accent") {
        const index = notes.findIndex(({ endTick }) => endTick > tick);
        if (index >= 0) accents.add(index);
      }
      if (says.kind !== "wedge") continue;
      if (says.type !== "stop") open.set(says.number, { fromTick: tick, grows: says.type === "crescendo" });
      else {
        const begun = open.get(says.number);
        open.delete(says.number);
        if (begun && begun.fromTick < tick) hairpins.push({ ...begun, toTick: tick });
        else loose += 1;
      }
    }
  loose += open.size;
  const remarks = loose > 0 ? [`hairpins without a beginning or an end: ${loose} ignored`] : [];
  return { marks: { dynamics, hairpins }, accents, remarks };
}
