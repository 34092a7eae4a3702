import { smoothstep } from "../../src/math/smoothstep.ts";
import type { SoundSettings } from "../../src/sound/sound-settings.ts";
import type { Slip } from "../../src/sound/string/helmholtz.ts";
import { impedance, NOTE_START_S, play, STEADY, type Bowing } from "./steady-note.ts";

/** Where the bow is steady, how long it glides to the force under test, and how long that is held [s]. */
const SETTLED_S = 0.4;
const GLIDE_S = 0.25;
const HELD_S = 0.35;

/** Share of the held part in which the string slips once per period: from Helmholtz motion, glide to a force and hold it. */
export function shareAtForce(note: Bowing, forceN: number, settings?: SoundSettings): number {
  const beta = note.contactM / 0.69;
  const middlingN = (0.35 * 2 * impedance(note.string) * note.bowSpeedMps) / (beta * 0.75);
  const played = play(
    {
      ...note,
      lengthS: NOTE_START_S + SETTLED_S + GLIDE_S + HELD_S,
      rampS: 0.15,
      forceAt: (t) =>
        middlingN *
        smoothstep((t + 0.1) / 0.08) *
        (forceN / middlingN) ** smoothstep((t - SETTLED_S) / GLIDE_S),
    },
    settings,
  );
  const fromS = NOTE_START_S + SETTLED_S + GLIDE_S + 0.1;
  const held = played.slips.filter((slip) => slip.startS >= fromS);
  return evenTimeS(held, played.periodS) / (HELD_S - 0.1);
}

function evenTimeS(slips: readonly Slip[], periodS: number): number {
  let sum = 0;
  for (let i = 1; i < slips.length; i++) {
    const apartS = slips[i]!.startS - slips[i - 1]!.startS;
    if (Math.abs(apartS / periodS - 1) < 0.08) sum += apartS;
  }
  return sum;
}

/** Half of Schelleng's largest force, about where notes are played [N]. */
const halfForceN = (note: Bowing): number =>
  (impedance(note.string) * note.bowSpeedMps) / ((note.contactM / 0.69) * 0.75);

/** Largest force up to which the motion is kept, in steps of 10 % from half of Schelleng's [N]. */
export function largestForceN(note: Partial<Bowing>, settings?: SoundSettings): number {
  const full = { ...STEADY, ...note };
  let forceN = halfForceN(full);
  while (shareAtForce(full, forceN * 1.1, settings) > 0.8) forceN *= 1.1;
  return forceN;
}

/** Smallest force down to which the motion is kept, in steps of 25 % from `fromN` [N]. */
export function smallestForceN(note: Partial<Bowing>, fromN: number, settings?: SoundSettings): number {
  const full = { ...STEADY, ...note };
  let forceN = fromN;
  while (forceN > 0.01 && shareAtForce(full, forceN / 1.25, settings) > 0.8) forceN /= 1.25;
  return forceN;
}
