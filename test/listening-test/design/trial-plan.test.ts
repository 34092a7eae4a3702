import { expect, it } from "vitest";
import { seededRandom } from "../../../src/math/random.ts";
import { leastFilledCell } from "../../../src/listening-test/design/least-filled.ts";
import type { Block, Method } from "../../../src/listening-test/design/method.ts";
import { cellCount, planTrials } from "../../../src/listening-test/design/trial-plan.ts";
import { williamsRows } from "../../../src/listening-test/design/williams.ts";
import { sampleManifest } from "../sample-manifest.ts";

const block = (method: Method): Block => ({ method, controls: 2, traps: 2, repeats: 1 });
const manifest = sampleManifest(8);
const labelOf = new Map(manifest.stimuli.map((s) => [s.id, s.label]));
const counts = (values: readonly string[]): number[] => [
  ...values.reduce((map, v) => map.set(v, (map.get(v) ?? 0) + 1), new Map<string, number>()).values(),
];

it.each([2, 4, 5, 7, 8])("puts each of %i things in each place, and after each other, equally often", (n) => {
  const rows = williamsRows(n);
  const places = rows.flatMap((row) => row.map((x, place) => `${x} at ${place}`));
  const followers = rows.flatMap((row) => row.slice(1).map((x, i) => `${row[i]} then ${x}`));
  expect(new Set(counts(places))).toEqual(new Set([rows.length / n]));
  expect(counts(places)).toHaveLength(n * n);
  expect(new Set(counts(followers)).size).toBe(1);
  expect(counts(followers)).toHaveLength(n * (n - 1));
});

it.each(["yes-no", "pair", "preference", "rating"] as const)(
  "balances performers over items and places in a %s test, and gives each listener as many of each",
  (method) => {
    const design = { manifest, blocks: [block(method)], seed: 5 };
    const cells = Array.from({ length: cellCount(design) }, (_, cell) =>
      planTrials(design, cell, cell + 100),
    );
    const main = cells.map((trials) => trials.filter((t) => t.role === "main"));
    const first = (slots: readonly string[]): string => labelOf.get(slots[0]!)!;
    expect(new Set(counts(main.flat().map((t) => `${t.item} ${first(t.slots)}`)))).toEqual(new Set([8]));
    expect(new Set(counts(main.flatMap((ts) => ts.map((t, place) => `${place} ${first(t.slots)}`))))).toEqual(
      new Set([8]),
    );
    for (const trials of main) {
      expect(new Set(trials.map((t) => t.item)).size).toBe(8);
      expect(counts(trials.map((t) => first(t.slots)))).toEqual([4, 4]);
    }
  },
);

it("puts controls and traps among the main trials, never first, traps apart, and a repeat late", () => {
  const design = { manifest, blocks: [block("yes-no")], seed: 1 };
  for (let listener = 0; listener < 200; listener++) {
    const trials = planTrials(design, listener % 16, listener);
    expect(trials.map((t) => t.position)).toEqual(trials.map((_, i) => i));
    const asked = trials.filter((t) => t.role !== "practice");
    expect(asked).toHaveLength(8 + 2 + 2 + 1);
    expect(asked[0]!.role).toBe("main");
    asked.forEach((t, i) => expect([t.role, asked[i + 1]?.role]).not.toEqual(["trap", "trap"]));
    const repeat = asked.findIndex((t) => t.role === "repeat");
    expect(repeat).toBeGreaterThanOrEqual(asked.length - 2);
    expect(asked.find((t) => t.role === "main" && t.slots[0] === asked[repeat]!.slots[0])).toBeDefined();
  }
});

it("does not let a listener foresee the next performer from the last ones", () => {
  // Predict "the same as before" or "the other one": over all cells neither is right much more often than chance
  // allows when 4 of 8 are each (the other one comes in 4 of 7 cases).
  const design = { manifest, blocks: [{ ...block("yes-no"), controls: 0, traps: 0, repeats: 0 }], seed: 3 };
  let other = 0;
  let all = 0;
  for (let cell = 0; cell < cellCount(design); cell++) {
    const labels = planTrials(design, cell, cell)
      .filter((t) => t.role === "main")
      .map((t) => labelOf.get(t.slots[0]!));
    labels.slice(1).forEach((label, i) => {
      all++;
      if (label !== labels[i]) other++;
    });
  }
  expect(other / all).toBeGreaterThan(0.42);
  expect(other / all).toBeLessThan(0.72);
});

it("opens a MUSHRA trial with the reference and hides it among performers and anchor", () => {
  const [trial] = planTrials({ manifest, blocks: [block("mushra")], seed: 1 }, 0, 4);
  const roles = trial!.slots.map((id) => manifest.stimuli.find((s) => s.id === id)!.role);
  expect(roles[0]).toBe("reference");
  expect(roles.slice(1).sort()).toEqual(["anchor", "main", "main"]);
});

it("fills cells evenly, whatever chance does", () => {
  const random = seededRandom(9);
  const filled = new Array<number>(16).fill(0);
  for (let n = 0; n < 100; n++) filled[leastFilledCell(filled, random())]!++;
  expect(Math.max(...filled) - Math.min(...filled)).toBeLessThanOrEqual(1);
});
