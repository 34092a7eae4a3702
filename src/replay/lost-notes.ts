import { evaluatePerformance } from "../evaluation/evaluate-performance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { PlannedMotion } from "../planning/plan-piece.ts";
import { plannedRecord } from "./planned-record.ts";

/**
 * Notes that will be heard only in part, though every limit is kept: the arm needs most of them to cross strings.
 *
 * The plan is judged as a performance would be, of an arm that does exactly what is planned.
 *
 * @returns their indices in `Score.notes`
 */
export const lostNotes = (planned: PlannedMotion, instrument: Instrument): readonly number[] =>
  evaluatePerformance(plannedRecord(planned, instrument)).notes.flatMap(({ played, noteIndex }) =>
    played ? [] : [noteIndex],
  );
