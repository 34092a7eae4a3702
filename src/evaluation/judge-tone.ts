import { soundedStrings, type BowedNote } from "../bowing/bow-plan.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { HOP_OUT_SAMPLES, type RenderedSound } from "../sound/render.ts";
import { bowedTone, isAcceptedStart, type BowedTone } from "../sound/string/helmholtz.ts";
import { OVERSAMPLING } from "../sound/string/string-drive.ts";
import { directionSign } from "./hair.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import { scoreClock } from "./score-clock.ts";

/** One note as the simulated string had it. */
export interface NoteTone extends BowedTone {
  /** Position in `BowPlan.notes`. */
  readonly index: number;
  readonly lengthS: number;
  /** The bow begins it: by a new stroke or on a new string. */
  readonly started: boolean;
  /** It settled as soon as listeners ask for. */
  readonly accepted: boolean;
  /** The lower string of a double stop. */
  readonly lower?: StringTone;
}

/** One string of a note. */
export type StringTone = BowedTone & Pick<NoteTone, "started" | "accepted">;

/** What the strings did in a simulated performance: known only because they are simulated. */
export interface ToneReport {
  readonly notes: readonly NoteTone[];
  /** Time with one slip per period, over all sustained time [-]; null = nothing was sustained. */
  readonly helmholtzShare: number | null;
  /** Strings of notes that the bow begins, and those that settled within 50 ms (choked) or 90 ms (multiple slip). */
  readonly starts: number;
  readonly acceptedStarts: number;
}

/** @param rendered the sound of this record, from its first row on */
export function judgeTone(record: PerformanceRecord, rendered: RenderedSound): ToneReport {
  const clock = scoreClock(record);
  const soundZeroS = clock.scoreZeroRobotS - (record.robotTimeS[0] ?? 0);
  const rate = rendered.stems.sampleRateHz;
  const toneOf = (note: BowedNote, name: StringName, before: BowedNote | undefined): StringTone => {
    const string = STRING_NAMES.indexOf(name);
    const { period } = rendered.drives[string]!;
    const tone = bowedTone(rendered.slips[string]!, {
      startS: soundZeroS + note.startS,
      endS: soundZeroS + note.endS,
      sign: directionSign(note.direction),
      periodAtS: (s) => {
        const hop = Math.min(Math.max(Math.round((s * rate) / HOP_OUT_SAMPLES), 0), period.length - 1);
        return period[hop]! / (OVERSAMPLING * rate);
      },
    });
    const goesOn =
      before?.stroke === note.stroke && soundedStrings(before).some((sounded) => sounded.string === name);
    return { ...tone, started: !goesOn, accepted: isAcceptedStart(tone) };
  };
  const notes = record.plan.notes.map((note, index): NoteTone => {
    const before = record.plan.notes[index - 1];
    return {
      ...toneOf(note, note.string, before),
      index,
      lengthS: note.endS - note.startS,
      ...(note.lower && { lower: toneOf(note, note.lower.string, before) }),
    };
  });
  const strings = notes.flatMap(({ lower, ...note }) => [
    note,
    ...(lower ? [{ ...lower, lengthS: note.lengthS }] : []),
  ]);
  const sustained = strings.filter((n) => n.helmholtzShare !== null);
  const weight = sustained.reduce((sum, n) => sum + n.lengthS, 0);
  return {
    notes,
    helmholtzShare:
      weight === 0 ? null : sustained.reduce((sum, n) => sum + n.helmholtzShare! * n.lengthS, 0) / weight,
    starts: strings.filter((n) => n.started).length,
    acceptedStarts: strings.filter((n) => n.started && n.accepted).length,
  };
}
