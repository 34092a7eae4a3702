import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { GraphPeers } from "../peer/graph-peers.ts";
import { socketLink } from "../peer/peer-link.ts";
import { lastWords } from "./last-words.ts";
import type { Environment } from "./probe.ts";

export type BridgeLevel = "info" | "warn" | "error";

export interface RosBridgeOptions {
  readonly env: Environment;
  readonly say: (level: BridgeLevel, sentence: string) => void;
  /** The first wait before it is started again; it doubles with every crash in a row [s]. */
  readonly restartS?: number;
}

const PROCESS = fileURLToPath(new URL("bridge-process.ts", import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const MOST_CRASHES = 5;
/** A bridge that has lived so long has not crashed at its start [s]. */
const SETTLED_S = 30;
const PATIENCE_MS = 2000;
/** 128 + SIGABRT: how a process ends that rclnodejs takes along. */
const ABORTED = 134;

/**
 * Joins a graph with ROS 2, through rclnodejs in a process of its own: a crash there costs the way to ROS 2 for a moment,
 * and nothing here. It is started again; after five crashes in a row it is left, and everything goes on without ROS 2.
 */
export class RosBridge {
  readonly #peers: GraphPeers;
  readonly #options: RosBridgeOptions;
  #child: ChildProcess | undefined;
  #crashes = 0;
  #closing = false;
  #again: NodeJS.Timeout | undefined;

  /** Starts at once; whether ROS 2 can be used was found out before (`probeRos`). */
  constructor(peers: GraphPeers, options: RosBridgeOptions) {
    this.#peers = peers;
    this.#options = options;
    this.#start();
  }

  /** Process number, for who wants to look at it; undefined while it is down. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Leaves ROS 2 and ends. Safe to call twice. */
  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#again);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    await gone;
    clearTimeout(late);
  }

  #start(): void {
    const startedMs = performance.now();
    const { env, say } = this.#options;
    const child = spawn(process.execPath, ["--import", TSX, PROCESS], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      env: { ...env, npm_config_script_shell: "/bin/false" },
    });
    this.#child = child;
    let errors = "";
    child.stderr!.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-10_000)));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const [, level = "info", sentence = line] = /^(info|warn|error) (.*)$/.exec(line) ?? []; // ROS 2 itself writes there, too
      say(level as BridgeLevel, sentence);
    });
    this.#peers.add(socketLink(child.stdio[3] as Socket));
    child.once("error", (cause) => say("error", `the bridge to ROS 2 cannot be started: ${cause.message}`));
    child.once("exit", (code, signal) => {
      this.#child = undefined;
      if (this.#closing) return;
      if (performance.now() - startedMs > SETTLED_S * 1000) this.#crashes = 0;
      this.#crashed(ending(code, signal), lastWords(errors));
    });
  }

  #crashed(how: string, lastWords: string): void {
    const { say, restartS = 1 } = this.#options;
    const what = `the bridge to ROS 2 ended (${how})${lastWords === "" ? "" : `: ${lastWords}`}`;
    if (++this.#crashes >= MOST_CRASHES) {
      say("error", `${what}; that was the ${MOST_CRASHES}th time in a row, ROS 2 is left alone from now on`);
      return;
    }
    const waitS = restartS * 2 ** (this.#crashes - 1);
    say("warn", `${what}; started again in ${waitS} s`);
    this.#again = setTimeout(() => this.#start(), waitS * 1000);
    this.#again.unref();
  }
}

const ending = (code: number | null, signal: NodeJS.Signals | null): string =>
  code === ABORTED || signal === "SIGABRT"
    ? "rclnodejs aborted it"
    : signal
      ? `by ${signal}`
      : `with code ${code}`;
