import { expect, it } from "vitest";
import { launchArguments, readLaunch } from "../../src/launch/launch-file.ts";
import { loadDefinition } from "../../src/launch/node-host.ts";
import { loadLaunchText, shippedLaunches } from "../../src/shelf/load-launch.ts";

const FILE = `
description: test
arguments:
  piece: { default: twinkle, what: a piece }
  robot: { default: sim, what: an arm }
  loud: { default: false, what: a switch }
  set: { default: [], what: a list }
parameters: { use_sim_time: $(loud), tempo: 2 }
nodes:
  - node: score
    parameters: { piece: "$(piece)", note: "play $(piece) on $(robot)" }
  - node: robot_sim
    if: $(robot) is sim
  - node: robot_driver
    namespace: left
    if: $(robot) is not sim
  - node: sound
    if: $(loud)
`;
const read = (given = {}) => readLaunch(FILE, "test.yaml", given);
const names = (given = {}) => read(given).nodes.map(({ name }) => name);

it("fills arguments in, keeping their type where they stand alone", () => {
  const [score] = read({ piece: "the-swan", loud: true }).nodes;
  expect(score!.parameters).toEqual({ piece: "the-swan", note: "play the-swan on sim" });
  expect(score!.shared).toEqual({ tempo: 2 });
  expect(score!.useSimTime).toBe(true);
});

it("starts the nodes whose condition holds", () => {
  expect(names()).toEqual(["score", "robot_sim"]);
  expect(names({ robot: "192.0.2.7", loud: true })).toEqual(["score", "robot_driver", "sound"]);
});

it("takes a number for a text, and one text for a list", () => {
  expect(read({ piece: 5 }).arguments["piece"]).toBe("5");
  expect(read({ set: "a.b=1" }).arguments["set"]).toEqual(["a.b=1"]);
});

it("refuses in one sentence what it does not understand", () => {
  expect(() => read({ peice: "x" })).toThrow("test.yaml: there is no argument peice; did you mean piece?");
  expect(() => read({ loud: "very" })).toThrow('loud is "very"; a value like false is needed');
  const broken = (from: string, to: string) => () => readLaunch(FILE.replace(from, to), "test.yaml");
  expect(broken("$(robot) is sim", "$(robot) or so")).toThrow(/"\$\(robot\) or so" is no condition/);
  expect(broken('"$(piece)"', '"$(tune)"')).toThrow("there is no argument tune");
  expect(broken("namespace: left", "namspace: left")).toThrow(/nodes\.2: Unrecognized key: "namspace"/);
  expect(broken("description: test", "description: [")).toThrow("test.yaml: not YAML");
});

it("takes the place of another process only where it is told so, and refuses two places at once", () => {
  const on = (more: string) =>
    readLaunch(FILE.replace("namespace: left", more), "test.yaml", { robot: "x" }).nodes[1]!;
  expect(on("machine: studio").machine).toBe("studio");
  expect(on("machine: $(robot)").machine).toBe("x");
  expect(on("thread: true")).toMatchObject({ thread: true, machine: undefined });
  expect(on("thread: $(robot) is x").thread).toBe(true);
  expect(on("thread: $(robot) is not x").thread).toBe(false);
  expect(() => on("thread: yes please")).toThrow('"yes please" is no condition');
  expect(() => on("machine: studio\n    thread: true")).toThrow(
    "robot_driver cannot have a thread of its own on a machine",
  );
  expect(() => on("machine: my studio")).toThrow("nodes.2.machine: letters, digits, _ . - only");
});

it("needs what has no default, and says so in one sentence", () => {
  const needy = FILE.replace("default: sim, what: an arm", "what: address of an arm");
  expect(() => readLaunch(needy, "test.yaml")).toThrow("test.yaml: it needs robot:=..., address of an arm");
  expect(readLaunch(needy, "test.yaml", { robot: "sim" }).nodes.map(({ name }) => name)).toEqual([
    "score",
    "robot_sim",
  ]);
});

it("starts what another file starts, with arguments of its own, before its own nodes", () => {
  const text = `
description: outer
arguments: { tune: { default: the-swan, what: a piece } }
include:
  - launch: ./inner/test.yaml
    arguments: { piece: $(tune), loud: true }
nodes:
  - node: ./own/my-ear.node.ts
`;
  const asked: string[] = [];
  const plan = readLaunch(text, "scenes/outer.yaml", {}, (path) => (asked.push(path), FILE));
  expect(asked).toEqual(["scenes/inner/test.yaml"]);
  expect(plan.nodes.map(({ name }) => name)).toEqual(["score", "robot_sim", "sound", "my_ear"]);
  expect(plan.nodes[0]!.parameters["piece"]).toBe("the-swan");
  expect(plan.nodes[3]!.node).toBe(`${process.cwd()}/scenes/own/my-ear.node.ts`);
  const round = "description: round\ninclude: [{ launch: round }]";
  expect(() => readLaunch(round, "round", {}, () => round)).toThrow("round: it includes itself");
  expect(() => readLaunch("description: empty", "empty")).toThrow("empty: the whole: it starts no node");
});

it("has shipped files that name only nodes there are, with parameters that these declare", async () => {
  const names = shippedLaunches();
  expect(names).toEqual(expect.arrayContaining(["performance", "robot", "replay", "recording"]));
  for (const name of names) {
    const text = loadLaunchText(name);
    const args = launchArguments(text, name);
    const needed = args.filter((arg) => arg.default === undefined).map((arg) => [arg.name, "given"] as const);
    // Every condition both ways, as far as switches go.
    const switches = args.filter((arg) => typeof arg.default === "boolean");
    for (const value of [true, false]) {
      const given: Record<string, string | boolean> = Object.fromEntries<string | boolean>([
        ...needed,
        ...switches.map((arg) => [arg.name, value] as const),
      ]);
      for (const { node, parameters } of readLaunch(text, name, given, loadLaunchText).nodes) {
        const declared = Object.keys((await loadDefinition(node)).parameters);
        for (const parameter of Object.keys(parameters))
          expect(declared, `${name}: ${node}`).toContain(parameter);
      }
    }
  }
});
