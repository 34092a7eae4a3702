import { existsSync, readFileSync, statSync } from "node:fs";
import { Command } from "commander";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { addActionCommand } from "../../src/cli/graph/action.ts";
import { addNodeCommands } from "../../src/cli/graph/node.ts";
import { addLaunchCommand } from "../../src/cli/launch.ts";
import { addSimCommand } from "../../src/cli/sim.ts";
import { addViewCommand } from "../../src/cli/view.ts";
import { launchArguments } from "../../src/launch/launch-file.ts";
import { NEEDED_PACKAGES } from "../../src/ros/rcl/probe.ts";
import { loadLaunchText } from "../../src/shelf/load-launch.ts";

interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
}

const dockerfile = readFileSync("docker/Dockerfile", "utf8");
const compose = parse(readFileSync("docker/compose.yaml", "utf8"), { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
/** Instructions with their arguments, continued lines joined, comments left out. */
const instructions = dockerfile
  .replaceAll(/^\s*#.*\n/gm, "")
  .replaceAll(/\\\n/g, " ")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => /^(\w+)\s+(.*)$/.exec(line)!.slice(1) as [string, string]);
const of = (name: string): string[] => instructions.filter(([word]) => word === name).map(([, rest]) => rest);

/** Every command line of ours that the containers run. */
const commands: readonly (readonly string[])[] = [
  ...of("CMD").map((text) => JSON.parse(text) as string[]),
  ...of("HEALTHCHECK").map((text) => JSON.parse(text.slice(text.indexOf("["))) as string[]),
  ...Object.values(compose.services).flatMap(({ command, healthcheck }) => [
    ...(command ? [command] : []),
    ...(healthcheck ? [healthcheck.test] : []),
  ]),
]
  .filter((words) => words.includes("cellist"))
  .map((words) => words.slice(words.indexOf("cellist") + 1));

it("copies nothing that is not there", () => {
  const sources = of("COPY")
    .filter((text) => !text.includes("--from="))
    .flatMap((text) => text.split(/\s+/).slice(0, -1));
  expect(sources).toContain("docker/entrypoint.sh");
  for (const source of sources) expect(existsSync(source), source).toBe(true);
  expect(statSync("docker/entrypoint.sh").mode & 0o111).not.toBe(0);
});

it("copies from stages that it has, or from images that it names", () => {
  const stages = of("FROM").map((text) => / AS (\w+)$/.exec(text)?.[1]);
  for (const text of of("COPY").filter((line) => line.includes("--from=")))
    expect(stages).toContain(/--from=(\w+)/.exec(text)![1]);
});

it("leaves out of the image what git leaves out, and everything that is made", () => {
  const ignored = readFileSync(".dockerignore", "utf8").split("\n");
  for (const name of ["node_modules", ".git", "out", "log"]) expect(ignored).toContain(name);
});

it("runs as nobody in particular, never as root", () => {
  const last = instructions.findLastIndex(([word]) => word === "USER");
  expect(instructions[last]).toEqual(["USER", "1500"]);
  expect(dockerfile).toContain("useradd --create-home --uid 1500 cellist");
  expect(instructions.slice(last).some(([word]) => word === "RUN")).toBe(false);
  for (const { privileged, user } of Object.values(compose.services) as {
    privileged?: boolean;
    user?: string;
  }[])
    expect([privileged, user]).toEqual([undefined, undefined]);
});

it("runs only commands, options and arguments that the program has", async () => {
  expect(commands.length).toBeGreaterThanOrEqual(5);
  for (const words of commands) {
    const ran: string[] = [];
    const program = new Command("cellist");
    [addLaunchCommand, addSimCommand, addViewCommand, addNodeCommands, addActionCommand].forEach((add) =>
      add(program),
    );
    // Parses as the program does, and notes what would run instead of running it.
    const muted = (command: Command): void => {
      command.exitOverride().configureOutput({ writeErr: () => undefined });
      if (command.commands.length === 0) command.action(() => void ran.push(command.name()));
      command.commands.forEach(muted);
    };
    muted(program);
    await program.parseAsync(["node", "cellist", ...words]);
    expect(ran, words.join(" ")).toHaveLength(1);
  }
});

it("gives launch files only arguments that they have", () => {
  const launched = commands.filter(([word]) => word === "launch");
  expect(launched.length).toBeGreaterThan(0);
  for (const [, file, ...given] of launched) {
    const names = launchArguments(loadLaunchText(file!), file!).map(({ name }) => name);
    for (const text of given) expect(names, text).toContain(text.split(":=")[0]);
  }
});

it("publishes ports that something listens on, on this machine only", () => {
  const exposed = of("EXPOSE").flatMap((text) => text.split(" ").map(Number));
  expect(exposed.toSorted((a, b) => a - b)).toEqual([8765, 29999, 30001, 30002, 30003, 30004]);
  const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
    ports.map((port) => [name, port] as const),
  );
  for (const [, port] of published) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  expect(published.find(([name]) => name === "view")![1]).toContain("8765");
});

it("hangs its services together by names and volumes that it has", () => {
  for (const [name, { depends_on = {}, volumes = [], build, image }] of Object.entries(compose.services)) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      expect(Object.keys(compose.services), name).toContain(other);
      if (condition === "service_healthy" && other !== "service")
        expect(compose.services[other]!.healthcheck, other).toBeDefined();
    }
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(":")[0]);
    expect(image ?? build, name).toBeDefined();
    if (build) expect(existsSync(build.dockerfile), build.dockerfile).toBe(true);
  }
  expect(compose.services["ursim"]!.profiles).toEqual(["ursim"]);
});

it("installs every ROS 2 package that the bridge needs, and the rclnodejs that it was written for", () => {
  const installed = dockerfile.matchAll(/ros-jazzy-([a-z0-9-]+)/g);
  const packages = new Set([...installed].map(([, name]) => name!.replaceAll("-", "_")));
  // What the base image has: ros-core and ros-base.
  const base = ["std_msgs", "std_srvs", "sensor_msgs", "geometry_msgs", "rcl_interfaces"];
  for (const name of NEEDED_PACKAGES)
    if (!base.includes(name) && name !== "cellist_msgs") expect(packages, name).toContain(name);
  expect(dockerfile).toContain("rclnodejs@2.2.0");
  expect(dockerfile).toContain("COPY src/cellist_msgs src/cellist_msgs");
});
