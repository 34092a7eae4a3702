import { join } from "node:path";
import { Option, type Command } from "commander";
import { parse } from "yaml";
import { CellistError } from "../errors.ts";
import { launchArguments, readLaunch, type LaunchValue } from "../launch/launch-file.ts";
import { onMachine, withoutMachines } from "../launch/machines.ts";
import { RunLog } from "../launch/run-log.ts";
import { RunningLaunch } from "../launch/run-launch.ts";
import type { LogSink } from "../ros/node/graph-node.ts";
import { loadLaunchText, shippedLaunches } from "../shelf/load-launch.ts";
import { doorOf } from "./graph/graph-tool.ts";
import { bridgeToRos, ROS_CHOICES, type RosChoice } from "./ros-option.ts";

const HELP = `
Shipped launch files: ${shippedLaunches().join(", ")}. It runs until its work is done, or until Ctrl-C.

Examples:
  cellist launch performance piece:=bach-minuet tempo:=0.9
  cellist launch performance --show-args
  cellist launch replay bag:=take.mcap rate:=2
  cellist launch my-scene.yaml
  cellist launch my-scene.yaml --without studio     here everything but the machine studio, which is started
  cellist launch my-scene.yaml --only studio        by this, in another terminal (docs/launch.md)
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
    .addOption(
      new Option(
        "--only <machine>",
        "nothing but the nodes of this machine, on the graph that runs here",
      ).conflicts("without"),
    )
    .option("--without <machines...>", "not the nodes of these machines: somebody else starts them")
    .option("--graph <name>", "with --only: which running graph, where there are several")
    .addOption(
      new Option("--ros <choice>", "join with ROS 2: where it can be used, in any case, or not")
        .choices(ROS_CHOICES)
        .default("auto"),
    )
    .addHelpText("after", HELP)
    .action(runLaunch);
}

interface LaunchCommandOptions {
  readonly showArgs?: true;
  readonly log?: string;
  readonly only?: string;
  readonly without?: string[];
  readonly graph?: string;
  readonly ros: RosChoice;
}

async function runLaunch(
  file: string,
  given: readonly string[],
  options: LaunchCommandOptions,
): Promise<void> {
  const text = loadLaunchText(file);
  if (options.showArgs) {
    for (const { name, default: value, what } of launchArguments(text, file))
      console.log(`${`${name}:=${value === undefined ? "..." : JSON.stringify(value)}`.padEnd(28)} ${what}`);
    return;
  }
  const whole = readLaunch(text, file, Object.fromEntries(given.map(argument)), loadLaunchText);
  const plan =
    options.only === undefined
      ? withoutMachines(whole, options.without ?? [])
      : onMachine(whole, options.only);
  const graphDoor = options.only === undefined ? undefined : (await doorOf(options)).path;
  const log = new RunLog();
  const logFolder = options.log ?? join("log", `${stamp(new Date())}-${doorName(plan.name)}`);
  log.open(logFolder);
  const logSink: LogSink = (node, level, text) => {
    log.sink(node, level, text);
    printLog(node, level, text);
  };
  const asked = untilAsked();
  let running: RunningLaunch | undefined;
  try {
    running = await RunningLaunch.start(plan, {
      ...(graphDoor === undefined ? { door: doorName(plan.name) } : { join: graphDoor }),
      logSink,
      // A part of another launch is on its graph already, and so where that is.
      ...(graphDoor === undefined && bridgeToRos(options.ros, logSink)),
    });
    console.log(
      `${plan.nodes.length === 1 ? "one node runs" : `${plan.nodes.length} nodes run`}: ${plan.nodes.map(({ name }) => name).join(", ")}; log in ${logFolder}`,
    );
    await Promise.race([running.ended, asked]);
  } finally {
    await running?.stop();
    log.close();
    leave();
  }
}

/** A node that did not end may hold the process: it is left behind after a moment. */
const leave = (): void => void setTimeout(() => process.exit(), LEAVE_MS).unref();
const LEAVE_MS = 300;

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

/** Until a person has had enough, or something failed that belongs to no node's callback. */
const untilAsked = (): Promise<void> =>
  new Promise((resolve, reject) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    process.once("uncaughtException", (cause) => {
      const file = /([\w-]+)\.node\.ts/.exec(cause.stack ?? "")?.[1];
      const who = file === undefined ? "a node" : `node ${file.replaceAll("-", "_")}`;
      reject(new CellistError("node-crashed", `${who} crashed: ${cause.message}`, {}, cause));
    });
  });
