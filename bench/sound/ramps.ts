/**
 * How fast a bow may be accelerated so that its string is caught at once: seeded starts with ramps of several lengths, from rest
 * and out of a reversal, on the strings and dynamics of the planner; the acceleration is given over β²·F·f/Z₀, by which
 * Guettler's wedge goes. `tsx bench/sound/ramps.ts [string]`
 */
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { smoothstep } from "../../src/math/smoothstep.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { isAcceptedStart } from "../../src/sound/string/helmholtz.ts";
import { LENGTH_M, play } from "../../test/sound/steady-note.ts";
import { plannedNote } from "./ear.ts";

/** What the strings beside each leave room for, about [N]. */
const HEAVIEST_N = { C: 2.6, G: 2, D: 1.9, A: 3 };
const RAMPS_S = [0.08, 0.12, 0.16, 0.2, 0.26];
const STARTS = {
  rest: (x: number): number => smoothstep(x),
  reversal: (x: number): number => {
    const y = Math.min(Math.max(x * 0.6, 0), 1); // as `strokeProgressM`
    return 2 * y - 2 * y ** 3 + y ** 4;
  },
};
const only = process.argv[2];
const best = new Map<string, [accepted: number, all: number]>();
for (const [kind, start] of Object.entries(STARTS))
  for (const string of STRING_NAMES.filter((name) => !only || name === only))
    for (const dynamic of ["p", "mf", "f"] as const)
      for (const semitones of [0, 5]) {
        const note = plannedNote(string, semitones, dynamic);
        const { openMidi, impedanceKgps } = CELLO_STRINGS[string];
        const forceN = Math.min(note.forceN, HEAVIEST_N[string]);
        const hz = 440 * 2 ** ((openMidi + semitones - 69) / 12);
        const beta = (note.contactM / LENGTH_M) * 2 ** (semitones / 12);
        const shown = RAMPS_S.map((rampS) => {
          const times = note.bowSpeedMps / rampS / ((beta ** 2 * forceN * hz) / impedanceKgps);
          let accepted = 0;
          for (const factor of [0.93, 1.05])
            for (const offM of [-0.002, 0.002]) {
              const { tone } = play({
                ...note,
                contactM: note.contactM + offM,
                lengthS: 0.6,
                forceAt: (t) => forceN * factor * smoothstep((t + 0.1) / 0.06),
                speedAt: (t) => note.bowSpeedMps * start(t / rampS),
              });
              if (isAcceptedStart(tone)) accepted++;
            }
          const band = times < 0.35 ? "under 0.35" : times < 0.7 ? "0.35 to 0.7" : times < 1.05 ? "0.7 to 1.05" : "over 1.05"; // prettier-ignore
          const sum = best.get(band) ?? [0, 0];
          best.set(band, [sum[0] + accepted, sum[1] + 4]);
          return `${rampS} s ${accepted}/4 (${times.toFixed(2)})`;
        });
        console.log(`${kind.padEnd(8)} ${string} ${dynamic.padEnd(2)} +${semitones}  ${shown.join("  ")}`);
      }
for (const [band, [accepted, all]] of best) console.log(`${band}: ${accepted}/${all} in time`);
