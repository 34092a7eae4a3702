import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { RecordingHost, start } from "./recording-host.ts";

const SCRIPT = readFileSync(new URL("scripts/knot-player.script", import.meta.url), "utf8");

/** q = 0.2 t³ − 0.1 t² + offset of the joint: a quintic through its knots is the cubic itself. */
const q_rad = (t: number, joint: number): number => 0.2 * t ** 3 - 0.1 * t ** 2 + joint;
const qd_radps = (t: number): number => 0.6 * t ** 2 - 0.2 * t;
const qdd_radps2 = (t: number): number => 1.2 * t - 0.2;

function offerKnot(host: RecordingHost, number: number, timeS: number): void {
  const floats = host.registers.inputFloats;
  floats[24] = timeS;
  for (let joint = 0; joint < 6; joint++) {
    floats[25 + joint] = q_rad(timeS, joint);
    floats[31 + joint] = qd_radps(timeS);
    floats[37 + joint] = qdd_radps2(timeS);
  }
  host.registers.inputIntegers[24] = number;
}

it("plays knots from a ring buffer with a quintic between them, many times round the ring", () => {
  const host = new RecordingHost();
  const run = start(SCRIPT, host);
  const [knots, spacingS] = [200, 0.03]; // the ring holds 64
  for (let cycle = 0; cycle < 4000 && run.state.kind === "running"; cycle++) {
    const accepted = host.registers.outputIntegers[24]!;
    const playing = host.registers.outputIntegers[25]!;
    if (accepted < knots && accepted - playing < 40) offerKnot(host, accepted + 1, accepted * spacingS);
    if (accepted >= 10) host.registers.inputIntegers[25] = 1;
    run.cycle();
  }
  expect(run.state).toEqual({ kind: "finished" });
  const endS = (knots - 1) * spacingS; // 5.97 s
  expect(host.messages).toEqual(["knot player ready, step 0.002", "knot player finished at 5.97"]);
  expect(host.motions).toEqual(["stopj a=4"]);
  // 5.97 s / 2 ms = 2985 cycles; the clock adds 0.002 with rounding, so one more may be needed
  expect(host.servoTargets.length).toBeGreaterThanOrEqual(2985);
  expect(host.servoTargets.length).toBeLessThanOrEqual(2986);
  const errors = host.servoTargets.flatMap((q, i) =>
    q.map((angle, joint) => Math.abs(angle - q_rad(Math.min((i + 1) * 0.002, endS), joint))),
  );
  expect(Math.max(...errors)).toBeLessThan(1e-9);
});

it("slows down to rest along the path on a pause command", () => {
  const host = new RecordingHost();
  const run = start(SCRIPT, host);
  for (let cycle = 0; cycle < 300; cycle++) {
    const accepted = host.registers.outputIntegers[24]!;
    if (accepted < 50) offerKnot(host, accepted + 1, accepted * 0.03);
    host.registers.inputIntegers[25] = cycle < 100 ? 1 : 2;
    run.cycle();
  }
  expect(host.registers.outputFloats[25]).toBe(0);
  expect(run.global("rate")).toBe(0);
  const last = host.servoTargets.slice(-5);
  for (const q of last) expect(q).toEqual(last[0]);
});
