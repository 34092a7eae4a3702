import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { launchArguments, readLaunch } from "../../src/launch/launch-file.ts";
import { loadDefinition } from "../../src/launch/node-host.ts";

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

it("has shipped files that name only nodes there are, with parameters that these declare", async () => {
  const files = readdirSync("launch").filter((file) => file.endsWith(".yaml"));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const text = readFileSync(`launch/${file}`, "utf8");
    // Every condition both ways, as far as switches go.
    const switches = launchArguments(text, file).filter(({ default: value }) => typeof value === "boolean");
    for (const value of [true, false])
      for (const { node, parameters } of readLaunch(
        text,
        file,
        Object.fromEntries(switches.map(({ name }) => [name, value])),
      ).nodes) {
        const declared = Object.keys((await loadDefinition(node)).parameters);
        for (const name of Object.keys(parameters)) expect(declared, `${file}: ${node}`).toContain(name);
      }
  }
});
