import { seededRandom } from "../../src/math/random.ts";
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { play, type Bowing } from "../../test/sound/steady-note.ts";

/** How many starts settle into Helmholtz motion within 100 ms, over seeded grids. `tsx bench/sound/starts.ts [n]` */
const perString = Number(process.argv[2] ?? 40);

type Draw = (
  string: (typeof STRING_NAMES)[number],
  semitones: number,
  random: () => number,
) => Partial<Bowing>;

/** p to ff as the planner bows them: speed, contact point and force go together. */
const planned: Draw = (string, semitones, random) => {
  const level = 3 * random(); // 0 = p, 1 = mp, 2 = mf, 3 = f
  const bowSpeedMps = 0.144 + 0.064 * level;
  const open = [0.176, 0.154, 0.134, 0.118, 0.118];
  const i = Math.floor(level);
  const beta = open[i]! + (open[i + 1]! - open[i]!) * (level - i);
  const contactM = Math.max(0.06, Math.min(0.11, beta * 0.69, 0.2 * 0.69 * 2 ** (-semitones / 12)));
  const force = [0.55, 0.8, 1.1, 1.6, 1.6];
  const onA = force[i]! + (force[i + 1]! - force[i]!) * (level - i);
  const forceN = Math.min(3, onA * Math.sqrt(CELLO_STRINGS[string].impedanceKgps / 0.46));
  return { bowSpeedMps, contactM, forceN, rampS: 0.08, forceLeadS: 0.05 };
};

/** Speed, force and contact point drawn apart from each other, the same for all strings. */
const anyhow: Draw = (_string, _semitones, random) => ({
  bowSpeedMps: 0.15 + 0.25 * random(),
  forceN: 0.4 * 5 ** random(),
  contactM: 0.06 + 0.05 * random(),
  rampS: 0.06,
  forceLeadS: 0.02,
});

for (const [name, draw] of Object.entries({ planned, anyhow })) {
  const random = seededRandom(1);
  const shares = STRING_NAMES.map((string) => {
    let [within100, within150, ever] = [0, 0, 0];
    for (let i = 0; i < perString; i++) {
      const semitones = random() < 0.4 ? 0 : 1 + Math.floor(7 * random());
      const start = { string, semitones, lengthS: 0.6, ...draw(string, semitones, random) } as Bowing;
      const { settledS } = play(start);
      if (settledS <= 0.1) within100++;
      if (settledS <= 0.15) within150++;
      if (settledS < Infinity) ever++;
    }
    return [within100, within150, ever].map((count) => count / perString);
  });
  console.log(`${name}: share of ${perString} starts per string that settle within 100 ms / 150 ms / 500 ms`);
  STRING_NAMES.forEach((string, i) =>
    console.log(`  ${string}  ${shares[i]!.map((x) => x.toFixed(2)).join(" / ")}`),
  );
  const mean = [0, 1, 2].map((k) => shares.reduce((sum, s) => sum + s[k]!, 0) / 4);
  console.log(`  all ${mean.map((x) => x.toFixed(2)).join(" / ")}`);
}
