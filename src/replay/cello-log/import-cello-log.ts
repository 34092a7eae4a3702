import { headerAt } from "../../bag/log-time.ts";
import type { PerformanceLog } from "../../bag/performance-log.ts";
import { scoreMessage } from "../../bag/score-message.ts";
import { rosPose } from "../../bag/write-performance.ts";
import { ROS_JOINT_NAMES } from "../../math/joints.ts";
import { CellistError } from "../../errors.ts";
import { provenanceOf } from "../../provenance.ts";
import { LOG_LEVEL } from "../../ros/messages.ts";
import { nanosecondsOf, rosTime } from "../../ros/time.ts";
import { STRING_NAMES, type Score, type StringName } from "../../score/score.ts";
import { secondsAtTick } from "../../score/tempo.ts";
import type { CelloLog, LogRow } from "./read-cello-log.ts";
import { repairLabels, type ExpectedNote, type RepairedLabels } from "./repair-labels.ts";

/** Open strings C, G, D, A. The published robot always takes the highest string that a note lies on. */
const OPEN_MIDI = [36, 43, 50, 57];

/** What the published robot makes of a score: strings by pitch, lengths in seconds. */
export const expectedNotes = (score: Score): readonly ExpectedNote[] =>
  score.notes.map(({ midi, startTick, endTick }) => ({
    string: STRING_NAMES[OPEN_MIDI.findLastIndex((open) => midi >= open)] ?? "C",
    durationS: secondsOf(score, endTick) - secondsOf(score, startTick),
  }));

const secondsOf = (score: Score, tick: number): number =>
  secondsAtTick(score.tempos, score.ticksPerQuarter, tick);

/** A log without so much of the music is one of other music. @assumed the worst public log lacks 3 of 72 notes */
const LEAST_FOUND = 0.8;

/** What a bag should say of where it comes from. */
export interface ImportFacts {
  /** File name of the log. */
  readonly source: string;
  /** Calibration of the arm that the log was made on. */
  readonly calibration: string;
}

/**
 * Writes a log of the public robot cellist as a bag: joints, tool, force, and note events with the faults of its labels
 * repaired. Log time is the robot's clock.
 *
 * @param score the music that was played, if known: places in it, and lost notes, come from there
 * @returns what was repaired
 * @throws CellistError `take-unheard` when most of the music is not in the log; nothing is written then
 */
export function importCelloLog(
  log: CelloLog,
  to: PerformanceLog,
  { source, calibration }: ImportFacts,
  score?: Score,
): RepairedLabels {
  const labels = repairLabels(log, score && expectedNotes(score));
  if (score && labels.notes.length < LEAST_FOUND * score.notes.length)
    throw new CellistError(
      "take-unheard",
      `${source} holds ${labels.notes.length} of the ${score.notes.length} notes of "${score.title}"; is that the music that was played?`,
    );
  const startNs = nanosecondsOf(log.rows[0]!.timeS);
  const recovered = labels.notes.filter((note) => note.recovered).map(({ noteIndex }) => noteIndex);
  const settings = {
    source,
    layout: log.layout,
    calibration: { name: calibration },
    repairs: labels.repairs,
    recovered_notes: recovered,
  };
  to.append("/settings", startNs, {
    json: JSON.stringify(settings),
    sha256: provenanceOf(settings).sha256,
  });
  if (score) to.append("/score", startNs, scoreMessage(score, startNs));
  for (const msg of labels.repairs)
    to.append("/rosout", startNs, {
      stamp: rosTime(startNs),
      level: LOG_LEVEL.warn,
      name: "import",
      msg,
      file: source,
      function: "",
      line: 0,
    });
  const events = eventsOf(labels, score);
  for (const row of log.rows) {
    while (events[0] && events[0].timeS <= row.timeS) appendEvent(to, events.shift()!);
    appendRow(to, row);
  }
  events.forEach((event) => appendEvent(to, event));
  return labels;
}

function appendRow(to: PerformanceLog, { timeS, q_rad, qd_radps, tcpPose, tcpWrench }: LogRow): void {
  const timeNs = nanosecondsOf(timeS);
  const header = headerAt(timeNs);
  const base = { ...header, frame_id: "base" };
  to.append("/joint_states", timeNs, {
    header,
    name: ROS_JOINT_NAMES,
    position: q_rad,
    velocity: qd_radps ?? [],
    effort: [],
  });
  to.append("/tcp_pose", timeNs, { header: base, pose: rosPose(tcpPose) });
  if (!tcpWrench) return;
  const [x, y, z, rx, ry, rz] = tcpWrench;
  const wrench = { force: { x, y, z }, torque: { x: rx, y: ry, z: rz } };
  to.append("/wrench", timeNs, { header: base, wrench });
}

interface LogEvent {
  readonly timeS: number;
  readonly event: "onset" | "offset" | "crossing";
  readonly noteIndex: number;
  readonly string: StringName;
}

interface WrittenEvent extends LogEvent {
  readonly midi: number;
  readonly scoreTimeS: number;
}

function eventsOf({ notes, crossings }: RepairedLabels, score: Score | undefined): WrittenEvent[] {
  const events: LogEvent[] = [
    ...notes.flatMap(({ string, startS, endS, noteIndex }) => [
      { timeS: startS, event: "onset" as const, noteIndex, string },
      { timeS: endS, event: "offset" as const, noteIndex, string },
    ]),
    ...crossings.map(({ to, startS }) => ({
      timeS: startS,
      event: "crossing" as const,
      noteIndex: notes.find((note) => note.startS >= startS)?.noteIndex ?? notes.length,
      string: to,
    })),
  ];
  events.sort((a, b) => a.timeS - b.timeS);
  return events.map((event) => {
    const note = score?.notes[event.noteIndex];
    const tick = event.event === "offset" ? note?.endTick : note?.startTick;
    return {
      ...event,
      midi: note?.midi ?? OPEN_MIDI[STRING_NAMES.indexOf(event.string)]!,
      scoreTimeS: score && tick !== undefined ? secondsOf(score, tick) : NaN,
    };
  });
}

function appendEvent(
  to: PerformanceLog,
  { timeS, event, noteIndex, string, midi, scoreTimeS }: WrittenEvent,
): void {
  const timeNs = nanosecondsOf(timeS);
  to.append("/note_events", timeNs, {
    header: headerAt(timeNs),
    note_index: noteIndex,
    midi,
    string_name: string,
    direction: noteIndex % 2 === 0 ? "down" : "up",
    event,
    score_time_s: scoreTimeS,
  });
}
