import { execFileSync } from "node:child_process";
import { setPriority } from "node:os";
import { setFlagsFromString } from "node:v8";

/** Real-time priority of the control thread; the bell that wakes it comes one before. @assumed above everything usual */
const FIFO_PRIORITY = 50;
/** Highest priority of a thread that is not real-time. */
const NICEST = -20;

/**
 * V8 shares a scavenge out among threads that stay at ordinary priority, and waits for them: on a machine whose cores are
 * busy 0.7 ms become up to 90. This has the calling thread do all of it. It is the only such flag that may change while a
 * program runs; a process that is started with `--single-threaded-gc` is spared the same for whole collections.
 */
const SCAVENGE_ALONE = "--no-parallel-scavenge";

/**
 * Asks the system to run the calling thread, and `bellThread`, before all others whenever they have work: real time
 * (Linux `chrt`, needs root or CAP_SYS_NICE) or else a high ordinary priority.
 *
 * @param bellThread kernel's number of the thread that wakes this one
 * @returns what was got, in words
 */
export function raisePriority(bellThread: number | undefined): string {
  setFlagsFromString(SCAVENGE_ALONE);
  try {
    for (const [thread, priority] of [
      [process.pid, FIFO_PRIORITY], // the main thread has the number of the process
      [bellThread ?? process.pid, FIFO_PRIORITY + (bellThread === undefined ? 0 : 1)],
    ])
      execFileSync("chrt", ["--reset-on-fork", "--fifo", "--pid", String(priority), String(thread)], {
        stdio: "ignore",
      });
    return `real-time priority (SCHED_FIFO ${FIFO_PRIORITY})`;
  } catch {
    // no chrt, or not allowed
  }
  try {
    for (const thread of [process.pid, bellThread ?? process.pid]) setPriority(thread, NICEST);
    return `high priority (nice ${NICEST}); real-time priority is not permitted here`;
  } catch {
    return "ordinary priority; a higher one is not permitted here";
  }
}
