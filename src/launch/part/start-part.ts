import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { PartMessage, PartWire } from "./wire.ts";

const ENTRY = new URL("./part.js", import.meta.url);
/** A process that was asked to end and has not after so long is killed [ms]. */
const LAST_MS = 500;

/** Starts a part in a thread of this process. @param place how it is called in introspection */
export function startThread(place: string): PartWire {
  const worker = new Worker(ENTRY, { workerData: { place }, execArgv: [], name: place });
  let why = "its thread ended";
  worker.on("error", (error) => (why = String((error as Error).message ?? error)));
  return {
    post: (message) => (worker.postMessage(message), true),
    onMessage: (listener) => void worker.on("message", listener),
    onDrain: () => undefined,
    onClosed: (listener) => void worker.once("exit", () => listener(why)),
    end: () => void worker.terminate(),
  };
}

/** Starts a part in a process of its own on this machine. @param place how it is called in introspection */
export function startProcess(place: string): PartWire {
  const child = fork(fileURLToPath(ENTRY), [place], {
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  let why = "its process cannot be started";
  let waiting = 0;
  const drains: (() => void)[] = [];
  const sent = (): void => {
    if (--waiting === 0) drains.forEach((drain) => drain());
  };
  child.on("error", ({ message }) => (why = message));
  child.once("exit", (code, signal) => {
    why =
      signal === null
        ? `its process ended with exit code ${code ?? "unknown"}`
        : `its process was ended by ${signal}`;
  });
  return {
    post(message: PartMessage) {
      if (!child.connected) return true;
      waiting++;
      return child.send(message, sent);
    },
    onMessage: (listener) => void child.on("message", (message) => listener(message as PartMessage)),
    onDrain: (listener) => void drains.push(listener),
    onClosed: (listener) => void child.once("close", () => listener(why)),
    end() {
      if (child.connected) child.disconnect();
      setTimeout(() => child.kill("SIGKILL"), LAST_MS).unref();
    },
  };
}
