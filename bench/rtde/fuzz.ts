/**
 * A million broken pieces for every parser of ur-rtde-ts: no crash, no hang, no growth.
 *
 *     node --expose-gc --import tsx bench/rtde/fuzz.ts [pieces] [seed]
 *
 * Exit code 1 after an error that is none of the parser's own, a life of 50 pieces that took more than a second of CPU,
 * or a heap that grew by more than 8 MB from the first tenth to the end.
 */
import { fuzzedParsers } from "../../src/ur-rtde-ts/test/fuzzed-parsers.ts";
import { mutated, pick, randomFrom } from "../../src/ur-rtde-ts/test/mutation.ts";

const pieces = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 1);
const LIFE = 50;
const [MOST_MS, MOST_GROWTH_MB] = [1000, 8];

const heapMB = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

for (const { name, good, sizeBytes, hear, expected } of fuzzedParsers) {
  const random = randomFrom(seed);
  const strange = new Set<string>();
  let [errors, slowestMs, atFirstMB] = [0, 0, 0];
  const begin = performance.now();
  for (let done = 0; done < pieces; done += LIFE) {
    const life = Array.from({ length: LIFE }, () => mutated(pick(good, random), random, sizeBytes));
    const before = process.cpuUsage(); // not the clock: other programs of a busy machine do not count
    const ends = await hear(life);
    const { user, system } = process.cpuUsage(before);
    slowestMs = Math.max(slowestMs, (user + system) / 1000);
    errors += ends.length;
    for (const end of ends) if (!expected.some((kind) => end instanceof kind)) strange.add(String(end));
    if (done === Math.floor(pieces / 10 / LIFE) * LIFE) atFirstMB = heapMB();
  }
  const growthMB = heapMB() - atFirstMB;
  const isKept = strange.size === 0 && slowestMs < MOST_MS && growthMB < MOST_GROWTH_MB;
  if (!isKept) process.exitCode = 1;
  console.log(
    `${isKept ? "ok    " : "FAILED"} ${name}: ${pieces} pieces, ${errors} errors, ${strange.size} strange, ` +
      `slowest ${LIFE} took ${slowestMs.toFixed(1)} ms of CPU, heap grew ${growthMB.toFixed(2)} MB, ` +
      `${((performance.now() - begin) / 1000).toFixed(0)} s`,
  );
  for (const text of [...strange].slice(0, 5)) console.log(`       ${text}`);
}
