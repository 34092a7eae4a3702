import type { Method } from "../design/method.ts";

/**
 * How much longer a listener must listen before her answer is taken, by the server's own clock [ms]; 0 when enough.
 *
 * Recordings that are heard one after the other take the time of all; versions that are switched while they run
 * (MUSHRA) take the time of the longest. A slot never started counts as not heard at all.
 *
 * @param plays when each slot was first started [ms]
 */
export function mustStillListenMs(
  method: Method,
  durationsS: readonly number[],
  plays: ReadonlyMap<number, number>,
  { playedShare, nowMs }: { readonly playedShare: number; readonly nowMs: number },
): number {
  const shareMs = durationsS.map((s) => s * 1000 * playedShare);
  const eachMs = durationsS.map((_, slot) => shareMs[slot]! - (nowMs - (plays.get(slot) ?? nowMs)));
  if (method === "mushra") {
    const missing = durationsS.some((_, slot) => !plays.has(slot));
    const first = Math.min(...plays.values(), nowMs);
    const left = Math.max(...shareMs) - (nowMs - first);
    return Math.max(0, left, missing ? 1000 : 0);
  }
  const first = Math.min(...plays.values(), nowMs);
  const allMs = shareMs.reduce((sum, ms) => sum + ms, 0) - (nowMs - first);
  return Math.max(0, allMs, ...eachMs);
}
