/**
 * A million pieces of hostile input to every server of the simulated controller, in memory: no crash, no hang, no growth.
 *
 *     node --expose-gc --import tsx bench/servers/fuzz.ts [inputs] [seed]
 */
import { seededRandom } from "../../src/math/random.ts";
import { startSimulatedRobot } from "../../src/sim/simulated-robot.ts";
import { type PortName, UR_PORTS } from "../../src/sim/servers/tcp-front.ts";
import { celloInFront } from "../../test/sim/plant/cello-in-front.ts";
import { hostileBytes } from "../../test/sim/servers/hostile-input.ts";

const inputs = Number(process.argv[2] ?? 1_000_000);
const random = seededRandom(Number(process.argv[3] ?? 1));
const below = (n: number): number => Math.floor(random() * n);
const ports = Object.keys(UR_PORTS) as PortName[];

const robot = await startSimulatedRobot({
  instrument: celloInFront(),
  realTime: false,
  seed: 1,
  poweredOn: true,
});
let slowest = { ms: 0, what: "" };
let cutOff = 0;
let told = 0;
let rested = 0;
const heapMB = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

for (let done = 0; done < inputs;) {
  const port = ports[below(ports.length)]!;
  const stream = robot.connect(port);
  let closed = false;
  stream.onClose(() => (closed = true));
  stream.onData(() => undefined);
  for (let n = 1 + below(30); n > 0 && !closed; n--, done++) {
    const bytes = hostileBytes(port, random);
    const begin = process.cpuUsage(); // not the clock: other programs of a busy machine do not count
    stream.write(bytes);
    const used = process.cpuUsage(begin);
    const ms = (used.user + used.system) / 1000;
    if (ms > slowest.ms)
      slowest = { ms, what: `${port}: ${Buffer.from(bytes).toString("latin1").slice(0, 60)}` };
    if (done % 20 === 0) robot.stepCycle();
  }
  if (closed) cutOff += 1;
  else stream.close();
  if (done - rested > 200) {
    rested = done;
    await new Promise(setImmediate); // the scripts' own sockets open and close only then
  }
  if (done >= told) {
    console.log(`${done} inputs, heap ${heapMB().toFixed(1)} MB, ${robot.controller.cycle - 21_000} cycles`);
    told += inputs / 10;
  }
}
console.log(
  `${cutOff} clients cut off; slowest input took ${slowest.ms.toFixed(1)} ms of CPU (${JSON.stringify(slowest.what)})`,
);
await robot.close();
