import type { BowedNote } from "../bowing/bow-plan.ts";
import { maxBowForceN, minBowForceN, vibratingLengthM } from "../bowing/force-limits.ts";
import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import { contactsFromJoints, type StringContacts } from "../instrument/hair/string-contacts.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { jointsAt } from "../math/joints.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { rowsOf } from "./bow-estimate.ts";
import type { EvenMotion } from "./even-motion.ts";
import { spread } from "./take-facts.ts";
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

/**
 * A motion in the form that sound is rendered from: its own time is the score's.
 *
 * @param notes on the motion's time
 */
export function recordOfMotion(
  motion: EvenMotion,
  contacts: readonly StringContacts[],
  notes: readonly ReplayedNote[],
  instrument: Instrument,
): PerformanceRecord {
  const count = contacts.length;
  const timeS = Float64Array.from({ length: count }, (_, row) => row * motion.periodS);
  const four = (of: (contact: StringContacts) => readonly number[]): Float64Array =>
    Float64Array.from(contacts.flatMap((contact) => [...of(contact)]));
  const provenance = { sha256: "" };
  return {
    plan: {
      title: "replay",
      notes: notes.map((note) => bowedNote(note, motion.periodS, contacts, instrument)),
      lifts: [],
      objections: [],
      foresight: false,
      provenance,
    },
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

/** A note as it was bowed in its steady middle: nothing here was planned. What was not bowed is NaN. */
function bowedNote(
  { noteIndex, midi, string, startS, endS }: ReplayedNote,
  periodS: number,
  contacts: readonly StringContacts[],
  instrument: Instrument,
): BowedNote {
  const s = stringIndex(string);
  const steady = rowsOf({ startS, endS }, periodS, contacts.length).map((row) => contacts[row]!);
  const middle = (of: (contact: StringContacts) => number): number => spread(steady.map(of)).median;
  const speedMps = middle((contact) => contact.bowSpeedMps[s]!);
  const contactM = middle((contact) => contact.contactM[s]!);
  const { lengthM, physics } = instrument.strings[string];
  const beta = contactM / vibratingLengthM(lengthM, physics.openMidi, midi);
  return {
    noteIndex,
    midi,
    string,
    startS,
    endS,
    direction: speedMps < 0 ? "up" : "down",
    stroke: noteIndex,
    bowStartM: NaN,
    bowEndM: NaN,
    bowSpeedMps: Math.abs(speedMps),
    contactM,
    forceN: middle((contact) => contact.forceN[s]!),
    minForceN: minBowForceN(physics, Math.abs(speedMps), beta),
    maxForceN: maxBowForceN(physics, Math.abs(speedMps), beta),
    dynamic: "mf",
    articulation: "detache",
    why: [],
  };
}

/** Row of a string in four-wide arrays. */
export const stringIndex = (string: StringName): number => STRING_NAMES.indexOf(string);
