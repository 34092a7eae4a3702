import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { isTaken, type PartMessage, type PartWire, type Taken } from "./wire.ts";

const ENTRY = new URL("./part.js", import.meta.url);
/** A process that was asked to end and has not after so long is killed [ms]. */
const LAST_MS = 500;

/** Messages that may be on their way to a thread: the way itself would take any number, for ever. */
const MOST_ON_THE_WAY = 100;

/** Starts a part in a thread of this process. @param place how it is called in introspection */
export function startThread(place: string): PartWire {
  const worker = new Worker(ENTRY, { workerData: { place }, execArgv: [], name: place });
  let why = "its thread ended";
  let [onTheWay, full] = [0, false];
  const drains: (() => void)[] = [];
  worker.on("message", (message: PartMessage | Taken) => {
    if (!isTaken(message)) return;
    onTheWay -= message.taken;
    if (!full || onTheWay >= MOST_ON_THE_WAY) return;
    full = false;
    drains.forEach((drain) => drain());
  });
  worker.on("error", (error) => (why = error instanceof Error ? error.message : String(error)));
  return {
    post(message) {
      worker.postMessage(message);
      full = ++onTheWay >= MOST_ON_THE_WAY;
      return !full;
    },
    onMessage: (listener) =>
      void worker.on("message", (message: PartMessage | Taken) => isTaken(message) || listener(message)),
    onDrain: (listener) => void drains.push(listener),
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
  let why = "";
  let waiting = 0;
  const drains: (() => void)[] = [];
  const sent = (): void => {
    if (--waiting === 0) drains.forEach((drain) => drain());
  };
  const exited = once(child, "exit").then(([code, signal]) => {
    why = signal === null ? `its process ended with exit code ${code}` : `its process was ended by ${signal}`;
  });
  // What it said last may come after its end.
  const gone = Promise.all([exited, once(child, "disconnect")]).catch(
    (error: Error) => (why = error.message),
  );
  return {
    post(message: PartMessage) {
      if (!child.connected) return true;
      waiting++;
      return child.send(message, sent);
    },
    onMessage: (listener) => void child.on("message", (message) => listener(message as PartMessage)),
    onDrain: (listener) => void drains.push(listener),
    onClosed: (listener) => void gone.then(() => listener(why)),
    end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const kill = (): void => void child.kill("SIGKILL");
      if (child.connected) child.disconnect();
      setTimeout(kill, LAST_MS).unref();
      process.once("exit", kill); // it would outlive whoever started it
      child.once("exit", () => process.off("exit", kill));
    },
  };
}
