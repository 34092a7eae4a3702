import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { RtdeClient } from "ur-rtde-ts";
import { SIM_OUTPUT_TYPES } from "../../../src/sim/controller/output-fields.ts";
import { bench, rtdeClient } from "./robot-in-memory.ts";

const PROGRAM = `def player():
  q0 = get_target_joint_positions()
  q = q0
  while read_input_integer_register(24) < 1:
    sync()
  end
  while True:
    q[1] = q0[1] + read_input_float_register(24)
    q[5] = q0[5] + 0.01 * random()
    write_output_float_register(24, get_actual_tcp_pose()[2])
    write_output_integer_register(24, read_input_integer_register(24))
    servoj(q, t=get_steptime(), lookahead_time=0.03, gain=2000)
  end
end
`;

/** Hash of all that two clients were sent while one of them steered. */
async function performance(seed: number): Promise<string> {
  const one = await bench({ seed, plant: { forceNoiseN: 0.5 } });
  const hash = createHash("sha256");
  const heard = one.robot.connectRtde();
  const watcher = new RtdeClient({
    ...heard,
    onData: (listener) =>
      heard.onData((bytes) => {
        hash.update(bytes);
        listener(bytes);
      }),
  });
  await watcher.negotiate();
  await watcher.setupOutputs(Object.keys(SIM_OUTPUT_TYPES) as "timestamp"[], 500, {
    extraOutputs: Object.fromEntries(
      Object.entries(SIM_OUTPUT_TYPES).filter(([name]) => name.startsWith("sim_")),
    ),
  });
  await watcher.start();
  const steerer = await rtdeClient(one);
  const inputs = await steerer.setupInputs(["input_int_register_24", "input_double_register_24"]);
  const outputs = await steerer.setupOutputs(["timestamp", "output_int_register_24"], 500);
  let n = 0;
  outputs.onPackage(() => {
    n += 1;
    inputs.send({ input_int_register_24: n, input_double_register_24: 0.02 * Math.sin(n / 100) });
  });
  await steerer.start();
  one.robot.controller.runScript(PROGRAM);
  one.cycles(1000);
  expect(outputs.package.output_int_register_24).toBe(999); // sent after cycle 999, read and answered in cycle 1000
  return hash.digest("hex");
}

it("gives the same bytes twice, and others for another seed", async () => {
  const first = await performance(1);
  expect(await performance(1)).toBe(first);
  expect(await performance(2)).not.toBe(first);
});
