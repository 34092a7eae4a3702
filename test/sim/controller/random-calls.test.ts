import { expect, it } from "vitest";
import { seededRandom } from "../../../src/math/random.ts";
import { randomCalls } from "../urscript/random-programs.ts";
import { bench } from "./robot-in-memory.ts";

/** Connections to anywhere are no part of this. */
const LEFT_OUT = new Set(["socket_open"]);

it("survives calls of every built-in with values that may not suit it: the program ends, the robot goes on", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  const builtins = [...controller.library.builtins.values()].filter(({ name }) => !LEFT_OUT.has(name));
  const random = seededRandom(31);
  let ran = 0;
  for (let n = 0; n < 400; n++) {
    const refusals: string[] = [];
    const unlisten = controller.onMessage((message) => {
      if (message.kind === "runtime-exception") refusals.push(message.text);
    });
    controller.runScript(randomCalls(builtins, random));
    cycles(4);
    unlisten();
    if (refusals.length === 0) ran += 1;
    controller.motion.q_rad.forEach((q) => expect(Number.isFinite(q)).toBe(true));
    controller.sensors.q_rad.forEach((q) => expect(Number.isFinite(q)).toBe(true));
    if (n % 20 === 19 || !controller.modes.isNormal || controller.modes.mode !== "RUNNING") {
      controller.restartSafety();
      controller.modes.releaseBrakes();
      controller.plant.reset(controller.instrument.parked_rad);
      cycles(500);
      expect(controller.modes.mode).toBe("RUNNING");
    }
  }
  expect(ran).toBeGreaterThan(25);
});
