import { expect, it } from "vitest";
import { cheapestStringPaths, type StringCandidates } from "../../src/bowing/string-choice.ts";
import { seededRandom } from "../../src/math/random.ts";
import { STRING_NAMES, type StringName } from "../../src/score/score.ts";

it("finds the cheapest strings of a slur for each first and last string, as trying all does", () => {
  const random = seededRandom(11);
  for (let round = 0; round < 100; round++) {
    const candidates = Array.from({ length: 1 + Math.floor(random() * 5) }, (): StringCandidates => {
      const plain = Math.floor(random() * 4);
      const names = [STRING_NAMES[plain]!, STRING_NAMES[plain - 1]];
      return names.filter((name) => name !== undefined) as unknown as StringCandidates;
    });
    const prices = Array.from({ length: 200 }, () => random());
    const step = (from: StringName, to: StringName, i: number): number =>
      prices[i * 16 + STRING_NAMES.indexOf(from) * 4 + STRING_NAMES.indexOf(to)]!;
    const note = (candidate: number, i: number): number => prices[100 + 2 * i + candidate]!;

    const cheapest = new Map<string, number>();
    for (const { names, cost } of everyWay(candidates, step, note)) {
      const ends = names[0]! + names.at(-1)!;
      cheapest.set(ends, Math.min(cost, cheapest.get(ends) ?? Infinity));
    }
    const found = cheapestStringPaths(candidates, step, note);
    expect(found.length).toBe(cheapest.size);
    for (const { strings, cost } of found)
      expect(cost, `round ${round}`).toBeCloseTo(cheapest.get(strings[0]! + strings.at(-1)!)!, 12);
  }
});

interface Way {
  readonly names: readonly StringName[];
  readonly cost: number;
}

function everyWay(
  candidates: readonly StringCandidates[],
  step: (from: StringName, to: StringName, i: number) => number,
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
