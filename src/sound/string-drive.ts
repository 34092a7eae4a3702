import type { BowedString } from "../instrument/strings.ts";
import { readSmooth } from "./smooth-curve.ts";
import type { SoundSettings } from "./sound-settings.ts";
import type { StopCurve } from "./left-hand.ts";
import type { StringContact } from "./string-contact.ts";

/** Audio samples from one point of a `StringDrive` to the next; between them everything runs straight. */
export const HOP_SAMPLES = 24;

/** All that bow and left hand do to one string, at evenly spaced moments `HOP_SAMPLES` apart. */
export interface StringDrive {
  /** >= 0 [N] */
  readonly forceN: Float64Array;
  /** > 0 is down-bow [m/s]. */
  readonly bowSpeedMps: Float64Array;
  /** Travel from the hair to the bridge and back [samples]. */
  readonly bridgeTrip: Float64Array;
  /** Travel over the whole sounding string and back [samples]. */
  readonly period: Float64Array;
  /** 0 open, 1 under a finger [-]. */
  readonly stopped: Float64Array;
}

/** Shortest way from the hair to either end and back that the string model can carry [samples]. */
const SHORTEST_TRIP = 6;

/**
 * Brings recorded contact and finger moves to one common, fine clock.
 *
 * Waves run at the speed of the open string, so a finger changes the period but not the way to the bridge.
 */
export function driveOf(
  contact: StringContact,
  stops: StopCurve,
  string: BowedString & { readonly lengthM: number },
  settings: SoundSettings,
): StringDrive {
  const hopS = HOP_SAMPLES / settings.sampleRateHz;
  const steps = hopS / contact.periodS;
  const curve = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: stops.periodS.length }, (_, i) => readSmooth(values, i * steps));
  const tripPerM = (openPeriodS(string, settings) * settings.sampleRateHz) / string.lengthM;
  const period = stops.periodS.map((s) => s * settings.sampleRateHz);
  const bridgeTrip = curve(contact.contactM).map((m, i) =>
    Math.min(Math.max(m * tripPerM, SHORTEST_TRIP), 0.5 * period[i]!),
  );
  const forceN = curve(contact.forceN);
  return { forceN, bowSpeedMps: curve(contact.bowSpeedMps), bridgeTrip, period, stopped: stops.stopped };
}

/** Time of one vibration of the open string as tuned [s]. */
export const openPeriodS = (string: BowedString, settings: SoundSettings): number =>
  stoppedPeriodS(string, string.openMidi, settings);

/** Time of one vibration of a string that the left hand stops at a MIDI pitch, trimmed for the bow [s]. */
export function stoppedPeriodS(
  string: BowedString,
  midi: number,
  { a4Hz, bowedTrim }: SoundSettings,
): number {
  const semitones = Math.min(Math.max(midi - string.openMidi, 0), bowedTrim.mostSemitones);
  const cents = bowedTrim.openCents + bowedTrim.centsPerSemitone * semitones;
  return 1 / (a4Hz * 2 ** ((midi - 69) / 12 + cents / 1200));
}
