import type { Objection } from "../bowing/objection.ts";
import type * as cellist from "../cellist_msgs/messages.ts";
import type { BowLevel } from "../score/bow-level.ts";
import type { BowDirection } from "../score/score.ts";

/** One objection of the arm as cellist_msgs/msg/BowObjection. */
export const objectionMessage = (objection: Objection): cellist.BowObjection => ({
  note_index: objection.noteIndex,
  from_level: objection.from,
  to_level: objection.to,
  before: objection.before,
  after: objection.after,
  bow_m: objection.bowM,
  reach_m: objection.reachM,
});

/** The objection of a message written by `objectionMessage`. */
export const objectionFromMessage = (message: cellist.BowObjection): Objection => ({
  noteIndex: message.note_index,
  from: message.from_level as BowLevel,
  to: message.to_level as BowLevel,
  before: message.before as BowDirection,
  after: message.after as BowDirection,
  bowM: message.bow_m,
  reachM: message.reach_m,
});
