/**
 * How many starts settle as fast as listeners ask for, on seeded gestures of the planner's kind.
 * `tsx bench/sound/starts.ts [starts per string]`
 */
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { seededRandom } from "../../src/math/random.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { isAcceptedStart } from "../../src/sound/string/helmholtz.ts";
import { play, type Bowing } from "../../test/sound/steady-note.ts";
import { plannedNote } from "./ear.ts";

const perString = Number(process.argv[2] ?? 40);
type Draw = (string: (typeof STRING_NAMES)[number], random: () => number) => Bowing;

const semitonesOf = (random: () => number): number => (random() < 0.4 ? 0 : 1 + Math.floor(7 * random()));
const dynamicOf = (random: () => number) => (["p", "mp", "mf", "f"] as const)[Math.floor(4 * random())]!;

const DRAWS: Readonly<Record<string, Draw>> = {
  "from rest, hair on the string": (string, random) => {
    const note = plannedNote(string, semitonesOf(random), dynamicOf(random));
    return { ...note, rampS: 0.1, forceLeadS: 0.1, lengthS: 0.7 };
  },
  "force grows with speed, as after a crossing": (string, random) => {
    const note = plannedNote(string, semitonesOf(random), dynamicOf(random));
    return { ...note, rampS: 0.1, forceLeadS: 0.03, lengthS: 0.7 };
  },
  "the same with forces that grow with the root of the impedance": (string, random) => {
    const note = plannedNote(string, semitonesOf(random), dynamicOf(random));
    const forceN = note.forceN / Math.sqrt(CELLO_STRINGS[string].impedanceKgps / 0.46);
    return { ...note, forceN, rampS: 0.1, forceLeadS: 0.03, lengthS: 0.7 };
  },
  "speed, force and place drawn apart": (string, random) => ({
    string,
    semitones: semitonesOf(random),
    bowSpeedMps: 0.15 + 0.25 * random(),
    forceN: 0.4 * 5 ** random(),
    contactM: 0.06 + 0.05 * random(),
    rampS: 0.06,
    forceLeadS: 0.02,
    lengthS: 0.7,
  }),
};

for (const [name, draw] of Object.entries(DRAWS)) {
  const random = seededRandom(1);
  console.log(`${name}: accepted starts (50 ms choked, 90 ms multiple slip) / Helmholtz share of the rest`);
  for (const string of STRING_NAMES) {
    let [accepted, share] = [0, 0];
    for (let i = 0; i < perString; i++) {
      const { tone } = play(draw(string, random));
      if (isAcceptedStart(tone)) accepted++;
      share += (tone.helmholtzShare ?? 0) / perString;
    }
    console.log(`  ${string}  ${(accepted / perString).toFixed(2)} / ${share.toFixed(2)}`);
  }
}
