import type { BowedNote, BowPlan } from "../bowing/bow-plan.ts";
import type * as cellist from "../cellist_msgs/messages.ts";
import { pairUnder, stringsOf } from "../score/bow-level.ts";
import type { Articulation, BowDirection, Dynamic, StringName } from "../score/score.ts";
import { heededFromMessage, heededMessage } from "./heeded-message.ts";
import { headerAt } from "./log-time.ts";

/** A bow plan as cellist_msgs/msg/BowPlan. */
export const bowPlanMessage = (plan: BowPlan, timeNs: bigint): cellist.BowPlan => ({
  header: headerAt(timeNs),
  title: plan.title,
  notes: plan.notes.map(noteMessage),
  lifts: plan.lifts.map(({ after, before, startS, endS }) => ({
    after_note: after,
    before_note: before,
    start_s: startS,
    end_s: endS,
  })),
  ...heededMessage(plan),
  sha256: plan.provenance.sha256,
});

const noteMessage = (note: BowedNote): cellist.BowedNote => ({
  note_index: note.noteIndex,
  midi: note.midi,
  string_name: note.string,
  lower_midi: note.lower?.midi ?? 0,
  lower_force_n: note.lower?.forceN ?? 0,
  lower_min_force_n: note.lower?.minForceN ?? 0,
  lower_max_force_n: note.lower?.maxForceN ?? 0,
  direction: note.direction,
  stroke: note.stroke,
  start_s: note.startS,
  end_s: note.endS,
  bow_start_m: note.bowStartM,
  bow_end_m: note.bowEndM,
  bow_speed_mps: note.bowSpeedMps,
  contact_m: note.contactM,
  force_n: note.forceN,
  min_force_n: note.minForceN,
  max_force_n: note.maxForceN,
  course_at_s: Float64Array.from(note.course ?? [], ({ atS }) => atS),
  course_force_n: Float64Array.from(note.course ?? [], ({ forceN }) => forceN),
  course_speed_mps: Float64Array.from(note.course ?? [], ({ speedMps }) => speedMps),
  dynamic_mark: note.dynamic,
  articulation: note.articulation,
  why: note.why,
});

/** The plan of a message written by `bowPlanMessage`. */
export const bowPlanFromMessage = (message: cellist.BowPlan): BowPlan => ({
  title: message.title,
  notes: message.notes.map(noteFromMessage),
  lifts: message.lifts.map(({ after_note, before_note, start_s, end_s }) => ({
    after: after_note,
    before: before_note,
    startS: start_s,
    endS: end_s,
  })),
  ...heededFromMessage(message),
  provenance: { sha256: message.sha256 },
});

const noteFromMessage = (note: cellist.BowedNote): BowedNote => ({
  noteIndex: note.note_index,
  midi: note.midi,
  string: note.string_name as StringName,
  ...lowerFromMessage(note),
  direction: note.direction as BowDirection,
  stroke: note.stroke,
  startS: note.start_s,
  endS: note.end_s,
  bowStartM: note.bow_start_m,
  bowEndM: note.bow_end_m,
  bowSpeedMps: note.bow_speed_mps,
  contactM: note.contact_m,
  forceN: note.force_n,
  minForceN: note.min_force_n,
  maxForceN: note.max_force_n,
  ...(note.course_at_s.length > 0 && {
    course: Array.from(note.course_at_s, (atS, i) => ({
      atS,
      forceN: note.course_force_n[i]!,
      speedMps: note.course_speed_mps[i]!,
    })),
  }),
  dynamic: note.dynamic_mark as Dynamic,
  articulation: note.articulation as Articulation,
  why: note.why,
});

/** Bags from before double stops have no lower notes: their fields read as 0. */
function lowerFromMessage(note: cellist.BowedNote): Pick<BowedNote, "lower"> {
  const pair = pairUnder(note.string_name as StringName);
  if (note.lower_midi === 0 || pair === undefined) return {};
  const [string] = stringsOf(pair);
  return {
    lower: {
      string,
      midi: note.lower_midi,
      forceN: note.lower_force_n,
      minForceN: note.lower_min_force_n,
      maxForceN: note.lower_max_force_n,
    },
  };
}
