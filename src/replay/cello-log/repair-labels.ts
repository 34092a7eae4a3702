import type { StringName } from "../../score/score.ts";
import type { CelloLog, LogRow } from "./read-cello-log.ts";

/** A note as the robot bowed it. */
export interface LoggedNote {
  readonly string: StringName;
  readonly startS: number;
  readonly endS: number;
  /** Place in the music, 0-based; by order where no music is known. */
  readonly noteIndex: number;
  /** Its end or its start was not in the log but found by the music and the motion. */
  readonly recovered: boolean;
}

/** The bow begins to go from one string to another. */
export interface LoggedCrossing {
  readonly from: StringName;
  readonly to: StringName;
  readonly startS: number;
}

export interface RepairedLabels {
  readonly notes: readonly LoggedNote[];
  readonly crossings: readonly LoggedCrossing[];
  /** What was wrong with the labels, a sentence each. */
  readonly repairs: readonly string[];
}

/** What the music expects of a note: its string and its length as sent to the robot [s]. */
export interface ExpectedNote {
  readonly string: StringName;
  readonly durationS: number;
}

interface Segment {
  readonly label: string;
  readonly startS: number;
  readonly endS: number;
}

/**
 * Notes and crossings from the labels of a log.
 *
 * Its faults: the first label is left over from the run before; where the logger stood still, the end of one note and the
 * start of the next were lost, so that two notes look like one. With the music known such a note is cut in two where the
 * bow turns.
 *
 * @param expected notes of the music in order, if known
 */
export function repairLabels(log: CelloLog, expected?: readonly ExpectedNote[]): RepairedLabels {
  const [stale, ...segments] = segmentsOf(log.rows);
  const repairs = stale ? [`the first label, "${stale.label}", was left over from the run before`] : [];
  const crossings = segments.flatMap(({ label, startS }) => {
    const [, from, to] = /^START ([cgda])_to_([cgda])$/.exec(label) ?? [];
    return from ? [{ from: nameOf(from), to: nameOf(to!), startS }] : [];
  });
  const bowed = segments.flatMap(({ label, startS, endS }) => {
    const [, string] = /^START ([cgda])_bow$/.exec(label) ?? [];
    return string ? [{ string: nameOf(string), startS, endS }] : [];
  });
  const notes = expected
    ? matchMusic(bowed, expected, log, repairs)
    : bowed.map((note, noteIndex) => ({ ...note, noteIndex, recovered: false }));
  return { notes, crossings, repairs };
}

const nameOf = (letter: string): StringName => letter.toUpperCase() as StringName;

/** Runs of one label. The last ends with the log. */
function segmentsOf(rows: readonly LogRow[]): Segment[] {
  const starts = rows.flatMap(({ label }, i) => (i === 0 || label !== rows[i - 1]!.label ? [i] : []));
  return starts.map((at, k) => ({
    label: rows[at]!.label,
    startS: rows[at]!.timeS,
    endS: rows[starts[k + 1] ?? rows.length - 1]!.timeS,
  }));
}

type Bowed = Pick<LoggedNote, "string" | "startS" | "endS">;

/** Time between two notes on one string in which the robot stands [s]. @source facts: 24 to 32 ms, mean 26 */
const STOP_S = 0.026;
/** A bowed note may differ so much from what was sent [s]: a gap of the logger, at most 0.144 s. */
const SLACK_S = 0.15;

/** Gives every bowed note its place in the music. */
function matchMusic(
  bowed: readonly Bowed[],
  expected: readonly ExpectedNote[],
  log: CelloLog,
  repairs: string[],
): LoggedNote[] {
  const stretch = stretchOf(bowed, expected);
  const lengthOf = (i: number): number => stretch * (expected[i]?.durationS ?? NaN);
  const notes: LoggedNote[] = [];
  let next = 0;
  for (const note of bowed) {
    const lengthS = note.endS - note.startS;
    while (next < expected.length && expected[next]!.string !== note.string) {
      repairs.push(`note ${next + 1} of the music (${expected[next]!.string} string) is not in the log`);
      next++;
    }
    if (next >= expected.length) {
      repairs.push(`after the music's last note another one was bowed at ${note.startS.toFixed(3)} s`);
      break;
    }
    const both = lengthOf(next) + STOP_S + lengthOf(next + 1);
    const isTwo =
      expected[next + 1]?.string === note.string &&
      Math.abs(lengthS - both) < Math.min(SLACK_S, Math.abs(lengthS - lengthOf(next)));
    if (isTwo) {
      const turnS = turnOf(log, note, note.startS + lengthOf(next) + STOP_S / 2);
      repairs.push(
        `notes ${next + 1} and ${next + 2} of the music look like one of ${lengthS.toFixed(3)} s; cut at ${turnS.toFixed(3)} s`,
      );
      notes.push({ ...note, endS: turnS - STOP_S / 2, noteIndex: next, recovered: true });
      notes.push({ ...note, startS: turnS + STOP_S / 2, noteIndex: next + 1, recovered: true });
      next += 2;
    } else notes.push({ ...note, noteIndex: next++, recovered: false });
  }
  for (; next < expected.length; next++) repairs.push(`note ${next + 1} of the music is not in the log`);
  return notes;
}

/** How many times longer than sent the notes lasted: the published takes were played in seconds for beats at 80 % speed. */
export function stretchOf(bowed: readonly Bowed[], expected: readonly ExpectedNote[]): number {
  const middle = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
  const stretch =
    middle(bowed.map(({ startS, endS }) => endS - startS)) / middle(expected.map((note) => note.durationS));
  return Math.round(stretch * 20) / 20; // 1, 1.25, 2.5: settings, not measurements
}

/** Where the bow turns, near a time: it stands there for an instant [s]. */
function turnOf(log: CelloLog, { startS, endS }: Bowed, nearS: number): number {
  if (log.layout === "events") return nearS; // nothing is known in between
  const rows = log.rows.filter(
    ({ timeS }) => timeS > startS && timeS < endS && Math.abs(timeS - nearS) < SLACK_S,
  );
  let [best, slowest] = [nearS, Infinity];
  for (let i = 1; i < rows.length; i++) {
    const [a, b] = [rows[i - 1]!, rows[i]!];
    const speed = Math.hypot(...[0, 1, 2].map((k) => b.tcpPose[k]! - a.tcpPose[k]!)) / (b.timeS - a.timeS);
    if (speed < slowest) [best, slowest] = [(a.timeS + b.timeS) / 2, speed];
  }
  return best;
}
