import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { shortMidi } from "../performance/short-piece.ts";
import { type Called, calledHere } from "./called-here.ts";

const CELLIST = resolve("src/cli/cellist.js");
const folder = mkdtempSync(join(tmpdir(), "cellist-cli-"));
const twinkle = readFileSync("data/pieces/twinkle.mid");
const twinkleText = readFileSync("data/pieces/twinkle.musicxml", "utf8");
const reference = readFileSync("data/calibration/reference.yaml", "utf8");
const few = shortMidi(2);
const home = process.cwd();
process.chdir(folder);
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** As a person calls it, in a process of its own. */
function cellist(...args: string[]): Called {
  const called = spawnSync(process.execPath, [CELLIST, ...args], { encoding: "utf8" });
  return { ...called, status: called.status ?? NaN };
}

/** One line, no stack, exit code 1. */
function expectRefusal(result: Called, says: RegExp): void {
  expect(result.stderr).toMatch(says);
  expect(result.stderr.trim().split("\n")).toHaveLength(1);
  expect(result.stderr).not.toMatch(/\n\s+at /);
  expect(result.status).toBe(1);
}

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

it("refuses a text that is called .mid, and writes nothing", () => {
  const before = readdirSync(folder).length;
  expectRefusal(cellist("perform", file("text.mid", "hello")), /text\.mid: not a MIDI file/);
  expect(readdirSync(folder)).toHaveLength(before + 1); // the text itself
});

it("refuses a truncated file with the byte it breaks at", async () => {
  expectRefusal(
    await calledHere("check", file("cut.mid", twinkle.subarray(0, 200))),
    /cut\.mid: the file is truncated: .*byte 14/,
  );
});

it("refuses MusicXML with part, measure and beat", async () => {
  const second = twinkleText.indexOf('<measure number="2">');
  const broken =
    twinkleText.slice(0, second) +
    twinkleText.slice(second).replace("<duration>480</duration>", "<duration>960</duration>");
  expectRefusal(
    await calledHere("plan", file("long.musicxml", broken)),
    /long\.musicxml: part "Cello", measure 2, beat 5: the measure holds 5 beats where 4\/4 has 4\./,
  );
});

it("refuses a calibration with frog and tip swapped, by the string's name", async () => {
  const [a, b] = [reference.indexOf("  G:\n    frog:"), reference.indexOf("  D:\n    frog:")];
  const swapped = reference
    .slice(a, b)
    .replace("frog:", "was:")
    .replace("tip:", "frog:")
    .replace("was:", "tip:");
  const name = file("swapped.yaml", reference.slice(0, a) + swapped + reference.slice(b));
  expectRefusal(
    await calledHere("check", "twinkle", "--calibration", `./${name}`),
    /frog and tip of the G string are swapped/,
  );
});

it("refuses a setting that nobody knows", async () => {
  expectRefusal(
    await calledHere("check", "twinkle", "--set", "trajectory.wings=2"),
    /trajectory: Unrecognized key: "wings"/,
  );
});

it("refuses a robot that is not there, naming address and port", async () => {
  const result = await calledHere("perform", "twinkle", "--robot", "127.0.0.1", "--port-offset", "27000");
  expectRefusal(result, /no robot answers at 127\.0\.0\.1:56999/);
  expect(readdirSync(folder)).not.toContain("out");
});

it("refuses a taken port, naming it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as { port: number };
  const child = cellist("sim", "--port-offset", String(port - 30004));
  server.close();
  expectRefusal(child, new RegExp(`port ${port}`));
});

it("stops and says so when the disk is full", () => {
  // /dev/full takes no byte: the bag's first write fails.
  const result = spawnSync("ln", ["-s", "/dev/full", join(folder, "performance.mcap")]);
  expect(result.status).toBe(0);
  const full = cellist("perform", file("few.mid", few), "--as-fast-as-possible", "--out", folder);
  expect(full.status).toBe(1);
  expect(full.stderr.trim().split("\n")).toHaveLength(1);
});

it("exits with 2 when it is used wrongly", async () => {
  expect((await calledHere("check")).status).toBe(2);
  expect((await calledHere("perform", "twinkle", "--tempo", "fast")).status).toBe(2);
  expect((await calledHere("plan", "twinkle", "--alternatives", "0")).status).toBe(2);
});

it("says where the commands for calibrations are that need no robot", async () => {
  const { stdout } = await calledHere("calibrate", "import", "--help");
  expect(stdout).toContain("(show, check, fit, import, compare, draw) is under cellist calibration");
});

it("answers a piece that is too fast with the limit and the tempo that works", async () => {
  const result = await calledHere("check", "bach-suite-1-prelude", "--tempo", "200%");
  expectRefusal(
    result,
    /joint needs .* in bar \d+ beat .*; its limit is .*; the fastest playable tempo found is \d+%/,
  );
});
