import { expect, it } from "vitest";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { musicContext } from "../../src/planning/follow-plan.ts";
import type { Score } from "../../src/score/score.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { turned } from "../../src/trajectory/crossing.ts";
import { ledRolls } from "../../src/trajectory/led-rolls.ts";
import { musicPath } from "../../src/trajectory/music-path.ts";
import { excessIn } from "../../src/trajectory/stretched-rolls.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const workcell = await loadWorkcell({
  profile: "simulation",
  set: [],
  cell: "",
  calibration: "reference",
});
const { instrument, profile } = workcell;
const context = musicContext(workcell);
const { crossingLead, crossingLimitShare, sampleS } = context.settings;
const NOTHING: ReadonlySet<number> = new Set();

function followed(score: Score) {
  const plan = planBowing(score, instrument, profile.bowing);
  if (!plan.ok) throw new Error("cannot be bowed");
  const path = musicPath(plan.value, context);
  if (!path.ok) throw new Error("cannot be reached");
  return { plan: plan.value, path: path.value };
}

/** Notes on C, G, D and A as open strings, each of so many quarters at 60 a minute, a new bow to each. */
const open = (strings: string, quarters: number): Score =>
  scoreOf([...strings].map((string) => ({ midi: 36 + 7 * "CGDA".indexOf(string), quarters })));

type Path = ReturnType<typeof followed>["path"];
/** How long before their notes' onsets rolls have reached the new string. */
const leadsS = (path: Path, starts: readonly { readonly startS: number }[]): readonly number[] =>
  path.motion.crossings.map((roll) => {
    let s = roll.startS;
    while (turned(roll, s) < roll.meets) s += 1e-5;
    return starts[roll.to]!.startS - s;
  });

it("leans the bow to the next string 15 degrees of a back and forth before it turns, in notes of half a second and less", () => {
  // 15/360 of 2 × 0.2 s = 16.7 ms, of 2 × 0.4 s 33 ms; of 2 × 0.8 s 67 ms, of which 40 ms are taken
  for (const [lengthS, leadS] of [[0.2, 0.0167] as const, [0.4, 0.0333] as const, [0.8, 0.04] as const]) {
    const { plan, path } = followed(open("GDGDGDG", lengthS));
    const led = ledRolls(path, plan, context, NOTHING);
    for (const s of leadsS(path, plan.notes)) expect(s).toBeCloseTo(0, 4);
    for (const s of leadsS(led, plan.notes)) expect(s).toBeCloseTo(leadS, 3);
  }
});

it("asks no more of the joints for it than rolls may ask, or than they asked before", () => {
  const { plan, path } = followed(open("GDGADACGCGDADG", 0.17));
  const led = ledRolls(path, plan, context, NOTHING);
  let count = 0;
  led.motion.crossings.forEach((roll, i) => {
    if (roll.startS === path.motion.crossings[i]!.startS) return;
    count++;
    const before = excessIn(path.motion.crossings[i]!, path.path, context, crossingLimitShare);
    const now = excessIn(roll, led.path, context, crossingLimitShare);
    expect(now, `to note ${roll.to}`).toBeLessThan(1.01 * Math.max(1, before));
  });
  expect(count).toBeGreaterThan(3);
});

it("leaves slurs, hops and all that lies between the rolls as it was", () => {
  const score = scoreOf([
    { midi: 43, quarters: 0.4 },
    { midi: 50, quarters: 0.4, slurredFromPrevious: true },
    { midi: 50, quarters: 0.4 },
    { midi: 36, quarters: 0.6 },
    { midi: 43, quarters: 0.4 },
  ]);
  const { plan, path } = followed(score);
  const led = ledRolls(path, plan, context, NOTHING);
  const windows = ({ motion }: Path) => motion.crossings.map(({ startS, endS }) => [startS, endS] as const);
  expect(path.motion.crossings.map(({ to, hop }) => [to, hop !== undefined])).toEqual([
    [1, false],
    [3, true],
    [4, false],
  ]);
  expect(windows(led).slice(0, 2)).toEqual(windows(path).slice(0, 2));
  const leadS = windows(path)[2]![0] - windows(led)[2]![0];
  expect(leadS).toBeGreaterThan(0.015);
  // Only from the earlier beginning of that roll to its later end does the hand go elsewhere.
  const moved = Array.from({ length: path.path.q_rad.length / 6 }, (_, k) => k).filter((k) =>
    led.path.q_rad
      .subarray(6 * k, 6 * k + 6)
      .some((q, j) => Math.abs(q - path.path.q_rad[6 * k + j]!) > 1e-7),
  );
  const timeS = (k: number): number => path.path.startS + k * sampleS;
  expect(timeS(moved[0]!)).toBeGreaterThan(windows(led)[2]![0]);
  expect(timeS(moved.at(-1)!)).toBeLessThan(windows(path)[2]![1]);
  expect(ledRolls(path, plan, context, new Set([4]))).toBe(path);
});

it("leads not where the profile has no lead", () => {
  const { plan, path } = followed(open("GDG", 0.4));
  const none = { ...context, settings: { ...context.settings, crossingLead: { ...crossingLead, mostS: 0 } } };
  expect(ledRolls(path, plan, none, NOTHING)).toBe(path);
});
