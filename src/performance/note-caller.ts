import type { NoteEvent } from "../bag/write-performance.ts";
import type { BowPlan } from "../bowing/bow-plan.ts";

/** Calls the notes of a plan as path time passes them: first onset, then offset, in the order of time. */
export class NoteCaller {
  readonly #events: readonly { readonly pathS: number; readonly event: NoteEvent }[];
  #next = 0;

  /** @param scoreStartPathS path time at which the arm is at score second 0 [s] */
  constructor(plan: BowPlan, scoreStartPathS: number) {
    this.#events = plan.notes
      .flatMap(({ noteIndex, midi, string, direction, startS, endS }) =>
        (["onset", "offset"] as const).map((event) => {
          const scoreTimeS = event === "onset" ? startS : endS;
          return {
            pathS: scoreStartPathS + scoreTimeS,
            event: { noteIndex, midi, string, direction, event, scoreTimeS },
          };
        }),
      )
      .sort((a, b) => a.pathS - b.pathS);
  }

  /** Events that have come due since the last call. */
  *eventsUpTo(pathTimeS: number): Iterable<NoteEvent> {
    while (this.#next < this.#events.length && this.#events[this.#next]!.pathS <= pathTimeS)
      yield this.#events[this.#next++]!.event;
  }
}
