/**
 * A million mutated texts each through the small parsers of the simulated controller: answers of XML-RPC servers, scripts
 * of faults, lines of the control door. `node --expose-gc --import tsx bench/small-parsers-fuzz.bench.ts [count] [seed]`.
 */
import { seededRandom } from "../src/math/random.ts";
import { decodeAnswer } from "../src/sim/controller/xml-rpc.ts";
import { FAULT_COMMANDS, readFault } from "../src/sim/faults/fault-commands.ts";
import { parseFaultScript } from "../src/sim/faults/fault-script.ts";
import { ScriptFault } from "../src/sim/urscript/problem.ts";
import { mutated } from "../test/sim/urscript/random-programs.ts";

const count = Number(process.argv[2] ?? 1_000_000);
const random = seededRandom(Number(process.argv[3] ?? 1));
const ANSWER =
  "<?xml version='1.0'?><methodResponse><params><param><value><array><data><value><struct><member><name>a</name>" +
  "<value><int>1</int></value></member></struct></value><value>x &lt;</value></data></array></value></param></params></methodResponse>";
const names = [...FAULT_COMMANDS.keys()];
const faultLine = (): string => `${names[Math.floor(random() * names.length)]!} on 1 2 0.5 -3 4 5`;

function answers(text: string): boolean {
  try {
    decodeAnswer(text);
    return true;
  } catch (error) {
    if (error instanceof ScriptFault) return false;
    throw error;
  }
}

const PARSERS: Readonly<Record<string, () => boolean>> = {
  "answers of XML-RPC": () => answers(mutated(ANSWER, random)),
  "scripts of faults": () => parseFaultScript(mutated(`1.5 ${faultLine()}\n+2 ${faultLine()}\n`, random)).ok,
  "lines of the control door": () => readFault(mutated(faultLine(), random)).ok,
};

const heapMb = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
for (const [what, parse] of Object.entries(PARSERS)) {
  let [accepted, slowestMs] = [0, 0];
  const before = heapMb();
  for (let n = 0; n < count; n++) {
    const since = process.cpuUsage(); // not the clock: other programs of a busy machine do not count
    if (parse()) accepted += 1;
    const { user, system } = process.cpuUsage(since);
    slowestMs = Math.max(slowestMs, (user + system) / 1000);
  }
  console.log(
    `${count} ${what}: ${accepted} accepted, the slowest took ${slowestMs.toFixed(1)} ms of CPU, ` +
      `heap ${before.toFixed(1)} MB before and ${heapMb().toFixed(1)} MB after`,
  );
}
