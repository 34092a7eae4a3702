import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";

const CELLIST = resolve("src/cli/cellist.js");
const folder = mkdtempSync(join(tmpdir(), "cellist-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

function cellist(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CELLIST, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** One line, no stack, exit code 1. */
function expectRefusal(result: ReturnType<typeof cellist>, says: RegExp): void {
  expect(result.stderr).toMatch(says);
  expect(result.stderr.trim().split("\n")).toHaveLength(1);
  expect(result.stderr).not.toMatch(/\n\s+at /);
  expect(result.status).toBe(1);
}

const twinkle = readFileSync("data/pieces/twinkle.mid");
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

it("refuses a text that is called .mid, and writes nothing", () => {
  const before = readdirSync(folder).length;
  expectRefusal(cellist("perform", file("text.mid", "hello")), /text\.mid: not a MIDI file/);
  expect(readdirSync(folder)).toHaveLength(before + 1); // the text itself
});

it("refuses a truncated file with the byte it breaks at", () => {
  expectRefusal(
    cellist("check", file("cut.mid", twinkle.subarray(0, 200))),
    /cut\.mid: the file is truncated: .*byte 14/,
  );
});

it("refuses MusicXML with part, measure and beat", () => {
  const text = readFileSync("data/pieces/twinkle.musicxml", "utf8");
  const second = text.indexOf('<measure number="2">');
  const broken =
    text.slice(0, second) +
    text.slice(second).replace("<duration>480</duration>", "<duration>960</duration>");
  expectRefusal(
    cellist("plan", file("long.musicxml", broken)),
    /long\.musicxml: part "Cello", measure 2, beat 5: the measure holds 5 beats where 4\/4 has 4\./,
  );
});

it("refuses a calibration with frog and tip swapped, by the string's name", () => {
  const text = readFileSync("data/calibration/reference.yaml", "utf8");
  const [a, b] = [text.indexOf("  G:\n    frog:"), text.indexOf("  D:\n    frog:")];
  const swapped = text.slice(a, b).replace("frog:", "was:").replace("tip:", "frog:").replace("was:", "tip:");
  const name = file("swapped.yaml", text.slice(0, a) + swapped + text.slice(b));
  expectRefusal(
    cellist("check", "twinkle", "--calibration", `./${name}`),
    /frog and tip of the G string are swapped/,
  );
});

it("refuses a setting that nobody knows", () => {
  expectRefusal(
    cellist("check", "twinkle", "--set", "trajectory.wings=2"),
    /trajectory: Unrecognized key: "wings"/,
  );
});

it("refuses a robot that is not there, naming address and port", () => {
  const result = cellist("perform", "twinkle", "--robot", "127.0.0.1", "--port-offset", "27000");
  expectRefusal(result, /no robot answers at 127\.0\.0\.1:56999/);
  expect(readdirSync(folder)).not.toContain("out");
});

it("refuses a taken port, naming it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as { port: number };
  const child = spawnSync(process.execPath, [CELLIST, "sim", "--port-offset", String(port - 30004)], {
    cwd: folder,
    encoding: "utf8",
  });
  server.close();
  expectRefusal(child, new RegExp(`port ${port}`));
});

it("stops and says so when the disk is full", () => {
  // /dev/full takes no byte: the bag's first write fails.
  const result = spawnSync("ln", ["-s", "/dev/full", join(folder, "performance.mcap")]);
  expect(result.status).toBe(0);
  const full = cellist("perform", "twinkle", "--as-fast-as-possible", "--out", folder);
  expect(full.status).toBe(1);
  expect(full.stderr.trim().split("\n")).toHaveLength(1);
});

it("exits with 2 when it is used wrongly", () => {
  expect(cellist("check").status).toBe(2);
  expect(cellist("perform", "twinkle", "--tempo", "fast").status).toBe(2);
});

it("answers a piece that is too fast with the limit and the tempo that works", () => {
  const result = cellist("check", "paganini-24-theme", "--tempo", "140%");
  expectRefusal(
    result,
    /joint needs .* in bar \d+ beat .*; its limit is .*; the fastest playable tempo is \d+%/,
  );
});
