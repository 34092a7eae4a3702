import { expect, it } from "vitest";
import { ConnectionError } from "../src/connection/errors.ts";
import { fuzzedParsers } from "./fuzzed-parsers.ts";
import { mutated, pick, randomFrom } from "./mutation.ts";

/** `bench/rtde/fuzz.ts` does the same a million times each. */
const PIECES = 10_000;
/** Pieces of one life of a parser. */
const LIFE = 50;

it.each(fuzzedParsers.map((parser) => [parser.name, parser] as const))(
  "%s: goes on or ends with a reason, whatever bytes come",
  async (_, { good, sizeBytes, hear, expected }) => {
    const random = randomFrom(1);
    const strange: unknown[] = [];
    let refused = 0;
    for (let pieces = 0; pieces < PIECES; pieces += LIFE) {
      const life = Array.from({ length: LIFE }, () => mutated(pick(good, random), random, sizeBytes));
      for (const error of await hear(life)) {
        if (!expected.some((kind) => error instanceof kind)) strange.push(error);
        else if (!(error instanceof ConnectionError)) refused += 1;
      }
    }
    expect(strange).toEqual([]);
    expect(refused).toBeGreaterThan(100); // the mutations do hurt
  },
);
