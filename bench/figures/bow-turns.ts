import { levelOf } from "../../src/bowing/bow-plan.ts";
import { hairOf, sounds } from "../../src/evaluation/hair.ts";
import { strokeOf } from "../../src/evaluation/note-edges.ts";
import type { PerformanceRecord } from "../../src/evaluation/performance-record.ts";
import { scoreClock } from "../../src/evaluation/score-clock.ts";
import { holdOf } from "../../src/instrument/bow-hold.ts";
import type { Instrument } from "../../src/instrument/instrument.ts";
import { levelLine } from "../../src/instrument/level-line.ts";
import { forwardKinematics } from "../../src/kinematics/forward.ts";

/** A bow that turns about its string faster than this rolls to another [rad/s]: 5 degrees a second. */
const ROLLS_RADPS = (5 * Math.PI) / 180;
/** Rows over which the turn's speed is taken. */
const STEP = 2;

/**
 * How far the bow is from the middle of its string's window, at every state in which the note's string sounds and the bow does not
 * roll; of a double stop from the line through both strings.
 *
 * Rolls are left out: on the way to another string the bow must leave the middle. They are told by their speed alone, not by what
 * the planner says of them.
 *
 * @returns sizes, sorted [rad]: on one string, and on two
 */
export function tiltErrors(
  record: PerformanceRecord,
  { strings, hair: line, dh }: Instrument,
): { readonly one: readonly number[]; readonly two: readonly number[] } {
  const hair = hairOf(record, scoreClock(record));
  const [one, two]: [number[], number[]] = [[], []];
  for (const note of record.plan.notes) {
    const frame = levelLine(strings, levelOf(note), note.contactM);
    const turn = (k: number): number =>
      holdOf(frame, line, forwardKinematics(dh, record.q_rad.subarray(6 * k, 6 * k + 6)).R).inclination_rad -
      frame.window.centre_rad;
    const [from, to] = [hair.at(note.startS), Math.min(hair.at(note.endS), hair.count - STEP)];
    for (let k = Math.max(from, STEP); k < to; k++) {
      if (!strokeOf(note).strings.every((string) => sounds(hair, k, string))) continue;
      const speedRadps =
        Math.abs(turn(k + STEP) - turn(k - STEP)) / (hair.robotS[k + STEP]! - hair.robotS[k - STEP]!);
      if (speedRadps < ROLLS_RADPS) (note.lower ? two : one).push(Math.abs(turn(k)));
    }
  }
  return { one: one.sort((a, b) => a - b), two: two.sort((a, b) => a - b) };
}
