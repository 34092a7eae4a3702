import { setPriority } from "node:os";
import { isMainThread } from "node:worker_threads";

/** How much this thread gives way to others; 0 is usual, 19 most. @assumed a third of a usual thread's share where both want all */
const NICE = 5;

/**
 * Lets this thread's work wait for the process's other threads where there is too little processor for all: on Linux, where a
 * thread has a priority of its own. Does nothing in the main thread, or where it is not permitted.
 */
export function comeAfterOthers(): void {
  if (isMainThread || process.platform !== "linux") return;
  try {
    setPriority(0, NICE); // 0 is the calling thread
  } catch {
    // not permitted here: it goes on as everybody
  }
}
