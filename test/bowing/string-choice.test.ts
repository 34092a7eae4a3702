import { expect, it } from "vitest";
import { cheapestLevelPaths, type LevelCandidates } from "../../src/bowing/string-choice.ts";
import { seededRandom } from "../../src/math/random.ts";
import { BOW_LEVELS, type BowLevel } from "../../src/score/bow-level.ts";

it("finds the cheapest strings of a slur for each first and last string, as trying all does", () => {
  const random = seededRandom(11);
  for (let round = 0; round < 100; round++) {
    const candidates = Array.from({ length: 1 + Math.floor(random() * 5) }, (): LevelCandidates => {
      const plain = Math.floor(random() * 7);
      const names = [BOW_LEVELS[plain]!, BOW_LEVELS[plain - 1]];
      return names.filter((name) => name !== undefined) as unknown as LevelCandidates;
    });
    const prices = Array.from({ length: 600 }, () => random());
    const step = (from: BowLevel, to: BowLevel, i: number): number =>
      prices[i * 49 + BOW_LEVELS.indexOf(from) * 7 + BOW_LEVELS.indexOf(to)]!;
    const note = (candidate: number, i: number): number => prices[400 + 2 * i + candidate]!;

    const cheapest = new Map<string, number>();
    for (const { names, cost } of everyWay(candidates, step, note)) {
      const ends = `${names[0]!} ${names.at(-1)!}`;
      cheapest.set(ends, Math.min(cost, cheapest.get(ends) ?? Infinity));
    }
    const found = cheapestLevelPaths(candidates, step, note);
    expect(found.length).toBe(cheapest.size);
    for (const { levels, cost } of found)
      expect(cost, `round ${round}`).toBeCloseTo(cheapest.get(`${levels[0]!} ${levels.at(-1)!}`)!, 12);
  }
});

interface Way {
  readonly names: readonly BowLevel[];
  readonly cost: number;
}

function everyWay(
  candidates: readonly LevelCandidates[],
  step: (from: BowLevel, to: BowLevel, i: number) => number,
  note: (candidate: number, i: number) => number,
): readonly Way[] {
  let ways: readonly Way[] = candidates[0]!.map((name, c) => ({ names: [name], cost: note(c, 0) }));
  for (let i = 1; i < candidates.length; i++)
    ways = ways.flatMap(({ names, cost }) =>
      candidates[i]!.map((name, c) => ({
        names: [...names, name],
        cost: cost + step(names.at(-1)!, name, i) + note(c, i),
      })),
    );
  return ways;
}
