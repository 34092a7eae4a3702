/**
 * Kills a recorder of a 500 Hz arm with SIGKILL at random moments: does every bag open, and how much of it is lost?
 * What is lost counts from the kill back to the last state in the bag; a recorder that the machine left no time had none of
 * it to write, which counts, too.
 *
 *     npx tsx bench/bag/kill.ts [times=100] [seed=1]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bagInfo } from "../../src/bag/bag-reader.ts";
import { checkBag } from "../../src/bag/check-bag.ts";
import { readPerformance } from "../../src/bag/read-performance.ts";
import { seededRandom } from "../../src/math/random.ts";

const [times, seed] = [Number(process.argv[2] ?? 100), Number(process.argv[3] ?? 1)];
const WRITER = new URL("../../test/bag/write-in-a-loop.ts", import.meta.url).pathname;
/** After its first second the recorder lives up to so much longer [ms]. */
const LONGEST_MS = 2000;

const folder = mkdtempSync(join(tmpdir(), "cellist-kill-"));
const random = seededRandom(seed);
const lostS: number[] = [];
let broken = 0;
for (let run = 1; run <= times; run++) {
  const path = join(folder, `${run}.mcap`);
  const child = spawn(process.execPath, ["--import", "tsx", WRITER, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, LONGEST_MS * random()));
  const killedNs = BigInt(Date.now()) * 1_000_000n;
  child.kill("SIGKILL");
  await once(child, "exit");
  try {
    const { topics, truncated } = await bagInfo(path);
    const states = topics.find(({ topic }) => topic === "/joint_states")!;
    const { robotTimeS } = await readPerformance(path);
    const { problems } = await checkBag(path);
    const others = problems.filter((problem) => problem !== "its end is missing");
    if (!truncated || robotTimeS.length !== states.count || others.length > 0)
      throw new Error(others.join("; "));
    lostS.push(Number(killedNs - states.endNs) / 1e9);
  } catch (error) {
    broken++;
    console.log(`run ${run}: ${(error as Error).message}`);
  }
  rmSync(path, { force: true });
}
rmSync(folder, { recursive: true });
lostS.sort((a, b) => a - b);
const at = (share: number): string => (lostS[Math.floor(share * (lostS.length - 1))] ?? NaN).toFixed(3);
console.log(
  `${times} kills, seed ${seed}: ${times - broken} bags open and decode without a gap, ${broken} do not`,
);
console.log(`lost before the kill: half ${at(0.5)} s, 95 % ${at(0.95)} s, most ${at(1)} s`);
process.exitCode = broken > 0 || !(lostS.at(-1)! <= 1) ? 1 : 0;
