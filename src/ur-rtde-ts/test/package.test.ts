import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiPage } from "../docs/api-page.ts";
import { FakeController } from "./fake-controller.ts";
import { fakeServer } from "./fake-server.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);
/** A folder of somebody who has installed the package, and nothing else of this repository. */
let elsewhere: string;
let installed: string;

beforeAll(async () => {
  elsewhere = mkdtempSync(join(tmpdir(), "ur-rtde-ts-"));
  installed = join(elsewhere, "node_modules/ur-rtde-ts");
  mkdirSync(join(elsewhere, "node_modules"));
  const built = join(elsewhere, "built");
  await run(process.execPath, ["build.js", built], { cwd: root });
  await run("npm", ["pack", built, "--pack-destination", elsewhere, "--offline"], { cwd: elsewhere });
  const archive = readdirSync(elsewhere).find((name) => name.endsWith(".tgz"))!;
  await run("tar", ["-xzf", archive], { cwd: elsewhere });
  renameSync(join(elsewhere, "package"), installed);
  rmSync(built, { recursive: true });
  writeFileSync(join(elsewhere, "package.json"), '{ "type": "module" }');
}, 120_000);
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

it("is packed without sources, tests and dependencies, with its pages and examples", () => {
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Record<
    string,
    unknown
  >;
  expect(manifest).toMatchObject({ name: "ur-rtde-ts", license: "MIT", type: "module" });
  for (const key of ["dependencies", "scripts", "private"]) expect(manifest).not.toHaveProperty(key);
  const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
  for (const file of ["index.js", "index.d.ts", "README.md", "LICENSE", "docs/API.md", "examples/move.ts"])
    expect(files).toContain(file);
  expect(files.filter((name) => /test|(?<!\.d)\.ts$/.test(name) && !name.startsWith("examples"))).toEqual([]);
});

it("reads a controller from plain JavaScript", async () => {
  const { port } = await fakeServer((stream) => {
    const controller = new FakeController(stream);
    stream.onData(() => {
      if (controller.heard.at(-1)?.kind === "start") controller.send({ timestamp: 40.5 });
    });
  });
  writeFileSync(
    join(elsewhere, "app.js"),
    `import { RtdeClient, robotModes } from "ur-rtde-ts";
const client = await RtdeClient.connect({ host: "127.0.0.1", port: Number(process.argv[2]) });
await client.negotiate();
const recipe = await client.setupOutputs(["timestamp"], 125);
const packages = recipe.packages();
await client.start();
console.log((await packages.next()).value.timestamp, robotModes.RUNNING);
client.close();
`,
  );
  const { stdout } = await run(process.execPath, ["app.js", String(port)], { cwd: elsewhere });
  expect(stdout).toBe("40.5 7\n");
});

it("types what TypeScript elsewhere does with it, and refuses what cannot be", async () => {
  writeFileSync(
    join(elsewhere, "app.ts"),
    `import { type Knot, RtdeClient, robotAt, TrajectoryStream } from "ur-rtde-ts";
const client = await RtdeClient.connect({ host: "192.0.2.7" });
const recipe = await client.setupOutputs(["actual_q", "actual_digital_input_bits"], 500);
recipe.onPackage(({ actual_q, actual_digital_input_bits }) => {
  const q: Float64Array = actual_q;
  const bits: bigint = actual_digital_input_bits;
  void [q, bits];
});
// @ts-expect-error no such field
await client.setupOutputs(["actual_qq"], 500);
const knots: Knot[] = [];
const stream = await TrajectoryStream.open(robotAt("192.0.2.7"), { first_rad: [0, 0, 0, 0, 0, 0] });
const phase: string = (await stream.play(knots)).phase;
void phase;
`,
  );
  const require = createRequire(import.meta.url);
  const tsc = require.resolve("typescript/bin/tsc");
  const types = fileURLToPath(new URL("../../../node_modules/@types", import.meta.url));
  const flags = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--exactOptionalPropertyTypes",
    "--module",
    "nodenext",
  ];
  const where = ["--target", "es2023", "--typeRoots", types, "--types", "node", "app.ts"];
  const { stdout } = await run(process.execPath, [tsc, ...flags, ...where], { cwd: elsewhere }).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
}, 120_000);

it("has a page on all it exports that says what the sources say", () => {
  expect(readFileSync(join(root, "docs/API.md"), "utf8")).toBe(apiPage());
});
