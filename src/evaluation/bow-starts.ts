import { CELLO_STRINGS } from "../instrument/strings.ts";
import type { BowStart } from "./chart/guettler-plot.ts";
import { hairOf, stringNumber } from "./hair.ts";
import type { ToneReport } from "./judge-tone.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import { scoreClock } from "./score-clock.ts";

/** The start of a stroke that is looked at [s]: while the string is being caught. */
const LOOK_S = 0.05;

/** Acceleration and force of every stroke's start, as the hair had them. */
export function bowStarts(record: PerformanceRecord, tone: ToneReport): readonly BowStart[] {
  const hair = hairOf(record, scoreClock(record));
  return tone.notes.flatMap(({ index, started, accepted }) => {
    const note = record.plan.notes[index]!;
    const string = stringNumber(note.string);
    const [from, to] = [hair.at(note.startS), hair.at(note.startS + LOOK_S)];
    if (!started || to <= from || to >= hair.count) return [];
    let force = 0;
    for (let k = from; k < to; k++) force += hair.force(k, string) / (to - from);
    const faster = Math.abs(hair.speed(to, string)) - Math.abs(hair.speed(from, string));
    const onD = CELLO_STRINGS.D.impedanceKgps / CELLO_STRINGS[note.string].impedanceKgps;
    return [
      {
        string: note.string,
        accelerationMps2: Math.max(0, faster) / (hair.scoreS[to]! - hair.scoreS[from]!),
        forceOnDN: force * onD,
        accepted,
      },
    ];
  });
}
