import type { BowedString } from "../../instrument/strings.ts";
import type { SoundSettings } from "../sound-settings.ts";
import type { StopCurve } from "./left-hand.ts";
import { readSmooth } from "./smooth-curve.ts";
import type { StringContact } from "./string-contact.ts";
import { openPeriodS } from "./tuning.ts";

/** Samples of the strings per sample of the result. */
export const OVERSAMPLING = 2;
/** Samples of the strings from one point of a `StringDrive` to the next; between them everything runs straight. */
export const HOP_SAMPLES = 48;

/** All that bow and hands do to one string, at evenly spaced moments `HOP_SAMPLES` apart. */
export interface StringDrive {
  /** >= 0 [N] */
  readonly forceN: Float64Array;
  /** > 0 is down-bow [m/s]. */
  readonly bowSpeedMps: Float64Array;
  /** Travel from the hair, or the plucking finger, to the bridge and back [samples]. */
  readonly bridgeTrip: Float64Array;
  /** Travel over the whole sounding string and back [samples]. */
  readonly period: Float64Array;
  /** 0 open, 1 under a finger [-]. */
  readonly stopped: Float64Array;
  /** Sideways pull of a plucking finger [N]. */
  readonly pluckN: Float64Array;
}

/** Shortest way from the hair to either end and back that the string model can carry [samples]. */
export const SHORTEST_TRIP = 14;

/** A string with its sounding length when open [m]. */
export type LongString = BowedString & { readonly lengthM: number };

/**
 * Brings recorded contact and finger moves to one common, fine clock.
 *
 * Waves run at the speed of the open string, so a finger changes the period but not the way to the bridge.
 */
export function driveOf(
  contact: StringContact,
  stops: StopCurve,
  string: LongString,
  settings: SoundSettings,
): StringDrive {
  const rate = OVERSAMPLING * settings.sampleRateHz;
  const steps = HOP_SAMPLES / rate / contact.periodS;
  const count = stops.periodS.length;
  const curve = (values: Float64Array): Float64Array => {
    const points = new Float64Array(count);
    for (let i = 0; i < count; i++) points[i] = readSmooth(values, i * steps);
    return points;
  };
  const period = stops.periodS.map((s) => s * rate);
  const bridgeTrip = curve(contact.contactM);
  const open = openString(string, settings);
  for (let i = 0; i < count; i++) bridgeTrip[i] = bridgeTripOf(bridgeTrip[i]!, period[i]!, open);
  return {
    forceN: curve(contact.forceN),
    bowSpeedMps: curve(contact.bowSpeedMps),
    bridgeTrip,
    period,
    stopped: stops.stopped,
    pluckN: new Float64Array(count),
  };
}

/** How waves run along a string: the same whether a finger stops it or not. */
export interface OpenString {
  readonly lengthM: number;
  /** Travel over the whole open string and back [samples]. */
  readonly period: number;
}

export const openString = (string: LongString, settings: SoundSettings): OpenString => ({
  lengthM: string.lengthM,
  period: OVERSAMPLING * settings.sampleRateHz * openPeriodS(string, settings),
});

/** Travel from a contact point to the bridge and back, kept where the model can carry it [samples]. */
export const bridgeTripOf = (contactM: number, period: number, open: OpenString): number =>
  Math.min(Math.max((contactM / open.lengthM) * open.period, SHORTEST_TRIP), 0.5 * period);
