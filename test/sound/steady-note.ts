import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { smoothstep } from "../../src/math/smoothstep.ts";
import { STRING_NAMES, type StringName } from "../../src/score/score.ts";
import { Cello } from "../../src/sound/cello.ts";
import { driveOfString, type SoundInput } from "../../src/sound/render.ts";
import { DEFAULT_SOUND, type SoundSettings } from "../../src/sound/sound-settings.ts";
import { bowedTone, type BowedTone, type Slip } from "../../src/sound/string/helmholtz.ts";
import { SlipWatch } from "../../src/sound/string/slip-watch.ts";
import { HOP_SAMPLES, type StringDrive } from "../../src/sound/string/string-drive.ts";

export const LENGTH_M = 0.69;
export const STRINGS = STRING_NAMES.map((name) => ({ ...CELLO_STRINGS[name], name, lengthM: LENGTH_M }));
/** Strings and body run at this rate [Hz]. */
export const RATE = 96000;

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
  /** Force and speed as functions of the time since the note's start, instead of `forceN` and ramps. */
  readonly forceAt?: (sinceS: number) => number;
  readonly speedAt?: (sinceS: number) => number;
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

export const impedance = (string: StringName): number => CELLO_STRINGS[string].impedanceKgps;

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
      forceN[cell] = note.forceAt?.(t) ?? note.forceN * smoothstep((t + note.forceLeadS) / note.rampS);
      bowSpeedMps[cell] = note.speedAt?.(t) ?? note.bowSpeedMps * smoothstep(t / note.rampS);
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
  return { periodS, contacts: { forceN, bowSpeedMps, contactM }, fingers, strings: STRINGS };
}

export interface Played {
  /** Force on the bridge [N], at `RATE`. */
  readonly bridgeN: Float64Array;
  readonly slips: readonly Slip[];
  readonly tone: BowedTone;
  readonly periodS: number;
  readonly beta: number;
  readonly frequencyHz: number;
}

/** One string under one bow, alone on its body, with its slips. */
export function play(note: Bowing, settings: SoundSettings = DEFAULT_SOUND): Played {
  const input = inputOf(note);
  const index = STRING_NAMES.indexOf(note.string);
  const drive = driveOfString(input, index, Math.round(note.lengthS * 2000) + 1, settings);
  return playDrive(note, drive, settings);
}

export function playDrive(note: Bowing, drive: StringDrive, settings: SoundSettings): Played {
  const string = STRINGS[STRING_NAMES.indexOf(note.string)]!;
  const cello = new Cello([string], settings);
  const hops = drive.forceN.length - 1;
  const bridgeN = new Float64Array(hops * HOP_SAMPLES);
  const watch = new SlipWatch(RATE);
  for (let hop = 0; hop < hops; hop++) {
    const out = cello.play([drive], hop);
    bridgeN.set(out.bridgeN, hop * HOP_SAMPLES);
    const period = drive.period[hop]!;
    const beta = drive.bridgeTrip[hop]! / period;
    watch.watch(out.slipMps[0]!, { bowSpeedMps: drive.bowSpeedMps[hop]!, periodS: period / RATE, beta });
  }
  const frequencyHz = 440 * 2 ** ((string.openMidi + note.semitones - 69) / 12);
  const periodS = 1 / frequencyHz;
  const tone = bowedTone(watch.slips, {
    startS: NOTE_START_S,
    endS: note.leaveS ?? note.lengthS,
    sign: 1,
    periodAtS: () => periodS,
  });
  const beta = (note.contactM / LENGTH_M) * 2 ** (note.semitones / 12);
  return { bridgeN, slips: watch.slips, tone, periodS, beta, frequencyHz };
}
