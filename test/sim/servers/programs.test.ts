import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it, onTestFinished } from "vitest";
import { DashboardClient } from "ur-rtde-ts";
import type { SimulatedRobotOptions } from "../../../src/sim/simulated-robot.ts";
import { type Bench, bench } from "../controller/robot-in-memory.ts";

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "cellist-programs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

async function dashboard(
  options: Partial<SimulatedRobotOptions>,
): Promise<[Bench, (said: string) => Promise<string>]> {
  const one = await bench(options);
  const client = new DashboardClient(one.robot.connectDashboard());
  await client.greeting;
  return [one, (said) => client.ask(said)];
}

const SCRIPT = "def song():\n  sleep(0.1)\n  set_standard_digital_out(3, True)\nend\n";
const PLAIN_TREE = gzipSync("<URProgram><MainProgram/></URProgram>");

it("loads and plays programs of its folder", async () => {
  const folder = folderWith({ "song.urp": PLAIN_TREE, "song.script": SCRIPT, "other.script": SCRIPT });
  const [one, ask] = await dashboard({ programFolder: folder });
  expect(await ask("play")).toBe("Failed to execute: play");
  expect(await ask("get loaded program")).toBe("No program loaded");
  expect(await ask("programState")).toBe("STOPPED");
  expect(await ask("load song.urp")).toBe("Loading program: /programs/song.urp, default.installation");
  expect(await ask("get loaded program")).toBe("Loaded program: /programs/song.urp");
  expect(await ask("programState")).toBe("STOPPED song.urp");
  expect(await ask("isProgramSaved")).toBe("true song.urp");
  expect(await ask("play")).toBe("Starting program");
  one.cycles(1);
  expect(await ask("programState")).toBe("PLAYING song.urp");
  expect(await ask("play")).toBe("Failed to execute: play");
  one.cycles(60);
  expect(await ask("programState")).toBe("STOPPED song.urp");
  expect(one.robot.controller.io.isSet(3)).toBe(true);
  expect(await ask("load /programs/other.script")).toContain("/programs/other.script");
  expect(await ask("power off")).toBe("Powering off");
  expect(await ask("play")).toBe("Failed to execute: play");
});

it("lets a played program go on with `play` after a protective stop is unlocked", async () => {
  const script = "def song():\n  while True:\n    sleep(0.1)\n  end\nend\n";
  const [one, ask] = await dashboard({ programFolder: folderWith({ "song.script": script }) });
  await ask("load song.script");
  await ask("play");
  one.cycles(10);
  one.robot.controller.stopProtectively({ code: 157, argument: 0, text: "a test" });
  one.cycles(10);
  expect(await ask("programState")).toBe("PAUSED song.script");
  expect(await ask("play")).toBe("Failed to execute: play");
  one.cycles(2500);
  expect(await ask("unlock protective stop")).toBe("Protective stop releasing");
  one.cycles(10);
  expect(await ask("programState")).toBe("PAUSED song.script");
  expect(await ask("play")).toBe("Starting program");
  one.cycles(200);
  expect(await ask("programState")).toBe("PLAYING song.script");
});

it("says what it cannot load, and never leaves its folder", async () => {
  const folder = folderWith({ "tree.urp": PLAIN_TREE, "notes.txt": "hello" });
  const [, ask] = await dashboard({ programFolder: join(folder, ".") });
  expect(await ask("load none.urp")).toBe("File not found: none.urp");
  expect(await ask("load tree.urp")).toBe("Error while loading program: tree.urp"); // a tree without its script
  expect(await ask("load notes.txt")).toBe("Error while loading program: notes.txt");
  expect(await ask("load ../../../../../etc/passwd")).toBe("File not found: ../../../../../etc/passwd");
  expect(await ask("load .")).toBe("File not found: .");
  expect(await ask("get loaded program")).toBe("No program loaded");
  expect(await ask("load installation default.installation")).toBe(
    "Loading installation: default.installation",
  );
  expect(await ask("load installation none.installation")).toBe("File not found: none.installation");
});

it("asks the host for the program of External Control when it is played", async () => {
  const asked: string[] = [];
  const host = createServer((socket) =>
    socket.on("data", (said) => {
      asked.push(said.toString());
      socket.write(SCRIPT.slice(0, 20)); // comes in pieces, and the connection stays open
      setTimeout(() => socket.write(SCRIPT.slice(20)), 20);
    }),
  ).listen(0, "127.0.0.1");
  await once(host, "listening");
  onTestFinished(() => void host.close());
  const { port } = host.address() as AddressInfo;
  const urcap = "<URProgram><Contributed strategyClass='com.fmauch.externalcontrol.Node'/></URProgram>";
  const folder = folderWith({ "mine.urp": gzipSync(urcap) });
  const [one, ask] = await dashboard({ programFolder: folder, externalControl: { host: "127.0.0.1", port } });
  for (const name of ["mine.urp", "external_control.urp"]) {
    expect(await ask(`load ${name}`)).toContain(name);
    expect(await ask("play")).toBe("Starting program");
    one.cycles(1);
    expect(await ask("programState")).toBe(`PLAYING ${name}`);
    expect(one.robot.controller.runner.programName).toBe("song");
    one.cycles(100);
  }
  expect(asked).toEqual(["request_program\n", "request_program\n"]);
  host.close();
  await once(host, "close");
  expect(await ask("play")).toBe("Failed to execute: play"); // nobody answers
});

it("refuses commands in local control until the client connects again", async () => {
  const [one, ask] = await dashboard({ localControl: true });
  const refusal =
    "Command is not allowed due to safety reasons, please switch robot to Remote Control mode and reconnect to port 29999";
  expect(await ask("is in remote control")).toBe("false");
  for (const command of ["power off", "brake release", "load song.urp", "play", "shutdown", "restart safety"])
    expect(await ask(command), command).toBe(refusal);
  expect(await ask("robotmode")).toBe("Robotmode: RUNNING");
  expect(await ask("safetystatus")).toBe("Safetystatus: NORMAL");
  one.robot.pendant.remoteControl = true;
  expect(await ask("is in remote control")).toBe("true");
  expect(await ask("power off")).toBe(refusal);
  const again = new DashboardClient(one.robot.connectDashboard());
  await again.greeting;
  expect(await again.ask("power off")).toBe("Powering off");
});

it("tells its owner when a client shuts it down", async () => {
  let down = 0;
  const [one, ask] = await dashboard({ onShutdown: () => (down += 1) });
  expect(await ask("shutdown")).toBe("Shutting down");
  expect(down).toBe(1);
  expect(one.robot.controller.power.mode).toBe("POWER_OFF");
});
