import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** `Atomics.waitAsync` of ES2024: wakes the event loop when another thread changes a number. */
type WaitAsync = (
  cell: Int32Array,
  index: number,
  value: number,
) => { readonly async: false } | { readonly async: true; readonly value: Promise<unknown> };
const waitAsync = (Atomics as unknown as { waitAsync: WaitAsync }).waitAsync;

/**
 * The thread of the bell, plain JavaScript because workers take no TypeScript. It sleeps until each absolute deadline
 * with `Atomics.wait`, which wakes about 0.1 ms late where a timer wakes up to 1 ms late, and counts the ring.
 */
const THREAD = `
const { parentPort, workerData: { rings, stop, startNs, periodMs } } = require("node:worker_threads");
let thread; // its number in the kernel, on Linux
try { thread = Number(require("node:fs").readlinkSync("/proc/thread-self").split("/").pop()); } catch {}
parentPort.postMessage(thread);
const own = new Int32Array(new SharedArrayBuffer(4));
for (let k = 1; Atomics.load(stop, 0) === 0; ) {
  const leftMs = k * periodMs - Number(process.hrtime.bigint() - startNs) / 1e6;
  if (leftMs > 0) Atomics.wait(own, 0, 0, leftMs);
  else {
    k = Math.max(k + 1, Math.ceil(-leftMs / periodMs) + k); // a ring nobody could hear is left out
    Atomics.add(rings, 0, 1);
    Atomics.notify(rings, 0);
  }
}
`;

/** Rings every period, at multiples of it from its making, whatever the event loop does. */
export class CycleBell {
  readonly #rings = new Int32Array(new SharedArrayBuffer(4));
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  readonly #startNs = process.hrtime.bigint();
  /** The kernel's number of its thread, once it runs; undefined where there are none. */
  readonly thread: Promise<number | undefined>;
  #heard = 0;

  constructor(periodMs: number) {
    const workerData = { rings: this.#rings, stop: this.#stop, startNs: this.#startNs, periodMs };
    const worker = new Worker(THREAD, { eval: true, workerData });
    this.thread = once(worker, "message").then(([thread]) => thread as number | undefined);
  }

  /** Time since the bell was made [ms]. */
  elapsedMs(): number {
    return Number(process.hrtime.bigint() - this.#startNs) / 1e6;
  }

  /** Calls back once, after the next ring, or soon if it has rung since the last call. */
  onNextRing(listener: () => void): void {
    const wait = waitAsync(this.#rings, 0, this.#heard);
    const heard = () => {
      this.#heard = Atomics.load(this.#rings, 0);
      listener();
    };
    if (wait.async) void wait.value.then(heard);
    else setImmediate(heard); // sockets come first even when time is short
  }

  stop(): void {
    Atomics.store(this.#stop, 0, 1);
    Atomics.notify(this.#rings, 0);
  }
}
