import { parentPort, workerData } from "node:worker_threads";
import { servePart } from "./serve-part.ts";
import type { PartMessage, PartWire, Taken } from "./wire.ts";

/** So many messages that are through are told of together. */
const TOLD_TOGETHER = 10;

/** The launch's end of the wire is the thread or the process that started this one. */
function wireOfThread(port: NonNullable<typeof parentPort>): PartWire {
  let taken = 0;
  const listeners: ((message: PartMessage) => void)[] = [];
  port.on("message", (message: PartMessage) => {
    listeners.forEach((listener) => listener(message));
    if (++taken < TOLD_TOGETHER) return;
    port.postMessage({ taken } satisfies Taken);
    taken = 0;
  });
  return {
    post: (message) => (port.postMessage(message), true),
    onMessage: (listener) => void listeners.push(listener),
    onDrain: () => undefined,
    onClosed: () => undefined, // this thread ends with it
    end: () => undefined,
  };
}

function wireOfProcess(): PartWire {
  let waiting = 0;
  const drains: (() => void)[] = [];
  const sent = (): void => {
    if (--waiting === 0) drains.forEach((drain) => drain());
  };
  return {
    post(message) {
      if (!process.connected) return true;
      waiting++;
      return process.send!(message, undefined, {}, sent);
    },
    onMessage: (listener) => void process.on("message", (message) => listener(message as PartMessage)),
    onDrain: (listener) => void drains.push(listener),
    onClosed: (listener) => void process.once("disconnect", () => listener("")),
    end: () => process.exit(0),
  };
}

if (parentPort) servePart((workerData as { place: string }).place, wireOfThread(parentPort));
else {
  const wire = wireOfProcess();
  // Ctrl-C reaches every process of a terminal; the launch ends its parts itself, in order.
  process.on("SIGINT", () => undefined);
  process.on("uncaughtException", ({ message }) => {
    wire.post({ said: "fell", message });
    setTimeout(() => process.exit(1), 50);
  });
  wire.onClosed(() => process.exit(0));
  servePart(process.argv[2]!, wire);
}
