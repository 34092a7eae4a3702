import { createServer } from "node:net";
import { once } from "node:events";
import { expect, it, onTestFinished, vi } from "vitest";
import { DashboardClient, RtdeClient, PrimaryClient, sendScript } from "ur-rtde-ts";
import { startSimulatedRobot } from "../../../src/sim/simulated-robot.ts";
import { ANY_PORTS } from "../../../src/sim/servers/tcp-front.ts";
import { celloInFront } from "../plant/cello-in-front.ts";

const host = "127.0.0.1";

it("is switched on, runs a program and tells of it, through real sockets in real time", async () => {
  const robot = await startSimulatedRobot({
    instrument: celloInFront(),
    ports: ANY_PORTS,
    realTime: true,
    seed: 1,
  });
  onTestFinished(() => robot.close());
  const { rtde, dashboard, primary, secondary, realtime } = robot.ports!;
  expect(new Set([rtde, dashboard, primary, secondary, realtime, 0]).size).toBe(6);

  const panel = await DashboardClient.connect({ host, port: dashboard });
  await panel.powerOn();
  await panel.brakeRelease();
  await panel.waitForRobotMode("RUNNING", { timeoutMs: 20_000 });

  const fast = await RtdeClient.connect({ host, port: rtde });
  const slow = await RtdeClient.connect({ host, port: rtde });
  await fast.negotiate();
  await slow.negotiate();
  const inputs = await fast.setupInputs(["input_int_register_24"]);
  await expect(slow.setupInputs(["input_int_register_24"])).rejects.toMatchObject({ code: "IN_USE" });
  const every = await fast.setupOutputs(["timestamp", "actual_q", "output_int_register_24"], 500);
  const fourth = await slow.setupOutputs(["timestamp"], 125);
  const [times, slowTimes]: [number[], number[]] = [[], []];
  every.onPackage(({ timestamp }) => times.push(timestamp));
  fourth.onPackage(({ timestamp }) => slowTimes.push(timestamp));
  await Promise.all([fast.start(), slow.start()]);

  const scripts = await PrimaryClient.connect({ host, port: primary });
  const start_rad = robot.controller.plant.q_rad[0]!;
  inputs.send({ input_int_register_24: 5 });
  await scripts.run(
    "def go():\n  q = get_actual_joint_positions()\n  q[0] = q[0] + 0.1\n  movej(q, a=4)\n  write_output_integer_register(24, 2 * read_input_integer_register(24))\nend\n",
    { waitFor: "end" },
  );
  await vi.waitFor(() => expect(every.package.output_int_register_24).toBe(10), { timeout: 20_000 });
  expect(every.package.actual_q[0]! - start_rad).toBeCloseTo(0.1, 3);
  times.forEach((timeS, i) => expect(timeS).toBe(Math.round(times[0]! * 500 + i) / 500));
  slowTimes.forEach((timeS, i) => expect(timeS).toBe(Math.round(slowTimes[0]! * 500 + 4 * i) / 500));
  await vi.waitFor(() => expect(slowTimes.length).toBeGreaterThan(10), { timeout: 20_000 });
  await expect(scripts.run("def bad():\n  foo()\nend\n")).rejects.toMatchObject({ line: 2 });

  for (const port of [secondary, realtime]) {
    await sendScript(host, port, `write_output_integer_register(30, ${port})\n`);
    for (let n = 0; n < 100 && robot.controller.registers.readOutputInteger(30) !== port; n++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(robot.controller.registers.readOutputInteger(30)).toBe(port);
  }
  await robot.close();
  expect(fast.closed || (await new Promise((resolve) => fast.onClosed(() => resolve(true))))).toBe(true);
});

it("keeps real time without drift", async () => {
  const robot = await startSimulatedRobot({ instrument: celloInFront(), realTime: true, seed: 1 });
  onTestFinished(() => robot.close());
  const startMs = performance.now();
  const owed = () => (performance.now() - startMs) / 2 - robot.pace!.cycles;
  await new Promise((resolve) => setTimeout(resolve, 600));
  await vi.waitFor(() => expect(Math.abs(owed())).toBeLessThan(20), { timeout: 20_000, interval: 3 }); // a busy machine may owe some for a while; none are lost for good
  expect(robot.pace!.cycles).toBeGreaterThan(280);
  expect(robot.pace!.cycles).toBe(robot.controller.cycle - 21_000);
});

it("says which port is taken", async () => {
  const other = createServer();
  other.listen(0, host);
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const wanted = {
    instrument: celloInFront(),
    ports: { ...ANY_PORTS, primary: port },
    realTime: false,
    seed: 1,
  };
  await expect(startSimulatedRobot(wanted)).rejects.toMatchObject({
    code: "port-taken",
    message: `port ${port} of 127.0.0.1 is taken; stop the other program or choose --port-offset`,
  });
});

it("cuts off a client that does not read, and no other", async () => {
  const robot = await startSimulatedRobot({
    instrument: celloInFront(),
    ports: ANY_PORTS,
    realTime: false,
    seed: 1,
  });
  onTestFinished(() => robot.close());
  const deaf = await RtdeClient.connect({ host, port: robot.ports!.rtde });
  await deaf.negotiate();
  await deaf.setupOutputs(
    Array.from({ length: 48 }, (_, i) => `output_double_register_${i as 0}` as const),
    500,
  );
  await deaf.start();
  // The test steps the robot without ever letting this process read: the kernel's buffers fill, then ours.
  for (let i = 0; i < 40_000; i++) robot.stepCycle();
  const lost = new Promise((resolve) => deaf.onClosed(resolve));
  expect(await lost).toBeInstanceOf(Error);
});
