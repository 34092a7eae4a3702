/**
 * Teaches the virtual left hand its ear: how many cents off the simulated strings sound when bowed as the planner bows,
 * and so how much sharper each must be stopped. Prints `src/sound/ear-trim.ts`. `tsx bench/sound/ear.ts`
 */
import { defaultBowingSettings, type BowingSettings } from "../../src/bowing/bowing-settings.ts";
import { maxBowForceN } from "../../src/bowing/force-limits.ts";
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { STRING_NAMES, type StringName } from "../../src/score/score.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { LENGTH_M, play, RATE, STEADY } from "../../test/sound/steady-note.ts";
import { centsFrom } from "../../test/sound/tone.ts";

const HEAD = `import type { EarTrim } from "./sound-settings.ts";

/**
 * How much sharper each note must be stopped than it is to sound, under the bow as the planner holds it.
 *
 * @source \`bench/sound/ear.ts\`, which writes this table: mean over p, mp, mf and f of the simulated strings [cents]
 */
export const EAR_TRIM: EarTrim = {`;
const MOST_SEMITONES = 17;
const untrained = { ...DEFAULT_SOUND, ear: {} };

/** A note as the planner bows it at one dynamic. */
export function plannedNote(string: StringName, semitones: number, dynamic: "p" | "mp" | "mf" | "f") {
  const settings: BowingSettings = defaultBowingSettings;
  const { min, max } = settings.contactWindowM;
  const sounding = LENGTH_M * 2 ** (-semitones / 12);
  const wantedM = Math.min(settings.beta[dynamic] * LENGTH_M, settings.maxStoppedBeta * sounding);
  const contactM = Math.max(min, Math.min(max, wantedM));
  const bowSpeedMps = settings.bowSpeedMps[dynamic];
  const physics = CELLO_STRINGS[string];
  const wantedN = (settings.forceN[dynamic] * physics.impedanceKgps) / settings.referenceImpedanceKgps;
  const mostN = settings.maxForceShare * maxBowForceN(physics, bowSpeedMps, contactM / sounding);
  const forceN = Math.min(wantedN, settings.maxForceN, mostN);
  return { ...STEADY, string, semitones, forceN, bowSpeedMps, contactM, rampS: 0.2, lengthS: 1.1 };
}

if (process.argv[1]?.endsWith("ear.ts")) {
  console.log(HEAD);
  for (const string of STRING_NAMES) {
    const row = Array.from({ length: MOST_SEMITONES + 1 }, (_, semitones) => {
      const heard = (["p", "mp", "mf", "f"] as const).flatMap((dynamic) => {
        const { bridgeN, frequencyHz, tone } = play(plannedNote(string, semitones, dynamic), untrained);
        return (tone.helmholtzShare ?? 0) > 0.8 ? [centsFrom(bridgeN, RATE, frequencyHz, 0.6, 0.35)] : [];
      });
      if (process.argv[2] === "--all")
        console.log(string, semitones, heard.map((c) => c.toFixed(1)).join(" "));
      return heard.length === 0 ? NaN : heard.reduce((sum, c) => sum + c, 0) / heard.length;
    });
    console.log(`  ${CELLO_STRINGS[string].openMidi}: [${row.map((c) => (-c).toFixed(1)).join(", ")}],`);
  }
  console.log("};");
}
