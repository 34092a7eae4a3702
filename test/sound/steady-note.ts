import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { smoothstep } from "../../src/math/smoothstep.ts";
import { STRING_NAMES, type StringName } from "../../src/score/score.ts";
import { findSlips, helmholtzFromS, type Slip } from "../../src/sound/helmholtz.ts";
import { driveOfString, type SoundInput } from "../../src/sound/render.ts";
import { DEFAULT_SOUND, type SoundSettings } from "../../src/sound/sound-settings.ts";
import { playString } from "../../src/sound/string-voice.ts";

export const LENGTH_M = 0.69;
export const STRINGS = STRING_NAMES.map((name) => CELLO_STRINGS[name]);

export interface Bowing {
  readonly string: StringName;
  /** Above the open string. */
  readonly semitones: number;
  readonly forceN: number;
  readonly bowSpeedMps: number;
  readonly contactM: number;
  /** Force and speed grow over this time; the force begins `forceLeadS` earlier. */
  readonly rampS: number;
  readonly forceLeadS: number;
  readonly lengthS: number;
  /** The bow leaves at once at this time, if given. */
  readonly leaveS?: number;
}

export const STEADY: Bowing = {
  string: "D",
  semitones: 0,
  forceN: 1,
  bowSpeedMps: 0.25,
  contactM: 0.08,
  rampS: 0.1,
  forceLeadS: 0.1,
  lengthS: 1.2,
};

/** The bow is at rest on or above the string for 0.1 s, then plays one note. */
export const NOTE_START_S = 0.1;

export function inputOf(...notes: readonly Bowing[]): SoundInput {
  const periodS = 0.002;
  const rows = Math.round(Math.max(...notes.map((note) => note.lengthS)) / periodS);
  const [forceN, bowSpeedMps, contactM] = [0, 0, 0].map(() => new Float64Array(4 * rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const note of notes)
    for (let row = 0; row < rows; row++) {
      const t = row * periodS - NOTE_START_S;
      if (note.leaveS !== undefined && t + NOTE_START_S > note.leaveS) continue;
      const cell = 4 * row + STRING_NAMES.indexOf(note.string);
      forceN[cell] = note.forceN * smoothstep((t + note.forceLeadS) / note.rampS);
      bowSpeedMps[cell] = note.bowSpeedMps * smoothstep(t / note.rampS);
      contactM[cell] = note.contactM;
    }
  const fingers = notes
    .filter((note) => note.semitones > 0)
    .map(({ string, semitones, lengthS }) => ({
      string: STRING_NAMES.indexOf(string),
      startS: -1,
      endS: lengthS + 1,
      midi: CELLO_STRINGS[string].openMidi + semitones,
    }));
  return {
    periodS,
    contacts: { forceN, bowSpeedMps, contactM },
    fingers,
    strings: STRINGS,
    lengthM: LENGTH_M,
  };
}

export interface Played {
  /** Force on the bridge [N]. */
  readonly bridgeN: Float64Array;
  readonly slips: readonly Slip[];
  readonly periodS: number;
  readonly beta: number;
  readonly frequencyHz: number;
  /** From the first motion of the bow to Helmholtz motion [s]; Infinity = never. */
  readonly settledS: number;
}

/** One string under one bow, with its slips. */
export function play(note: Bowing, settings: SoundSettings = DEFAULT_SOUND): Played {
  const index = STRING_NAMES.indexOf(note.string);
  const drive = driveOfString(inputOf(note), index, settings);
  const samples = (drive.forceN.length - 1) * 24;
  const [bridgeN, slip] = [new Float64Array(samples), new Float64Array(samples)];
  playString(STRINGS[index]!, drive, settings, bridgeN, slip);
  const frequencyHz = 440 * 2 ** ((STRINGS[index]!.openMidi + note.semitones - 69) / 12);
  const periodS = 1 / frequencyHz;
  const beta = (note.contactM / LENGTH_M) * 2 ** (note.semitones / 12);
  const slips = findSlips(slip, { sampleRateHz: 48000, bowSpeedMps: note.bowSpeedMps, periodS, beta });
  const settledS = (helmholtzFromS(slips, periodS) ?? Infinity) - NOTE_START_S;
  return { bridgeN, slips, periodS, beta, frequencyHz, settledS };
}
