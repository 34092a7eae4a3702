import { expect, it } from "vitest";
import { outputFields, type OutputName, RtdeClient, type TextPackage } from "ur-rtde-ts";
import { bench, rtdeClient } from "../controller/robot-in-memory.ts";

it("names the version it runs, and takes protocol versions 2 and 1", async () => {
  const client = new RtdeClient((await bench()).robot.connectRtde());
  expect(await client.negotiate()).toBe(2);
  expect(await client.controllerVersion()).toEqual({ major: 5, minor: 25, bugfix: 1, build: 130310 });
});

it("speaks version 1 to a client that never negotiates, every cycle", async () => {
  const { robot, cycles } = await bench();
  const client = new RtdeClient(robot.connectRtde());
  const recipe = await client.setupOutputs(["timestamp", "robot_mode"], 500);
  await client.start();
  cycles(10);
  expect(recipe.package.timestamp).toBe(42.02);
  expect(recipe.package.robot_mode).toBe(7);
});

it("gives each client the rate it asked for, with exact timestamps", async () => {
  const one = await bench();
  const heard = await Promise.all(
    [500, 125, 50, 300, 1].map(async (frequencyHz) => {
      const client = await rtdeClient(one);
      const recipe = await client.setupOutputs(["timestamp"], frequencyHz);
      const times: number[] = [];
      recipe.onPackage(({ timestamp }) => times.push(timestamp));
      await client.start();
      return { frequencyHz, times };
    }),
  );
  one.cycles(1000);
  for (const { frequencyHz, times } of heard) {
    const step = Math.floor(500 / frequencyHz); // in cycles: 300 Hz cannot be, and become 500, as the RTDE guide has it
    expect(times).toHaveLength(1000 / step);
    const first = Math.round(times[0]! * 500);
    times.forEach((timeS, i) => expect(timeS).toBe((first + i * step) / 500));
  }
});

it("has a value for every output of the guide, in one package", async () => {
  const one = await bench();
  const client = await rtdeClient(one);
  const names = Object.keys(outputFields) as OutputName[];
  expect(names.length).toBeGreaterThan(400);
  const recipe = await client.setupOutputs(names, 500);
  await client.start();
  one.cycles(2);
  const all = recipe.package as unknown as Record<string, unknown>;
  for (const name of names)
    for (const value of typeof all[name] === "object"
      ? Array.from(all[name] as ArrayLike<number>)
      : [all[name]])
      expect(Number(value), name).toSatisfy(Number.isFinite);
  expect(recipe.package).toMatchObject({ timestamp: 42.004, robot_mode: 7, control_step: 21_002n });
});

it("says which outputs it has not, and which inputs", async () => {
  const client = await rtdeClient(await bench());
  const names = ["timestamp", "constructor", "sim_string_force"] as unknown as ["timestamp"];
  await expect(client.setupOutputs(names, 500)).rejects.toMatchObject({
    code: "NOT_FOUND",
    fields: ["constructor"],
  });
  await expect(
    client.setupInputs(["input_int_register_48" as "input_int_register_47"]),
  ).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(client.start()).rejects.toMatchObject({ code: "REFUSED" }); // no outputs were agreed on
});

it("tells what hair does on strings in fields of its own", async () => {
  const one = await bench();
  const client = await rtdeClient(one);
  const recipe = await client.setupOutputs(["timestamp"], 500, {
    extraOutputs: { sim_string_force: "VECTOR6D" },
  });
  expect(recipe.missing).toEqual([]);
  const withForce = await client.setupOutputs(["timestamp", "sim_string_force"], 500, {
    extraOutputs: { sim_string_force: "VECTOR6D" },
  });
  await client.start();
  one.cycles(1);
  expect([...withForce.package.sim_string_force]).toEqual([0, 0, 0, 0, 0, 0]); // parked, clear of the strings
});

it("gives an input to one client at a time, and frees it when that one goes", async () => {
  const one = await bench();
  const [first, second] = [await rtdeClient(one), await rtdeClient(one)];
  const inputs = await first.setupInputs(["input_int_register_24", "input_double_register_24"]);
  await first.setupInputs(["input_int_register_24"]); // the same client may own it twice
  await expect(second.setupInputs(["input_int_register_25", "input_int_register_24"])).rejects.toMatchObject({
    code: "IN_USE",
    fields: ["input_int_register_24"],
  });
  await first.setupInputs(["input_int_register_25"]); // a refused recipe owns nothing
  inputs.send({ input_int_register_24: 11, input_double_register_24: 0.5 });
  first.close();
  await second.setupInputs(["input_int_register_24"]);
  expect(one.robot.controller.registers.readInputInteger(24)).toBe(11); // the value stays
});

it("lets a script echo registers, a cycle after they were written", async () => {
  const one = await bench();
  const client = await rtdeClient(one);
  const inputs = await client.setupInputs([
    "input_int_register_47",
    "input_double_register_24",
    "input_bit_register_100",
    "input_bit_registers0_to_31",
  ]);
  const outputs = await client.setupOutputs(
    [
      "output_int_register_47",
      "output_double_register_24",
      "output_bit_register_101",
      "output_bit_registers0_to_31",
      "input_double_register_24",
      "runtime_state",
    ],
    500,
  );
  await client.start();
  one.robot.controller.runScript(
    "def echo():\n while True:\n  write_output_integer_register(47, -read_input_integer_register(47))\n  write_output_float_register(24, 2 * read_input_float_register(24))\n  write_output_boolean_register(101, read_input_boolean_register(100))\n  write_output_boolean_register(5, read_input_boolean_register(31))\n  sync()\n end\nend\n",
  );
  one.cycles(2);
  inputs.send({
    input_int_register_47: 2147483647,
    input_double_register_24: 0.1,
    input_bit_register_100: true,
    input_bit_registers0_to_31: 0x8000_0000,
  });
  expect(outputs.package.output_double_register_24).toBe(0);
  one.cycles(1);
  expect(outputs.package).toMatchObject({
    output_int_register_47: -2147483647,
    output_double_register_24: 0.2,
    output_bit_register_101: true,
    output_bit_registers0_to_31: 1 << 5,
    input_double_register_24: 0.1,
    runtime_state: 2,
  });
});

it("obeys the speed slider and digital outputs under their masks", async () => {
  const one = await bench();
  const client = await rtdeClient(one);
  const slider = await client.setupInputs(["speed_slider_mask", "speed_slider_fraction"]);
  const digital = await client.setupInputs(["standard_digital_output_mask", "standard_digital_output"]);
  const outputs = await client.setupOutputs(["target_speed_fraction", "actual_digital_output_bits"], 500);
  await client.start();
  slider.send({ speed_slider_mask: 0, speed_slider_fraction: 0.1 });
  one.cycles(200);
  expect(outputs.package.target_speed_fraction).toBe(1);
  slider.send({ speed_slider_mask: 1, speed_slider_fraction: 0.5 });
  one.cycles(200);
  expect(outputs.package.target_speed_fraction).toBe(0.5);
  digital.send({ standard_digital_output_mask: 0b0110, standard_digital_output: 0b0011 });
  digital.send({ standard_digital_output_mask: 0b1001, standard_digital_output: 0b1000 }); // both in one cycle
  one.cycles(1);
  expect(outputs.package.actual_digital_output_bits).toBe(0b1010n);
  one.robot.controller.runScript("set_standard_digital_out(3, False)\n");
  one.cycles(1);
  digital.send({ standard_digital_output_mask: 0b0001, standard_digital_output: 0b1001 });
  one.cycles(1);
  expect(outputs.package.actual_digital_output_bits).toBe(0b0011n);
});

it("puts out volts or milliamperes, as its mask and type say", async () => {
  const one = await bench();
  const client = await rtdeClient(one);
  const analog = await client.setupInputs([
    "standard_analog_output_mask",
    "standard_analog_output_type",
    "standard_analog_output_0",
    "standard_analog_output_1",
  ]);
  const outputs = await client.setupOutputs(
    ["standard_analog_output0", "standard_analog_output1", "analog_io_types"],
    500,
  );
  await client.start();
  analog.send({
    standard_analog_output_mask: 0b11,
    standard_analog_output_type: 0b01,
    standard_analog_output_0: 0.5,
    standard_analog_output_1: 0.25,
  });
  one.cycles(1);
  expect(outputs.package).toMatchObject({ standard_analog_output0: 5, analog_io_types: 0b0111 });
  expect(outputs.package.standard_analog_output1).toBeCloseTo(0.008, 12); // 4 mA and a quarter of 16 mA
  analog.send({
    standard_analog_output_mask: 0b10,
    standard_analog_output_type: 0b10,
    standard_analog_output_0: 1,
    standard_analog_output_1: 0.3,
  });
  one.cycles(1);
  expect(outputs.package).toMatchObject({
    standard_analog_output0: 5,
    standard_analog_output1: 3,
    analog_io_types: 0b1111,
  });
});

it("takes no package with a number that is none, and says so", async () => {
  const one = await bench();
  const stream = one.robot.connectRtde();
  const client = new RtdeClient(stream);
  await client.negotiate();
  const heard: TextPackage[] = [];
  client.onText((message) => heard.push(message));
  const inputs = await client.setupInputs(["input_double_register_24"]);
  inputs.send({ input_double_register_24: 3 });
  const bytes = Buffer.from("000c5501" + "7ff8000000000000", "hex");
  stream.write(bytes);
  one.cycles(1);
  expect(heard.map(({ message }) => message)).toEqual([
    "input_double_register_24 is not a finite number; the package was not taken",
  ]);
  expect(one.robot.controller.registers.readInputFloat(24)).toBe(3);
  expect(client.closed).toBe(false);
});

it("pauses and starts again", async () => {
  const one = await bench();
  const client = await rtdeClient(one);
  const recipe = await client.setupOutputs(["timestamp"], 500);
  let count = 0;
  recipe.onPackage(() => (count += 1));
  one.cycles(5);
  expect(count).toBe(0);
  await client.start();
  one.cycles(5);
  await client.pause();
  one.cycles(5);
  expect(count).toBe(5);
  await client.start();
  one.cycles(5);
  expect(count).toBe(10);
  const other = await client.setupOutputs(["robot_mode"], 500); // silent until it is started
  let others = 0;
  other.onPackage(() => (others += 1));
  one.cycles(5);
  expect([count, others]).toEqual([10, 0]);
});
