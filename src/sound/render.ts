import { Cello } from "./cello.ts";
import { HalfRate } from "./half-rate.ts";
import { jointNoise } from "./robot/joint-noise.ts";
import { Room } from "./room/room.ts";
import type { SoundSettings } from "./sound-settings.ts";
import type { Stems, StereoSound } from "./stems.ts";
import type { Slip } from "./string/helmholtz.ts";
import { stopCurve, type FingerStop } from "./string/left-hand.ts";
import { addPlucks, type Pluck } from "./string/pluck.ts";
import { SlipWatch } from "./string/slip-watch.ts";
import { contactOfString, type BowContacts } from "./string/string-contact.ts";
import {
  driveOf,
  HOP_SAMPLES,
  OVERSAMPLING,
  type LongString,
  type StringDrive,
} from "./string/string-drive.ts";
import { openPeriodS, stoppedPeriodS } from "./string/tuning.ts";

/** What was done to the cello: all that its sound depends on. */
export interface SoundInput {
  /** Time from one row of the contacts to the next [s]. */
  readonly periodS: number;
  /** [n × 4] each, strings C, G, D, A, as in `PerformanceRecord.contacts`. */
  readonly contacts: BowContacts;
  /** On the time axis of the contacts, whose first row is 0 s; in any order. */
  readonly fingers: readonly FingerStop[];
  /** Notes plucked instead of bowed; in any order. */
  readonly plucks?: readonly Pluck[];
  /** Speeds of the arm's joints [n × 6], [rad/s]; absent = no arm is heard. */
  readonly jointSpeeds_radps?: Float64Array;
  /** C, G, D, A. */
  readonly strings: readonly LongString[];
}

/** A rendered performance, and what its strings really did. */
export interface RenderedSound {
  readonly stems: Stems;
  /** Of each string, in order of time. */
  readonly slips: readonly (readonly Slip[])[];
  readonly drives: readonly StringDrive[];
}

/** Samples of the result from one point of a drive to the next. */
export const HOP_OUT_SAMPLES = HOP_SAMPLES / OVERSAMPLING;

/**
 * The sound of a performance, made from the contact of hair and strings and from nothing else.
 *
 * Loudness follows from bow and string and is not evened out; that is done for a whole recording, or not at all.
 */
export function renderSound(input: SoundInput, settings: SoundSettings): RenderedSound {
  const { sampleRateHz } = settings;
  const samples = Math.round((input.contacts.forceN.length / 4) * input.periodS * sampleRateHz);
  const hops = Math.ceil(samples / HOP_OUT_SAMPLES);
  const drives = input.strings.map((_, index) => driveOfString(input, index, hops + 1, settings));
  const watches = input.strings.map(() => new SlipWatch(OVERSAMPLING * sampleRateHz));
  const cello = playAll(drives, watches, input, settings);
  const heard = { left: cello.left.subarray(0, samples), right: cello.right.subarray(0, samples) };
  const room = stereo(samples);
  new Room(settings.room, sampleRateHz).answer(heard.left, heard.right, room);
  return {
    stems: { sampleRateHz, cello: heard, room, robot: robotSound(input, samples, settings) },
    slips: watches.map((watch) => watch.slips),
    drives,
  };
}

function playAll(
  drives: readonly StringDrive[],
  watches: readonly SlipWatch[],
  input: SoundInput,
  settings: SoundSettings,
): StereoSound {
  const hops = drives[0]!.forceN.length - 1;
  const rate = OVERSAMPLING * settings.sampleRateHz;
  const cello = new Cello(input.strings, settings);
  const out = stereo(hops * HOP_OUT_SAMPLES);
  const [left, right] = [new HalfRate(HOP_SAMPLES), new HalfRate(HOP_SAMPLES)];
  for (let hop = 0; hop < hops; hop++) {
    const heard = cello.play(drives, hop);
    left.push(heard.left, out.left, hop * HOP_OUT_SAMPLES);
    right.push(heard.right, out.right, hop * HOP_OUT_SAMPLES);
    drives.forEach((drive, s) => {
      const period = drive.period[hop]!;
      const bowing = {
        bowSpeedMps: drive.bowSpeedMps[hop]!,
        periodS: period / rate,
        beta: drive.bridgeTrip[hop]! / period,
      };
      const touched = drive.forceN[hop]! > 0 || drive.forceN[hop + 1]! > 0;
      watches[s]!.watch(heard.slipMps[s]!, bowing, touched);
    });
  }
  return out;
}

const stereo = (samples: number): StereoSound => ({
  left: new Float32Array(samples),
  right: new Float32Array(samples),
});

/** The arm stands between the microphones. */
function robotSound(input: SoundInput, samples: number, settings: SoundSettings): StereoSound {
  const speeds = input.jointSpeeds_radps;
  if (!speeds) return stereo(samples);
  const noise = jointNoise(speeds, input.periodS, settings.sampleRateHz, settings.jointNoise);
  const left = new Float32Array(samples);
  left.set(noise.subarray(0, samples));
  return { left, right: left.slice() };
}

/** All that is done to one string (0..3), at `count` points `HOP_SAMPLES` apart. */
export function driveOfString(
  input: SoundInput,
  index: number,
  count: number,
  settings: SoundSettings,
): StringDrive {
  const string = input.strings[index]!;
  const { periodS } = input;
  const contact = contactOfString(input.contacts, index, { periodS, touchForceN: settings.touchForceN });
  const grid = {
    count,
    stepS: HOP_OUT_SAMPLES / settings.sampleRateHz,
    moveS: settings.fingerMoveS,
    shiftSPerSemitone: settings.shiftSPerSemitone,
  };
  const stops = stopCurve(input.fingers, index, grid, (midi) =>
    midi === "open" ? openPeriodS(string, settings) : stoppedPeriodS(string, midi, settings),
  );
  const drive = driveOf(contact, stops, string, settings);
  const plucks = (input.plucks ?? []).filter((pluck) => pluck.string === index);
  return addPlucks(drive, plucks, string, settings);
}
