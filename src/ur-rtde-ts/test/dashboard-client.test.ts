import { expect, it } from "vitest";
import { type ByteStream } from "../src/connection/byte-stream.ts";
import { memoryByteStreamPair } from "../src/connection/memory-byte-stream.ts";
import { dashboardCommands } from "../src/dashboard/dashboard-commands.ts";
import { DashboardClient } from "../src/dashboard/dashboard-client.ts";
import { LineDecoder } from "../src/connection/line-decoder.ts";
import { fakeServer } from "./fake-server.ts";

const greeting = "Connected: Universal Robots Dashboard Server";

/** The other end: answers each command from a table, and writes down what it heard. */
function answering(stream: ByteStream, answers: Readonly<Record<string, string>>, heard: string[]): void {
  const say = (line: string) => stream.write(Buffer.from(`${line}\n`));
  const lines = new LineDecoder((line) => {
    heard.push(line);
    const answer = Object.hasOwn(answers, line) ? answers[line]! : `could not understand: '${line}'`;
    if (answer !== "") say(answer);
  });
  stream.onData((bytes) => lines.push(bytes));
  say(greeting);
}

function dashboard(answers: Readonly<Record<string, string>>, timeoutMs = 5000) {
  const [near, far] = memoryByteStreamPair();
  const heard: string[] = [];
  answering(far, answers, heard);
  return { client: new DashboardClient(near, { timeoutMs }), heard };
}

it("parses every answer the controller gives", async () => {
  const { client } = dashboard({
    robotmode: "Robotmode: RUNNING",
    safetystatus: "Safetystatus: AUTOMATIC_MODE_SAFEGUARD_STOP",
    safetymode: "Safetymode: NORMAL",
    programState: "PLAYING cello.urp",
    running: "Program running: false",
    "is in remote control": "true",
    "get serial number": "20235500123",
    "get robot model": "UR5",
    PolyscopeVersion: "URSoftware 5.25.1.130310 (Aug 15 2025)",
    version: "5.25.1.130310",
    "get loaded program": "No program loaded",
    isProgramSaved: "true cello.urp",
    "get operational mode": "AUTOMATIC",
    "load cello.urp": "Loading program: /programs/cello.urp, default.installation",
  });
  expect(await client.greeting).toBe(greeting);
  expect(await client.robotMode()).toBe("RUNNING");
  expect(await client.safetyStatus()).toBe("AUTOMATIC_MODE_SAFEGUARD_STOP");
  expect(await client.safetyMode()).toBe("NORMAL");
  expect(await client.programState()).toEqual({ state: "PLAYING", program: "cello.urp" });
  expect(await client.isRunning()).toBe(false);
  expect(await client.isInRemoteControl()).toBe(true);
  expect(await client.serialNumber()).toBe("20235500123");
  expect(await client.robotModel()).toBe("UR5");
  expect(await client.polyscopeVersion()).toBe("URSoftware 5.25.1.130310 (Aug 15 2025)");
  expect(await client.version()).toEqual({ major: 5, minor: 25, bugfix: 1, build: 130310 });
  expect(await client.loadedProgram()).toBeUndefined();
  expect(await client.isProgramSaved()).toEqual({ saved: true, program: "cello.urp" });
  expect(await client.operationalMode()).toBe("AUTOMATIC");
  expect(await client.load("cello.urp")).toBe("/programs/cello.urp, default.installation");
});

it("gives the commands that change something, and takes their answers", async () => {
  const answers = {
    play: "Starting program",
    pause: "Pausing program",
    stop: "Stopped",
    "power on": "Powering on",
    "brake release": "Brake releasing",
    "power off": "Powering off",
    "close safety popup": "closing safety popup",
    "unlock protective stop": "Protective stop releasing",
    "restart safety": "Restarting safety",
    "popup Tune the A string": "showing popup",
    "close popup": "closing popup",
    "addToLog concert begins": "Added log message",
    "set operational mode manual": "Operational mode MANUAL is set",
    quit: "Disconnected",
  };
  const { client, heard } = dashboard(answers);
  await client.play();
  await client.pause();
  await client.stop();
  await client.powerOn();
  await client.brakeRelease();
  await client.powerOff();
  await client.closeSafetyPopup();
  await client.unlockProtectiveStop();
  await client.restartSafety();
  await client.popup("Tune the A string");
  await client.closePopup();
  await client.addToLog("concert begins");
  await client.setOperationalMode("manual");
  await client.quit();
  expect(heard).toEqual(Object.keys(answers));
  expect(client.closed).toBe(true);
});

it("has a method for every command, which says that command", async () => {
  const [near, far] = memoryByteStreamPair();
  const heard: string[] = [];
  const lines = new LineDecoder((line) => {
    heard.push(line);
    far.write(Buffer.from("no\n")); // what is answered does not matter here
  });
  far.onData((bytes) => lines.push(bytes));
  far.write(Buffer.from(`${greeting}\n`));
  const client = new DashboardClient(near);
  for (const [command, { method }] of Object.entries(dashboardCommands)) {
    const methods = client as unknown as Record<string, (argument?: string) => Promise<unknown>>;
    await methods[method]!().catch(() => undefined);
    expect(heard.at(-1)!.startsWith(command), `${method}: ${heard.at(-1)}`).toBe(true);
  }
  expect(new Set(heard).size).toBe(Object.keys(dashboardCommands).length);
});

it("gives up on a command when the signal fires, and does not take its late answer for the next one's", async () => {
  const [near, far] = memoryByteStreamPair();
  far.onData(() => undefined);
  far.write(Buffer.from(`${greeting}\n`));
  const client = new DashboardClient(near);
  const abort = new AbortController();
  const slow = client.saveLog({ signal: abort.signal });
  const queued = client.play({ signal: abort.signal });
  const next = client.isRunning();
  abort.abort();
  await expect(slow).rejects.toMatchObject({ code: "ABORTED" });
  await expect(queued).rejects.toMatchObject({ code: "ABORTED" }); // and it was never sent
  far.write(Buffer.from("Log saved to disk\n"));
  far.write(Buffer.from("Program running: true\n"));
  expect(await next).toBe(true);
  client.close();
});

it("turns refusals into errors with the command and the controller's words", async () => {
  const early =
    "Cannot unlock protective stop until 5s after occurrence. Always inspect cause of protective stop";
  const local =
    "Command is not allowed due to safety reasons, please switch robot to Remote Control mode and reconnect to port 29999";
  const { client } = dashboard({
    play: "Failed to execute: play",
    "load nothing.urp": "File not found: nothing.urp",
    "unlock protective stop": early,
    "power on": local,
  });
  const refused = { name: "DashboardError", code: "REFUSED" };
  await expect(client.play()).rejects.toMatchObject({
    ...refused,
    command: "play",
    answer: "Failed to execute: play",
  });
  await expect(client.load("nothing.urp")).rejects.toMatchObject({ ...refused, command: "load nothing.urp" });
  await expect(client.unlockProtectiveStop()).rejects.toMatchObject({ ...refused, answer: early });
  await expect(client.powerOn()).rejects.toMatchObject({ code: "NOT_REMOTE" });
  await expect(client.saveLog()).rejects.toMatchObject({ code: "UNKNOWN_COMMAND", command: "saveLog" });
  await expect(client.popup("two\nlines")).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
});

it("asks one thing at a time, in order", async () => {
  const [near, far] = memoryByteStreamPair();
  const heard: string[] = [];
  const lines = new LineDecoder((line) => heard.push(line));
  far.onData((bytes) => lines.push(bytes));
  const client = new DashboardClient(near);
  const [first, second] = [client.ask("running"), client.ask("robotmode")];
  expect(heard).toEqual([]); // nothing before the greeting
  far.write(Buffer.from(`${greeting}\n`));
  expect(heard).toEqual(["running"]);
  const third = client.ask("version");
  expect(heard).toEqual(["running"]);
  far.write(Buffer.from("one\ntw"));
  expect(heard).toEqual(["running", "robotmode"]);
  far.write(Buffer.from("o\r\n"));
  far.write(Buffer.from("three\n"));
  expect([await first, await second, await third]).toEqual(["one", "two", "three"]);
  expect(heard).toEqual(["running", "robotmode", "version"]);
});

it("says which command was not answered, and ends: a late answer would pass for the next one's", async () => {
  const { client } = dashboard({ running: "" }, 20);
  await expect(client.isRunning()).rejects.toMatchObject({
    code: "TIMEOUT",
    message: 'The dashboard server gave no answer to "running" within 20 ms; the connection was closed.',
  });
  expect(client.closed).toBe(true);
  await expect(client.play()).rejects.toMatchObject({ code: "TIMEOUT" });
});

it("talks over a real socket, and notices what is no dashboard server", async () => {
  const heard: string[] = [];
  const dashboardServer = await fakeServer((stream) =>
    answering(stream, { running: "Program running: true" }, heard),
  );
  const client = await DashboardClient.connect({ host: "127.0.0.1", port: dashboardServer.port });
  expect(await client.isRunning()).toBe(true);
  client.close();
  const ssh = await fakeServer((stream) => stream.write(Buffer.from("SSH-2.0-OpenSSH_9.6\n")));
  await expect(DashboardClient.connect({ host: "127.0.0.1", port: ssh.port })).rejects.toMatchObject({
    code: "NOT_A_DASHBOARD",
    message: 'This is not a dashboard server; it greets with "SSH-2.0-OpenSSH_9.6".',
  });
});

it("waits for a robot mode, and says in which one the robot stayed", async () => {
  const { client } = dashboard({ robotmode: "Robotmode: IDLE" });
  await client.waitForRobotMode("IDLE");
  await expect(client.waitForRobotMode("RUNNING", { timeoutMs: 50 })).rejects.toMatchObject({
    code: "TIMEOUT",
    answer: "IDLE",
  });
});
