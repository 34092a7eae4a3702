import type { BowedNote } from "../bowing/bow-plan.ts";
import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import { contactsFromJoints, type StringContacts } from "../instrument/hair/string-contacts.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { jointsAt, type EvenMotion } from "./even-motion.ts";
import { UNMEASURED_MARGINS } from "./unmeasured-margins.ts";

/** A note of a replay: where the left hand stands, and when. */
export interface ReplayedNote {
  readonly noteIndex: number;
  readonly midi: number;
  readonly string: StringName;
  /** On the time of the motion [s]. */
  readonly startS: number;
  readonly endS: number;
}

/** Contact of the hair with the strings at every state of a motion, as its joints and the calibration tell it. */
export const contactsOfMotion = (motion: EvenMotion, instrument: Instrument): readonly StringContacts[] =>
  Array.from({ length: motion.q_rad.length / 6 }, (_, row) => contactsAt(motion, row, instrument));

/** The same at one state. */
const contactsAt = (motion: EvenMotion, row: number, instrument: Instrument): StringContacts =>
  contactsFromJoints(instrument, jointsAt(motion.q_rad, row), jointsAt(motion.qd_radps, row));

/** A motion in the form that sound is rendered from: its own time is the score's. */
export function recordOfMotion(
  motion: EvenMotion,
  contacts: readonly StringContacts[],
  notes: readonly ReplayedNote[],
): PerformanceRecord {
  const count = contacts.length;
  const timeS = Float64Array.from({ length: count }, (_, row) => row * motion.periodS);
  const four = (of: (contact: StringContacts) => readonly number[]): Float64Array =>
    Float64Array.from(contacts.flatMap((contact) => [...of(contact)]));
  const provenance = { sha256: "" };
  return {
    plan: { title: "replay", notes: notes.map(bowedNote), lifts: [], objections: [], provenance },
    trajectory: {
      title: "replay",
      timeS,
      q_rad: motion.q_rad,
      qd_radps: motion.qd_radps,
      qdd_radps2: new Float64Array(6 * count),
      scoreStartS: 0,
      margins: UNMEASURED_MARGINS,
      provenance,
    },
    settings: {},
    robotTimeS: timeS,
    q_rad: motion.q_rad,
    qd_radps: motion.qd_radps,
    targetQ_rad: motion.q_rad,
    pathTimeS: timeS,
    rate: new Float64Array(count).fill(1),
    aheadS: new Float64Array(count),
    contacts: {
      source: "estimated",
      forceN: four((c) => c.forceN),
      bowSpeedMps: four((c) => c.bowSpeedMps),
      contactM: four((c) => c.contactM),
      bowPositionM: four((c) => c.bowPositionM),
    },
    servoLagS: 0,
  };
}

/** What a replay does not know of a note is NaN: nothing here was planned. */
const bowedNote = ({ noteIndex, midi, string, startS, endS }: ReplayedNote): BowedNote => ({
  noteIndex,
  midi,
  string,
  startS,
  endS,
  direction: noteIndex % 2 === 0 ? "down" : "up",
  stroke: noteIndex,
  bowStartM: NaN,
  bowEndM: NaN,
  bowSpeedMps: NaN,
  contactM: NaN,
  forceN: NaN,
  minForceN: NaN,
  maxForceN: NaN,
  dynamic: "mf",
  articulation: "detache",
  why: [],
});

/** Row of a string in four-wide arrays. */
export const stringIndex = (string: StringName): number => STRING_NAMES.indexOf(string);
