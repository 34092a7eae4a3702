import { expect, it } from "vitest";
import { LineDecoder } from "../src/connection/line-decoder.ts";
import { memoryByteStreamPair } from "../src/connection/memory-byte-stream.ts";
import { conditionOfNumbers, robotCondition } from "../src/robot/robot-condition.ts";
import { type RobotMode, robotModes, type SafetyStatus, safetyStatuses } from "../src/robot/robot-modes.ts";
import { recover, type RecoverOptions } from "../src/robot/recover.ts";
import { type RobotStreams } from "../src/robot/robot-streams.ts";

/** A dashboard in front of a robot that changes as it is told to. */
function robotIn(mode: RobotMode, status: SafetyStatus, { remote = true, early = 0 } = {}) {
  const robot = { mode, status, early };
  const heard: string[] = [];
  const become = (next: Partial<typeof robot>, answer: string) => {
    Object.assign(robot, next);
    return answer;
  };
  const answers: Record<string, () => string> = {
    robotmode: () => `Robotmode: ${robot.mode}`,
    safetystatus: () => `Safetystatus: ${robot.status}`,
    "is in remote control": () => String(remote),
    "power on": () => become({ mode: "IDLE" }, "Powering on"),
    "brake release": () => become({ mode: "RUNNING" }, "Brake releasing"),
    "close safety popup": () => "closing safety popup",
    "restart safety": () => become({ mode: "POWER_OFF", status: "NORMAL" }, "Restarting safety"),
    "unlock protective stop": () => {
      robot.early -= 1;
      if (robot.early >= 0)
        return "Cannot unlock protective stop until 5s after occurrence. Always inspect cause";
      return become({ status: "NORMAL" }, "Protective stop releasing");
    },
  };
  const dashboard = () => {
    const [near, far] = memoryByteStreamPair();
    const lines = new LineDecoder((line) => {
      if (!/^(robotmode|safetystatus|is in)/.test(line)) heard.push(line);
      far.write(Buffer.from(`${answers[line]!()}\n`));
    });
    far.onData((bytes) => lines.push(bytes));
    far.write(Buffer.from("Connected: Universal Robots Dashboard Server\n"));
    return Promise.resolve(near);
  };
  return { robot, heard, streams: { name: "it", dashboard } as unknown as RobotStreams };
}

const recovered = async (from: ReturnType<typeof robotIn>, options?: RecoverOptions) => ({
  steps: await recover(from.streams, options),
  heard: from.heard,
});

it("does nothing to a robot that is ready", async () => {
  expect(await recovered(robotIn("RUNNING", "REDUCED"))).toEqual({ steps: [], heard: [] });
});

it("powers up a robot in the morning", async () => {
  const { steps, heard } = await recovered(robotIn("POWER_OFF", "NORMAL"));
  expect(steps).toEqual(["power-on", "release-brakes"]);
  expect(heard).toEqual(["power on", "brake release"]);
});

it("unlocks a protective stop once somebody has looked, and waits while it is too early", async () => {
  const stopped = robotIn("RUNNING", "PROTECTIVE_STOP", { early: 2 });
  await expect(recovered(stopped)).rejects.toMatchObject({
    code: "NEEDS_INSPECTION",
    condition: { name: "protective-stop" },
    message: expect.stringContaining("`inspected: true`") as string,
  });
  expect(stopped.heard).toEqual([]);
  const { steps, heard } = await recovered(stopped, { inspected: true });
  expect(steps).toEqual(["unlock-protective-stop"]);
  expect(heard.filter((line) => line === "unlock protective stop")).toHaveLength(3);
});

it("restarts the safety system after a fault, and powers up again", async () => {
  const { steps } = await recovered(robotIn("RUNNING", "FAULT"), { inspected: true });
  expect(steps).toEqual(["restart-safety", "power-on", "release-brakes"]);
});

it("refuses what only a person can do, and says it", async () => {
  await expect(recovered(robotIn("POWER_OFF", "ROBOT_EMERGENCY_STOP"))).rejects.toMatchObject({
    code: "NEEDS_PERSON",
    message:
      "The emergency stop of the robot is pressed. First release the emergency stop of the robot, once it is safe.",
  });
  await expect(recovered(robotIn("IDLE", "NORMAL", { remote: false }))).rejects.toMatchObject({
    code: "NEEDS_PERSON",
    condition: { name: "braked" },
  });
  await expect(recovered(robotIn("RUNNING", "NORMAL", { remote: false }))).rejects.toMatchObject({
    condition: { name: "local-control" },
  });
});

it("gives up when nothing changes, and when the signal fires", async () => {
  const booting = robotIn("BOOTING", "NORMAL");
  await expect(recovered(booting, { timeoutMs: 50 })).rejects.toMatchObject({ code: "TIMEOUT" });
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 20);
  await expect(recovered(booting, { signal: abort.signal })).rejects.toMatchObject({ code: "ABORTED" });
});

it("has a meaning and a next step for every mode and every safety status that there is", () => {
  for (const robotMode of Object.keys(robotModes) as RobotMode[])
    for (const safetyStatus of Object.keys(safetyStatuses) as SafetyStatus[]) {
      const condition = robotCondition({ robotMode, safetyStatus });
      const where = `${robotMode} ${safetyStatus}`;
      expect(condition.canMove, where).toBe(condition.steps.length === 0);
      expect(condition.text.length, where).toBeGreaterThan(10);
      if (safetyStatus !== "UNDEFINED") expect(condition.name, where).not.toBe("unknown");
    }
  expect(conditionOfNumbers(7, 1)).toMatchObject({ name: "ready", canMove: true });
  expect(conditionOfNumbers(7, 3)).toMatchObject({ name: "protective-stop", canMove: false });
  expect(conditionOfNumbers(42, 1)).toMatchObject({ name: "unknown", canMove: false });
});
