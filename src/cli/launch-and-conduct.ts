import { dirname, join } from "node:path";
import type { Report } from "../cellist_msgs/messages.ts";
import { CellistError } from "../errors.ts";
import type { LaunchPlan } from "../launch/launch-file.ts";
import { RunLog } from "../launch/run-log.ts";
import { RunningLaunch } from "../launch/run-launch.ts";
import { conduct, CONDUCTOR_INTERFACE, resultsOf, type ConductOptions } from "../performance/conductor.ts";
import { GraphNode, type LogSink } from "../ros/node/graph-node.ts";
import { KEYS_HELP, listenForKeys } from "./performance-keys.ts";
import { progressOn } from "./progress.ts";
import { bridgeToRos } from "./ros-option.ts";

export interface TerminalOptions extends Pick<ConductOptions, "settings" | "makeBagPath" | "confirm"> {
  readonly say: (text: string) => void;
  readonly instrumentName: string;
  readonly useSimTime: boolean;
}

/** Starts the nodes of a performance, conducts it from this terminal, and ends them. @throws CellistError */
export async function launchAndConduct(plan: LaunchPlan, options: TerminalOptions): Promise<Report> {
  const log = new RunLog();
  const withLog = {
    ...options,
    makeBagPath: () => {
      const bag = options.makeBagPath();
      log.open(join(dirname(bag), "log"));
      return bag;
    },
  };
  let performance: Promise<Report> | undefined;
  try {
    // A performance in lock-step is over before anybody on ROS 2 has seen it.
    const ros = bridgeToRos(options.useSimTime ? "off" : "auto", log.sink);
    const start = { door: "performance", logSink: alsoSaid(log.sink, options.say), ...ros };
    const running = await RunningLaunch.start(plan, start, (made) => {
      // The terminal listens before the nodes begin, so that it can say what they are doing.
      const { useSimTime } = options;
      const terminal = new GraphNode(made.graph, {
        name: "terminal",
        useSimTime,
        declares: CONDUCTOR_INTERFACE,
      });
      performance = conductFrom(terminal, withLog);
      performance.catch(() => made.stop()); // awaited below; what is refused need not finish starting
    });
    try {
      return await Promise.race([performance!, running.ended.then(() => performance!)]);
    } finally {
      await running.stop();
    }
  } catch (error) {
    throw withoutNodeName(error);
  } finally {
    log.close();
  }
}

/** Whoever asked for live sound is told how it went; what all the others say is in the log. */
const alsoSaid =
  (sink: LogSink, say: (text: string) => void): LogSink =>
  (node, level, text) => {
    sink(node, level, text);
    if (node === "/live_sound" && level !== "debug") say(text);
  };

/** A musician need not know which node read the piece. */
const withoutNodeName = (error: unknown): unknown =>
  error instanceof CellistError && error.code === "node-refused" && error.cause instanceof CellistError
    ? error.cause
    : error;

async function conductFrom(terminal: GraphNode, options: TerminalOptions): Promise<Report> {
  const progress = progressOn(process.stderr);
  let releaseKeys: (() => void) | undefined;
  terminal.subscribe("score", ({ title, ignored }) => {
    ignored.forEach((note) => options.say(`note: ${note}`));
    options.say(`planning ${title} for "${options.instrumentName}"`);
  });
  try {
    const bag = await conduct(terminal, {
      ...options,
      onPlaying(controls) {
        const say = (text: string): void => void process.stderr.write(`\n${text}\n`);
        if (process.stdin.isTTY && process.stderr.isTTY) say(KEYS_HELP);
        releaseKeys = listenForKeys(process.stdin, controls, say);
      },
      onProgress: ({ path_time_s, total_s }) =>
        progress.update(path_time_s, total_s, `${path_time_s.toFixed(1)} of ${total_s.toFixed(1)} s`),
    });
    releaseKeys?.();
    releaseKeys = undefined;
    progress.end();
    return await resultsOf(terminal, bag);
  } finally {
    releaseKeys?.();
    progress.end();
  }
}
