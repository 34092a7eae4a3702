import type { ChangeOfNotes } from "./change-of-notes.ts";
import type { HeardTone } from "./heard-tone.ts";
import type { NoteSegment } from "./segment-notes.ts";

/** A note as it was heard, with what the take leads one to expect of it. */
export interface HeardNoteInTake {
  readonly segment: NoteSegment;
  readonly tone: HeardTone;
  /** Later than the take's own time has it [s]. */
  readonly lateS: number;
  /** From the note before; absent where there is none, or it has the same pitch. */
  readonly change: ChangeOfNotes | undefined;
}
