/**
 * A million random, mutated and nonsense texts through the splitter, lexer, parser and compiler of scripts, and a run of
 * what compiles: `node --expose-gc --import tsx bench/script-fuzz.bench.ts [count] [seed]`. Any error but a script's own ends
 * it, and so does (exit code 1) a heap that grew by a tenth from the first tenth of the texts to the last.
 */
import { readFileSync } from "node:fs";
import { seededRandom } from "../src/math/random.ts";
import { compileProgram } from "../src/sim/urscript/compile-program.ts";
import { ProgramSplitter } from "../src/sim/urscript/program-splitter.ts";
import { scriptLibrary } from "../src/sim/urscript/script-library.ts";
import { startProgram } from "../src/sim/urscript/start-program.ts";
import { mutated, randomBytes, randomWords } from "../test/sim/urscript/random-programs.ts";
import { RecordingHost } from "../test/sim/urscript/recording-host.ts";

const count = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 1);
const random = seededRandom(seed);
const seeds = ["knot-player", "export"].map((name) =>
  readFileSync(new URL(`../test/sim/urscript/scripts/${name}.script`, import.meta.url), "utf8"),
);
/** Up to twenty lines of a program: whole ones would take most of the time to compile. */
function someLines(text: string): string {
  const lines = text.split("\n");
  const from = Math.floor(random() * lines.length);
  return lines.slice(from, from + 20).join("\n");
}
const makeHost = () => Object.assign(new RecordingHost(), { statementsPerCycle: 500 });
let host = makeHost();
let library = scriptLibrary(host);
let [compiled, slowestMs] = [0, 0];
const heapMb = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
const begin = performance.now();
let firstMb = 0;
for (let n = 0; n < count; n++) {
  if (n % 5000 === 0) library = scriptLibrary((host = makeHost())); // what scripts said is not kept
  const kind = n % 10;
  const text =
    kind < 6
      ? randomWords(random)
      : kind < 8
        ? randomBytes(random)
        : mutated(someLines(seeds[n % 2]!), random);
  const since = performance.now();
  for (const part of new ProgramSplitter().push(`${text}\n`)) {
    const program = compileProgram(part, library);
    if (!program.ok) continue;
    compiled += 1;
    const run = startProgram(program.value);
    for (let i = 0; i < 3; i++) run.cycle();
    run.stop();
  }
  slowestMs = Math.max(slowestMs, performance.now() - since);
  if (n === Math.floor(count / 10)) firstMb = heapMb();
}
const lastMb = heapMb();
const minutes = (performance.now() - begin) / 60_000;
console.log(
  `${count} texts from seed ${seed} in ${minutes.toFixed(1)} min: ${compiled} programs compiled and ran, the slowest text took ` +
    `${slowestMs.toFixed(0)} ms, heap ${firstMb.toFixed(1)} MB after a tenth and ${lastMb.toFixed(1)} MB at the end`,
);
if (lastMb > 1.1 * firstMb) process.exitCode = 1;
