/**
 * From how many random postures the arm comes back to its parked pose, and how many are proven to have no way.
 *
 *     npx tsx bench/recovery.ts [seed=1] [postures=24]
 *
 * Each joint anywhere within a turn to either side; postures in which something is nearer than required are left out.
 */
import type { Joints } from "../src/math/joints.ts";
import { JOINT_NAMES } from "../src/math/joints.ts";
import { seededRandom } from "../src/math/random.ts";
import { freeClearance } from "../src/planning/clearance-checks.ts";
import { planFreeMotion } from "../src/planning/plan-free-motion.ts";
import { loadWorkcell } from "../src/shelf/workcell.ts";

const [seed = 1, postures = 24] = process.argv.slice(2).map(Number);

for (const name of ["reference", "paper"]) {
  const place = await loadWorkcell({ profile: "robot", set: [], calibration: name, cell: name });
  const [clear, random] = [freeClearance(place), seededRandom(seed)];
  const tally = new Map<string, number>();
  let longestS = 0;
  for (let n = 0; n < postures;) {
    const from = [0, 1, 2, 3, 4, 5].map(() => 2 * Math.PI * (2 * random() - 1)) as unknown as Joints;
    if (clear.clearanceAt(from).minM < clear.requiredM) continue;
    n += 1;
    const startMs = performance.now();
    const planned = planFreeMotion(from, place.instrument.parked_rad, place);
    longestS = Math.max(longestS, (performance.now() - startMs) / 1e3);
    const what = planned.ok ? "comes back" : said(planned.why);
    tally.set(what, (tally.get(what) ?? 0) + 1);
  }
  console.log(`${name} (seed ${seed}), longest ${longestS.toFixed(1)} s`);
  for (const [what, count] of [...tally].sort(([, a], [, b]) => b - a))
    console.log(`  ${String(count).padStart(3)} ${what}`);
}

type Why = Extract<ReturnType<typeof planFreeMotion>, { readonly ok: false }>["why"];
function said(why: Why): string {
  if (why.where !== "behind") return `no way was found (${why.where}): ${why.pair.join(" and ")}`;
  const { joint, pair, widestM } = why.wall;
  return `the ${JOINT_NAMES[joint]!} joint cannot pass: ${pair.join(" and ")}, ${(1e3 * widestM).toFixed(1)} mm`;
}
