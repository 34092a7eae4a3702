import { expect, test } from "vitest";
import { Pacer } from "../../src/sim/pacer.ts";

/** Blocks this thread, as a stopped process is [ms]. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Cycles of a clock that stands still for so long at its first, seen half a second after it. */
async function cyclesAround(stoodMs: number) {
  let steps = 0;
  const beganMs = performance.now();
  const pacer = new Pacer(() => {
    if (steps++ === 0) standStill(stoodMs);
  });
  await new Promise((resolve) => setTimeout(resolve, stoodMs + 500));
  pacer.stop();
  return { ...pacer.report, steps, due: (performance.now() - beganMs) / 2 };
}

test("a clock that stood still for half a second makes up for every cycle", async () => {
  const { cycles, steps, droppedCycles } = await cyclesAround(500);
  expect(droppedCycles).toBe(0);
  expect(cycles).toBe(steps);
  expect(cycles).toBeGreaterThan(250); // those of the pause, and of some time after it
});

test("of three seconds that a clock stood still, one is made up for and two are dropped and counted", async () => {
  const { cycles, droppedCycles, due } = await cyclesAround(3000);
  expect(droppedCycles).toBeGreaterThanOrEqual(995);
  expect(cycles + droppedCycles).toBeLessThanOrEqual(due);
  expect(cycles).toBeGreaterThan(500);
});
