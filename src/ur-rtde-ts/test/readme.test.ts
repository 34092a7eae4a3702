import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { FakeController } from "./fake-controller.ts";
import { fakeServer } from "./fake-server.ts";

const root = new URL("..", import.meta.url);

it("shows the example that runs", () => {
  const readme = readFileSync(new URL("README.md", root), "utf8");
  const example = readFileSync(new URL("examples/watch-joints.ts", root), "utf8");
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
});

it("runs the example of the README", async () => {
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
