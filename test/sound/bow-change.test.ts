import { expect, it } from "vitest";
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { smoothstep } from "../../src/math/smoothstep.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { findSlips, helmholtzFromS } from "../../src/sound/helmholtz.ts";
import { driveOfString } from "../../src/sound/render.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { playString } from "../../src/sound/string-voice.ts";
import { inputOf, STEADY, STRINGS } from "./steady-note.ts";

const CHANGE_S = 0.8;

it.each(STRING_NAMES)("the %s string is in Helmholtz motion again 120 ms after a bow change", (string) => {
  const forceN = 1.1 * Math.sqrt(CELLO_STRINGS[string].impedanceKgps / 0.46);
  const note = inputOf({ ...STEADY, string, semitones: 2, forceN, lengthS: 1.4 });
  // 0.08 s from steady down-bow to rest, 0.08 s to steady up-bow; the hair stays on the string
  const turn = (i: number): number => {
    const t = Math.floor(i / 4) * note.periodS - CHANGE_S;
    return 1 - smoothstep(t / 0.08 + 1) - smoothstep(t / 0.08);
  };
  const bowSpeedMps = note.contacts.bowSpeedMps.map((v, i) => v * turn(i));
  const index = STRING_NAMES.indexOf(string);
  const drive = driveOfString({ ...note, contacts: { ...note.contacts, bowSpeedMps } }, index, DEFAULT_SOUND);
  const samples = (drive.forceN.length - 1) * 24;
  const slip = new Float64Array(samples);
  playString(STRINGS[index]!, drive, DEFAULT_SOUND, new Float64Array(samples), slip);

  const after = slip.subarray(CHANGE_S * 48000);
  expect(after.some((s) => s < 0)).toBe(true); // the string now slips the other way
  const periodS = 1 / (440 * 2 ** ((CELLO_STRINGS[string].openMidi + 2 - 69) / 12));
  const bowing = { sampleRateHz: 48000, bowSpeedMps: 0.25, periodS, beta: (0.08 / 0.69) * 2 ** (2 / 12) };
  expect(helmholtzFromS(findSlips(after, bowing), periodS)).toBeLessThan(0.12);
});
