/** How often patience is counted [s]. */
const TICK_S = 0.1;

/**
 * Counts how long nothing happens, in time in which this thread itself could turn: while it is busy or the machine is, nobody
 * else is to blame.
 *
 * @param seconds after so much of it `onEnd` is called, once
 * @returns `again` begins anew; `stop` ends the count
 */
export function patience(
  seconds: number,
  onEnd: () => void,
): { readonly again: () => void; readonly stop: () => void } {
  const most = Math.max(1, Math.ceil(seconds / TICK_S));
  let ticks = 0;
  const timer = setInterval(() => {
    if (++ticks < most) return;
    clearInterval(timer);
    onEnd();
  }, TICK_S * 1000);
  return { again: () => void (ticks = 0), stop: () => clearInterval(timer) };
}

/** Waits for work, but not longer than so many seconds of `patience`. @throws whatever `late` makes, or the work's own */
export async function inPatience<T>(work: Promise<T>, seconds: number, late: () => Error): Promise<T> {
  let stop: (() => void) | undefined;
  const tooLate = new Promise<never>((_, reject) => ({ stop } = patience(seconds, () => reject(late()))));
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    stop?.();
  }
}
