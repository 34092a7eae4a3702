import { logTimeNs } from "../../src/bag/log-time.ts";
import { openPerformanceLog } from "../../src/bag/performance-log.ts";
import { recordPlan, recordState } from "../../src/bag/write-performance.ts";
import { seededRandom } from "../../src/math/random.ts";
import { samplePlanned, sampleState } from "./sample-performance.ts";

/** Child process of the kill test: logs a 500 Hz arm in real time until it is killed; log time is the wall clock. */
const log = await openPerformanceLog(process.argv[2]!);
const random = seededRandom(1);
const startNs = BigInt(Date.now()) * 1_000_000n;
recordPlan(log, startNs, samplePlanned(random));
let k = 0;
setInterval(() => {
  for (const dueK = (Date.now() - Number(startNs / 1_000_000n)) / 2; k < dueK; k++) {
    const state = sampleState(k, random);
    recordState(log, logTimeNs(startNs, state.robotTimeS, 1234.56789), state);
  }
  if (k > 500) void log.drained().then(() => process.stdout.write("one second logged\n"));
}, 2);
