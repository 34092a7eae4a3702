import type { BowedString } from "../instrument/strings.ts";
import { bodySound } from "./body.ts";
import { stopCurve, type FingerStop } from "./left-hand.ts";
import type { SoundSettings } from "./sound-settings.ts";
import { contactOfString, type BowContacts } from "./string-contact.ts";
import { driveOf, HOP_SAMPLES, openPeriodS, stoppedPeriodS, type StringDrive } from "./string-drive.ts";
import { playString } from "./string-voice.ts";

/** What was done to the cello: all that its sound depends on. */
export interface SoundInput {
  /** Time from one row of the contacts to the next [s]. */
  readonly periodS: number;
  /** [n × 4] each, strings C, G, D, A, as in `PerformanceRecord.contacts`. */
  readonly contacts: BowContacts;
  /** On the time axis of the contacts, whose first row is 0 s; in any order. */
  readonly fingers: readonly FingerStop[];
  /** C, G, D, A. */
  readonly strings: readonly BowedString[];
  /** Sounding length of the open strings [m]. */
  readonly lengthM: number;
}

/**
 * The sound of a performance, made from the contact of hair and strings and from nothing else.
 *
 * Loudness follows from bow and string and is not evened out; `normaliseLoudness` does that, for a whole recording.
 *
 * @returns mono at `settings.sampleRateHz`, as long as the contacts; full scale = 1, not limited
 */
export function renderSound(input: SoundInput, settings: SoundSettings): Float32Array {
  const rows = input.contacts.forceN.length / 4;
  const samples = Math.round(rows * input.periodS * settings.sampleRateHz);
  const bridgeN = new Float64Array((hopsFor(samples) - 1) * HOP_SAMPLES);
  input.strings.forEach((string, index) => {
    const drive = driveOfString(input, index, settings);
    if (drive.forceN.some((force) => force > 0)) playString(string, drive, settings, bridgeN);
  });
  return bodySound(bridgeN.subarray(0, samples), settings.sampleRateHz, settings.outputPerN);
}

/** All that is done to one string (0..3), ready for `playString`. */
export function driveOfString(input: SoundInput, index: number, settings: SoundSettings): StringDrive {
  const string = input.strings[index]!;
  const { periodS, lengthM } = input;
  const contact = contactOfString(input.contacts, index, { periodS, touchForceN: settings.touchForceN });
  const samples = Math.round(contact.forceN.length * periodS * settings.sampleRateHz);
  const grid = {
    count: hopsFor(samples),
    stepS: HOP_SAMPLES / settings.sampleRateHz,
    moveS: settings.fingerMoveS,
  };
  const stops = stopCurve(input.fingers, index, grid, (midi) =>
    midi === "open" ? openPeriodS(string, settings) : stoppedPeriodS(string, midi, settings),
  );
  return driveOf(contact, stops, { ...string, lengthM }, settings);
}

/** Points of a drive that covers so many samples. */
const hopsFor = (samples: number): number => Math.ceil(samples / HOP_SAMPLES) + 1;
