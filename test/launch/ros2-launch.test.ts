import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { launchArguments, readLaunch } from "../../src/launch/launch-file.ts";
import { ros2Wrappers } from "../../src/launch/write-ros2-launch.ts";
import { loadLaunchText } from "../../src/shelf/load-launch.ts";

interface Wrapper {
  readonly launch: readonly {
    readonly arg?: { readonly name: string; readonly default?: unknown; readonly description: string };
    readonly executable?: { readonly cmd: string };
  }[];
}

it("has a wrapper for ros2 launch of every launch file, as the files are now", () => {
  const wrappers = ros2Wrappers();
  expect(readdirSync("launch/ros2/launch").sort()).toEqual(
    [...wrappers.keys()].map((path) => path.slice("ros2/launch/".length)).sort(),
  );
  for (const [path, text] of wrappers)
    expect(readFileSync(`launch/${path}`, "utf8"), "npm run ros2-launch").toBe(text);
});

it("hands every argument on, so that its defaults start what ours start", () => {
  for (const [path, text] of ros2Wrappers()) {
    const name = /(\w+)\.launch\.yaml$/.exec(path)![1]!;
    const { launch } = parse(text) as Wrapper;
    const args = new Map(launch.flatMap(({ arg }) => (arg ? [[arg.name, arg.default]] : [])));
    // Every default is a text, as the YAML front end of ros2 launch wants it.
    for (const value of args.values()) expect(["string", "undefined"]).toContain(typeof value);
    const cmd = launch
      .at(-1)!
      .executable!.cmd.replaceAll(
        /\$\(var (\w+)\)/g,
        (_, arg: string) => (args.get(arg) as string | undefined) ?? "given",
      );
    const [program, verb, file, ...given] = cmd.split(" ").map((word) => word.trim());
    expect([program, verb, file]).toEqual(["cellist", "launch", name]);
    const ours = launchArguments(loadLaunchText(name), name);
    expect(given.map((word) => word.split(":=")[0])).toEqual(ours.map((argument) => argument.name));
    const values = Object.fromEntries(
      given.map((word) => {
        const at = word.indexOf(":=");
        return [word.slice(0, at), (parse(word.slice(at + 2)) ?? "") as string];
      }),
    );
    const required = Object.fromEntries(
      ours.flatMap(({ name: a, default: value }) => (value === undefined ? [[a, "given"]] : [])),
    );
    const [theirs, own] = [values, required].map((v) =>
      readLaunch(loadLaunchText(name), name, v, loadLaunchText),
    );
    expect(theirs).toEqual(own);
  }
});
