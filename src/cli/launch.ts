import { join } from "node:path";
import type { Command } from "commander";
import { parse } from "yaml";
import { CellistError } from "../errors.ts";
import { launchArguments, readLaunch, type LaunchValue } from "../launch/launch-file.ts";
import { RunLog } from "../launch/run-log.ts";
import { RunningLaunch } from "../launch/run-launch.ts";
import type { LogSink } from "../ros/node/graph-node.ts";
import { loadLaunchText, shippedLaunches } from "../shelf/load-launch.ts";

const HELP = `
Shipped launch files: ${shippedLaunches().join(", ")}. It runs until its work is done, or until Ctrl-C.

Examples:
  cellist launch performance piece:=bach-minuet tempo:=0.9
  cellist launch performance --show-args
  cellist launch my-scene.yaml
`;

/** `cellist launch`: starts the nodes of a launch file. */
export function addLaunchCommand(program: Command): void {
  program
    .command("launch")
    .summary("start the nodes of a launch file")
    .argument("<name|file>")
    .argument("[arguments...]", "as in piece:=twinkle")
    .option("--show-args", "print the arguments of the file and their defaults, and start nothing")
    .option("--log <folder>", "where the log of this run goes; default: log/<time>-<name>")
    .addHelpText("after", HELP)
    .action(runLaunch);
}

async function runLaunch(
  file: string,
  given: readonly string[],
  options: { showArgs?: true; log?: string },
): Promise<void> {
  const text = await loadLaunchText(file);
  if (options.showArgs) {
    for (const { name, default: value, what } of launchArguments(text, file))
      console.log(`${`${name}:=${JSON.stringify(value)}`.padEnd(28)} ${what}`);
    return;
  }
  const plan = readLaunch(text, file, Object.fromEntries(given.map(argument)));
  const asked = untilAsked();
  const log = new RunLog();
  const folder = options.log ?? join("log", `${stamp(new Date())}-${doorName(plan.name)}`);
  log.open(folder);
  const logSink: LogSink = (node, level, text) => {
    log.sink(node, level, text);
    printLog(node, level, text);
  };
  let running: RunningLaunch | undefined;
  try {
    running = await RunningLaunch.start(plan, {
      door: doorName(plan.name),
      logSink,
    });
    console.log(`${plan.nodes.length} nodes run: ${plan.nodes.map(({ name }) => name).join(", ")}`);
    await Promise.race([running.ended, asked]);
  } finally {
    await running?.stop();
    log.close();
  }
}

const doorName = (file: string): string => file.replace(/^.*[/\\]|\.yaml$/g, "");
const stamp = (now: Date): string => now.toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");

/** "key:=value", the value as YAML. */
function argument(text: string): readonly [string, LaunchValue] {
  const match = /^(\w+):=(.*)$/s.exec(text);
  if (!match) throw new CellistError("usage", `${text}: write name:=value, as in piece:=twinkle`);
  try {
    return [match[1]!, (parse(match[2]!) ?? "") as LaunchValue];
  } catch (cause) {
    throw new CellistError("usage", `${text}: the value is not YAML`, {}, cause);
  }
}

const printLog: LogSink = (node, level, text) => {
  if (level !== "debug") console.log(`[${level}] ${node}: ${text}`);
};

const untilAsked = (): Promise<void> =>
  new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
