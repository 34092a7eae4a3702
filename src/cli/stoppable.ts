/**
 * Work that moves an arm: Ctrl-C stops the arm, and the work then says so, instead of ending the program over its head. A second
 * Ctrl-C ends the program.
 */
export async function stoppable<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.removeListener("SIGINT", onInterrupt);
  }
}
