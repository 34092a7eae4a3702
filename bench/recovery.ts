/**
 * From how many random postures the arm comes back to its parked pose, how long that is thought about, and why it does not from the others.
 *
 *     npx tsx bench/recovery.ts [seed=1] [postures=24] [calibration=reference,paper]
 *
 * Each joint anywhere within a turn to either side. Three kinds: clear of everything; with no more than 1 mm to spare; and too near to
 * something, but not in it. Those from which no way can be, by proof, are counted beside the number asked for.
 */
import type { BodyPair } from "../src/collision/collision-scene.ts";
import type { Instrument } from "../src/instrument/instrument.ts";
import { JOINT_NAMES, type Joints } from "../src/math/joints.ts";
import { seededRandom } from "../src/math/random.ts";
import { freeClearance } from "../src/planning/clearance-checks.ts";
import type { NoPassage } from "../src/planning/no-passage.ts";
import { planParking } from "../src/planning/plan-parking.ts";
import { loadWorkcell } from "../src/shelf/workcell.ts";

const [seed = "1", postures = "24", names = "reference,paper"] = process.argv.slice(2);

for (const name of names.split(",")) {
  const place = await loadWorkcell({ profile: "robot", set: [], calibration: name, cell: name });
  const clear = freeClearance(place);
  const random = seededRandom(Number(seed));
  const marginM = (q: Joints): number => clear.clearanceAt(q).minM - clear.requiredM;
  const anywhere = (): Joints => drawn(random, 2 * Math.PI, (q) => marginM(q) >= 0);
  /** On the way from a clear posture to wherever: the first that has no more to spare than this. */
  const spare = (leastM: number, mostM: number) => (): Joints => {
    for (;;) {
      const [from, to] = [anywhere(), drawn(random, 2 * Math.PI, () => true)];
      let [before, after] = [0, 1];
      for (let share = 0.01; share < after; share += 0.01)
        if (marginM(between(from, to, share)) < leastM) after = share;
        else before = share;
      for (let round = 0; round < 40; round++) {
        const middle = (before + after) / 2;
        const m = marginM(between(from, to, middle));
        if (m >= leastM && m < mostM) return between(from, to, middle);
        if (m >= mostM) before = middle;
        else after = middle;
      }
    }
  };
  const kinds = {
    clear: anywhere,
    narrow: spare(0, 1e-3),
    "too near": spare(-clear.requiredM + 5e-4, -1e-4),
  };
  for (const [kind, next] of Object.entries(kinds)) {
    const tally = new Map<string, number>();
    const took: number[] = [];
    for (let n = 0; n < Number(postures);) {
      const from = next();
      const startMs = performance.now();
      const planned = planParking(from, place);
      took.push((performance.now() - startMs) / 1e3);
      const what = planned.ok ? back(planned.value.parked_rad, place.instrument) : said(planned.why);
      if (!what.startsWith("proven")) n += 1;
      tally.set(what, (tally.get(what) ?? 0) + 1);
    }
    took.sort((a, b) => a - b);
    const [median, most] = [took[took.length >> 1]!, took.at(-1)!];
    console.log(
      `${name}, ${kind} (seed ${seed}): median ${median.toFixed(2)} s, longest ${most.toFixed(1)} s`,
    );
    for (const [what, count] of [...tally].sort(([, a], [, b]) => b - a))
      console.log(`  ${String(count).padStart(3)} ${what}`);
  }
}

function drawn(random: () => number, within_rad: number, isWanted: (q: Joints) => boolean): Joints {
  for (;;) {
    const q = [0, 1, 2, 3, 4, 5].map(() => within_rad * (2 * random() - 1)) as unknown as Joints;
    if (isWanted(q)) return q;
  }
}

function between(a: Joints, b: Joints, share: number): Joints {
  return a.map((v, j) => v + share * (b[j]! - v)) as unknown as Joints;
}

function back(parked_rad: Joints, instrument: Instrument): string {
  return parked_rad[0] === instrument.parked_rad[0]
    ? "comes back"
    : "comes back the other way around its base";
}

function said(why: NoPassage): string {
  if (why.where === "shut off") return `proven: shut off ${gapOf(why.shut)}`;
  if (why.where !== "behind") return `no way was found (${why.where})`;
  return `proven: the ${JOINT_NAMES[why.wall.joint]!} joint cannot pass ${gapOf(why.wall)}`;
}

function gapOf({ pair, widestM }: { readonly pair: BodyPair; readonly widestM: number }): string {
  return `${pair.join(" and ")}, ${(1e3 * widestM).toFixed(1)} mm at the widest`;
}
