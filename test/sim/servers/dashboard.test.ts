import { expect, it } from "vitest";
import { DashboardClient } from "ur-rtde-ts";
import { bench, type Bench } from "../controller/robot-in-memory.ts";

async function dashboard({ robot }: Bench): Promise<DashboardClient> {
  const client = new DashboardClient(robot.connectDashboard());
  await client.greeting;
  return client;
}

it("powers the arm on and releases its brakes", async () => {
  const one = await bench({ poweredOn: false });
  const client = await dashboard(one);
  expect(await client.greeting).toBe("Connected: Universal Robots Dashboard Server");
  expect(await client.robotMode()).toBe("POWER_OFF");
  await client.powerOn();
  one.cycles(400);
  expect(await client.robotMode()).toBe("IDLE");
  await client.brakeRelease();
  one.cycles(200);
  expect(await client.robotMode()).toBe("RUNNING");
  await client.powerOff();
  expect(await client.robotMode()).toBe("POWER_OFF");
});

it("stops, pauses and goes on with the running program", async () => {
  const one = await bench();
  const client = await dashboard(one);
  await expect(client.pause()).rejects.toThrow();
  await expect(client.play()).rejects.toThrow();
  one.robot.controller.runScript("def song():\n sleep(100)\nend\n");
  one.cycles(2);
  expect(await client.isRunning()).toBe(true);
  expect(await client.programState()).toEqual({ state: "PLAYING", program: "song" });
  await client.pause();
  one.cycles(200);
  expect(await client.programState()).toEqual({ state: "PAUSED", program: "song" });
  await client.play();
  one.cycles(200);
  expect((await client.programState()).state).toBe("PLAYING");
  await client.stop();
  expect(await client.isRunning()).toBe(false);
  expect(await client.ask("stop")).toBe("Stopped"); // PolyScope has not heard of the end yet
  one.cycles(251);
  expect(await client.ask("stop")).toBe("Failed to execute: stop");
});

it("unlocks a protective stop in the controller's own words", async () => {
  const one = await bench();
  const client = await dashboard(one);
  one.robot.controller.runScript("protective_stop()\n");
  one.cycles(2);
  expect(await client.safetyStatus()).toBe("PROTECTIVE_STOP");
  await client.closeSafetyPopup();
  expect(await client.ask("unlock protective stop")).toBe(
    "Cannot unlock protective stop until 5s after occurrence. Always inspect cause of protective stop before unlocking",
  );
  one.cycles(2501);
  await client.unlockProtectiveStop();
  expect(await client.safetyMode()).toBe("NORMAL");
});

it("answers the rest as a controller does", async () => {
  const client = await dashboard(await bench());
  expect(await client.polyscopeVersion()).toBe("URSoftware 5.25.1.130310 (Aug 15 2025)");
  expect(await client.version()).toEqual({ major: 5, minor: 25, bugfix: 1, build: 130310 });
  expect(await client.isInRemoteControl()).toBe(true);
  expect(await client.serialNumber()).toMatch(/^20\d+$/);
  expect(await client.robotModel()).toBe("UR5");
  expect(await client.ask("load nothing.urp")).toBe("File not found: nothing.urp");
  expect(await client.loadedProgram()).toBeUndefined();
  await client.setOperationalMode("automatic");
  expect(await client.operationalMode()).toBe("AUTOMATIC");
  await client.clearOperationalMode();
  expect(await client.operationalMode()).toBe("NONE");
  await client.popup("hello");
  await client.closePopup();
  await client.addToLog("note");
  expect(await client.ask("make tea")).toBe("could not understand: 'make tea'");
  await client.quit();
  expect(client.closed).toBe(true);
});

it("powers nothing on during an emergency stop, and everything when the arm is only reduced", async () => {
  const one = await bench();
  const client = await dashboard(one);
  const { modes } = one.robot.controller;
  one.robot.controller.emergencyStop();
  one.cycles(2);
  expect(await client.safetyStatus()).toBe("ROBOT_EMERGENCY_STOP");
  expect(await client.robotMode()).toBe("POWER_OFF");
  expect(await client.ask("power on")).toBe("Failed to execute: power on");
  expect(await client.ask("brake release")).toBe("Failed to execute: brake release");
  expect(await client.ask("play")).toBe("Failed to execute: play");
  modes.set("robot-emergency-stop", false);
  modes.set("reduced-mode", true);
  one.cycles(1);
  expect(await client.safetyStatus()).toBe("REDUCED");
  expect(await client.ask("brake release")).toBe("Brake releasing");
  one.cycles(600);
  expect(await client.robotMode()).toBe("RUNNING");
  expect(await client.ask("restart safety")).toBe("Restarting safety");
  expect(await client.robotMode()).toBe("POWER_OFF");
});
