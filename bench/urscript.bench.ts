/**
 * How much faster than the robot a control loop like ours is interpreted: `npx tsx bench/urscript.bench.ts`.
 * The script takes a knot from the registers every five cycles, evaluates a quintic and calls `servoj` every cycle.
 */
import { readFileSync } from "node:fs";
import { RecordingHost, start } from "../test/sim/urscript/recording-host.ts";

const CYCLES = 20_000;
const ROUNDS = 6;
const script = readFileSync(
  new URL("../test/sim/urscript/scripts/knot-player.script", import.meta.url),
  "utf8",
);
const host = new RecordingHost();
const { registers } = host;
const run = start(script, host);
registers.inputIntegers[25] = 1;

for (let round = 1; round <= ROUNDS; round++) {
  const begin = performance.now();
  for (let i = 0; i < CYCLES; i++) {
    const accepted = registers.outputIntegers[24]!;
    if (accepted - registers.outputIntegers[25]! < 40) {
      registers.inputFloats[24] = accepted * 0.01;
      registers.inputIntegers[24] = accepted + 1;
    }
    run.cycle();
  }
  host.servoTargets.length = 0;
  const perCycleUs = ((performance.now() - begin) / CYCLES) * 1000;
  const ratio = (host.stepS * 1e6) / perCycleUs;
  console.log(`round ${round}: ${perCycleUs.toFixed(1)} µs per cycle, ${ratio.toFixed(0)} times real time`);
}
if (run.state.kind !== "running") throw new Error(`the script ended: ${JSON.stringify(run.state)}`);
