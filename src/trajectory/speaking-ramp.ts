import { soundedStrings, type BowedNote } from "../bowing/bow-plan.ts";
import { vibratingLengthM } from "../bowing/force-limits.ts";
import { rampTimeS } from "../bowing/stroke-travel.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** A stroke no longer than this is short; one twice as long is not [s]. @assumed */
const SHORT_S = 0.25;

/**
 * A longer ramp takes no more than this of the first note [-]. @source the prelude on the published cell: with 0.4 a note on its G string
 * is 15.6 % slower than its dynamic as played; on the reference cell 78 of its 83 starts come in time, without any bound 75 (`bench/sound/ears.ts`)
 */
const MOST_OF_FIRST_NOTE = 0.37;

/** Frequency of the A over middle C, and its MIDI number [Hz], [-]. */
const A4 = { hz: 440, midi: 69 };

/**
 * Time in which a stroke may reach its speed so that its string is caught at once.
 *
 *     a ≤ times · β² · F · f / Z₀,    ramp ≥ v / a
 *
 * A bow that runs away from its string starts it in multiple slip, and a heavy string that is pressed little stays there. The
 * ramp is never shorter than `rampS`, nor so long that the rest of the stroke, which must make up for it, would be more than
 * `mostFaster` times as fast, nor so long that its first note would have no steady bow; short strokes, in which the hand has no
 * acceleration to spare, keep the usual ramp.
 *
 * @param note the first of the stroke; of a double stop both strings must speak
 * @param durationS of the stroke
 * @returns [s]
 * @source Guettler's wedge: the largest clean acceleration grows with F and falls with Z₀ and the period (JASA 2002; euphonics.org
 *   §9.5.4); its factor and β²: seeded starts on the simulated C, G and D strings, p to f, of which nine in ten then settle in time
 *   (`bench/sound/ramps.ts`)
 */
export function speakingRampS(
  note: BowedNote,
  { strings }: Pick<Instrument, "strings">,
  durationS: number,
  { rampS, speaking }: Pick<TrajectorySettings, "speaking"> & { readonly rampS: number },
): number {
  const usualS = rampTimeS(durationS, rampS);
  const firstNoteS = note.endS - note.startS;
  const neededS = soundedStrings(note).map(({ string, midi, forceN }) => {
    const { physics, lengthM } = strings[string];
    const beta = note.contactM / vibratingLengthM(lengthM, physics.openMidi, midi);
    const hz = A4.hz * 2 ** ((midi - A4.midi) / 12);
    const mostMps2 = (speaking.times * beta * beta * forceN * hz) / physics.impedanceKgps;
    return note.bowSpeedMps / mostMps2;
  });
  const mostFaster = 1 + (speaking.mostFaster - 1) * Math.min(1, Math.max(0, durationS / SHORT_S - 1));
  // steady speed: travel / (T − (start + end) / 2), the end being the usual
  const longestS = usualS + 2 * (1 - 1 / mostFaster) * (durationS - usualS);
  return Math.max(
    usualS,
    Math.min(longestS, MOST_OF_FIRST_NOTE * firstNoteS, rampTimeS(durationS, Math.max(...neededS))),
  );
}
