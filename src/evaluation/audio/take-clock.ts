import { median } from "./heard-tone.ts";

/** How a take keeps the score's time: heard = zeroS + scoreS / tempo. */
export interface TakeClock {
  /** When score second 0 is, in the recording [s]. */
  readonly zeroS: number;
  /** Speed against the score [-]; 1 = as written. */
  readonly tempo: number;
}

/**
 * The steady tempo that fits a take's onsets best: median of the slopes between far notes, then median of the rest. A few
 * late notes do not move it.
 *
 * @source Theil and Sen: Sen, J. Amer. Stat. Assoc. 63 (1968)
 */
export function takeClock(
  onsets: readonly { readonly scoreS: number; readonly heardS: number }[],
): TakeClock {
  const half = onsets.length >> 1;
  const slopes = onsets.slice(half).flatMap((b, i) => {
    const a = onsets[i]!;
    return b.scoreS > a.scoreS ? [(b.heardS - a.heardS) / (b.scoreS - a.scoreS)] : [];
  });
  const slope = median(slopes) ?? 1;
  return { tempo: 1 / slope, zeroS: median(onsets.map((o) => o.heardS - slope * o.scoreS)) ?? 0 };
}
