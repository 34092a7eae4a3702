import type { Heeded } from "../bowing/heeded.ts";
import type { Objection } from "../bowing/objection.ts";
import type * as cellist from "../cellist_msgs/messages.ts";
import type { BowLevel } from "../score/bow-level.ts";
import type { BowDirection } from "../score/score.ts";

type HeededFields = Pick<cellist.BowPlan & cellist.BowObjections, "objections" | "foresight">;

/** What a bowing is made with as the fields that cellist_msgs/msg/BowPlan and BowObjections have in common. */
export const heededMessage = ({ objections, foresight }: Heeded): HeededFields => ({
  objections: objections.map(objectionMessage),
  foresight,
});

/** The same of fields written by `heededMessage`. */
export const heededFromMessage = ({ objections, foresight }: HeededFields): Heeded => ({
  objections: objections.map(objectionFromMessage),
  foresight,
});

/** One objection of the arm as cellist_msgs/msg/BowObjection. */
const objectionMessage = (objection: Objection): cellist.BowObjection => ({
  note_index: objection.noteIndex,
  from_level: objection.from,
  to_level: objection.to,
  before: objection.before,
  after: objection.after,
  bow_m: objection.bowM,
  reach_m: objection.reachM,
});

const objectionFromMessage = (message: cellist.BowObjection): Objection => ({
  noteIndex: message.note_index,
  from: message.from_level as BowLevel,
  to: message.to_level as BowLevel,
  before: message.before as BowDirection,
  after: message.after as BowDirection,
  bowM: message.bow_m,
  reachM: message.reach_m,
});
