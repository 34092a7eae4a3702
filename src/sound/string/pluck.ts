import type { SoundSettings } from "../sound-settings.ts";
import {
  bridgeTripOf,
  HOP_SAMPLES,
  openString,
  OVERSAMPLING,
  type LongString,
  type StringDrive,
} from "./string-drive.ts";

/** A finger pulls a string aside and lets go. */
export interface Pluck {
  /** 0..3 = C, G, D, A. */
  readonly string: number;
  /** When it lets go, on the time axis of the contacts [s]. */
  readonly atS: number;
  /** Where, from the bridge [m]. */
  readonly contactM: number;
  /** Pull when it lets go [N]: 1 is soft, 4 is hard. */
  readonly forceN: number;
}

/** The pull grows over this time, and is gone within one step of the drive [s]. @assumed */
const PULL_S = 0.03;
/** The finger is at its place so long before it pulls [s]. */
const REACH_S = 0.03;
/** After it, the place where the string is divided goes back to where the bow is or will be, slowly enough not to be heard [s]. */
const RETURN_S = 0.3;

/**
 * Adds plucked notes to what is done to a string.
 *
 * @throws Error where the hair is on the string from the reach of the finger to its release
 */
export function addPlucks(
  drive: StringDrive,
  plucks: readonly Pluck[],
  string: LongString,
  settings: SoundSettings,
): StringDrive {
  if (plucks.length === 0) return drive;
  const [pluckN, bridgeTrip] = [drive.pluckN.slice(), drive.bridgeTrip.slice()];
  const open = openString(string, settings);
  const perS = (OVERSAMPLING * settings.sampleRateHz) / HOP_SAMPLES;
  for (const { atS, contactM, forceN } of plucks) {
    const last = Math.round(atS * perS);
    const [reach, pull] = [Math.round(REACH_S * perS), Math.round(PULL_S * perS)];
    const first = Math.max(0, last - pull - reach);
    if (drive.forceN.subarray(first, last + 2).some((force) => force > 0))
      throw new Error(`a pluck at ${atS} s meets the bow on its string`);
    for (let i = first; i <= last && i < pluckN.length; i++) {
      const trip = bridgeTripOf(contactM, drive.period[i]!, open);
      const near = Math.min(1, (i - first) / reach);
      bridgeTrip[i] = bridgeTrip[i]! + (trip - bridgeTrip[i]!) * near;
      pluckN[i] = forceN * Math.max(0, 1 - (last - i) / pull);
    }
    const back = Math.round(RETURN_S * perS);
    for (let i = last + 1; i <= last + back && i < bridgeTrip.length && drive.forceN[i] === 0; i++) {
      const trip = bridgeTripOf(contactM, drive.period[i]!, open);
      bridgeTrip[i] = trip + (bridgeTrip[i]! - trip) * ((i - last) / back);
    }
  }
  return { ...drive, pluckN, bridgeTrip };
}
