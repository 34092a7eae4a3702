import type { BowedString } from "../instrument/strings.ts";
import { BowedWaveguide } from "./bowed-waveguide.ts";
import type { SoundSettings } from "./sound-settings.ts";
import { HOP_SAMPLES, type StringDrive } from "./string-drive.ts";

/**
 * Adds what one string does to the bridge [N] to `out`, from rest, over the whole drive.
 *
 * Without the bow it rings on; once every wave of a full period is below `silenceDbfs` it is put to rest and costs
 * nothing until the hair comes back.
 *
 * @param out `HOP_SAMPLES` for each step of the drive; its last point only ends the last step
 * @param slip if given, gets the speed of the hair over the string [m/s]
 */
export function playString(
  string: BowedString,
  drive: StringDrive,
  settings: SoundSettings,
  out: Float64Array,
  slip?: Float64Array,
): void {
  const waveguide = new BowedWaveguide(string, settings);
  const silentMps = 10 ** (settings.silenceDbfs / 20) / (settings.outputPerN * 2 * string.impedanceKgps);
  let quietHops = Infinity;
  for (let hop = 0; hop + 1 < drive.forceN.length; hop++) {
    if (drive.forceN[hop]! > 0 || drive.forceN[hop + 1]! > 0) {
      waveguide.bow(drive, hop, out, slip);
      quietHops = 0;
      // a still bow on a still string decays for ever; far below that, arithmetic with tiny numbers becomes slow
      if (waveguide.peakMps > 0 && waveguide.peakMps < 1e-40) waveguide.rest();
    } else if (quietHops * HOP_SAMPLES < drive.period[hop]!) {
      waveguide.ring(drive, hop, out);
      quietHops = waveguide.peakMps < silentMps ? quietHops + 1 : 0;
    } else if (quietHops < Infinity) {
      waveguide.rest();
      quietHops = Infinity;
    }
  }
}
