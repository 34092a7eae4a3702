import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { FakeController } from "./fake-controller.ts";
import { fakeServer } from "./fake-server.ts";

const root = new URL("..", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");

it("shows examples as they run", () => {
  const flush = (code: string) => code.replace(/^ +/gm, ""); // what stands in a block there is set flush here
  const examples = readdirSync(new URL("examples", root)).map((name) =>
    flush(readFileSync(new URL(`examples/${name}`, root), "utf8")),
  );
  const shown = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, block]) => flush(block!));
  expect(shown.length).toBeGreaterThan(7);
  for (const block of shown)
    expect(
      examples.some((example) => example.includes(block)),
      block,
    ).toBe(true);
});

it("names nothing that is not there", () => {
  const sources = readdirSync(new URL("src", root), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(new URL(`src/${name}`, root), "utf8"));
  const words = new Set(sources.join("\n").match(/\w+/g));
  const named = [...readme.replace(/```.*?```/gs, "").matchAll(/`([^`]+)`/g)].flatMap(([, code]) =>
    code!.match(/\b[A-Za-z]+[A-Z]\w+\b/g),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((name) => name !== null && !words.has(name))).toEqual([]);
});

it("tells of every error code there is", () => {
  for (const [file, type] of [
    ["connection/errors.ts", "ConnectionErrorCode"],
    ["connection/errors.ts", "RtdeErrorCode"],
    ["dashboard/dashboard-error.ts", "DashboardErrorCode"],
    ["primary/script-error.ts", "ScriptErrorCode"],
    ["control/control-error.ts", "ControlErrorCode"],
    ["trajectory/trajectory-error.ts", "TrajectoryErrorCode"],
    ["robot/recover.ts", "RecoveryErrorCode"],
    ["calibration/calibration-error.ts", "CalibrationErrorCode"],
  ] as const) {
    const source = readFileSync(new URL(`src/${file}`, root), "utf8");
    const union = source.split(`type ${type} =`)[1]!.split("\n\n")[0]!;
    const codes = [...union.matchAll(/^\s*\| "([A-Z_]+)"/gm)].map(([, code]) => code!);
    expect(codes.length, type).toBeGreaterThan(2);
    for (const code of codes) expect(readme, `${type} ${code}`).toContain(`\`${code}\``);
  }
});

it("runs its first example with node, against a controller made of bytes", async () => {
  const { port } = await fakeServer((stream) => {
    const controller = new FakeController(stream);
    stream.onData(() => {
      if (controller.heard.at(-1)?.kind !== "start") return;
      const actual_q = new Float64Array([0, -1.5, 2, 0, 0, 0.25]);
      for (let i = 0; i < 5; i += 1) controller.send({ timestamp: 40 + i / 500, actual_q });
    });
  });
  const args = ["--import", "tsx", "examples/watch-joints.ts", "127.0.0.1", String(port)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  expect(stdout.split("\n")).toEqual([
    "controller 5.25, RTDE version 2",
    ...["40.000", "40.002", "40.004", "40.006", "40.008"].map(
      (t) => `${t} 0.0000 -1.5000 2.0000 0.0000 0.0000 0.2500`,
    ),
    "packages missed: 0",
    "",
  ]);
});
