import { barTicks, type BarGrid } from "./position.ts";
import type { MeterChange } from "./score.ts";

/**
 * The meter that a short bar leads into, where that bar is an upbeat: the first of a piece, or the rest of a bar that a repeat
 * sign cut in two (5/8 and 1/8 in 6/8). Undefined where the meter at `index` holds for bars of its own.
 */
export function leadsInto({ ticksPerQuarter, meters }: BarGrid, index: number): MeterChange | undefined {
  const [before, meter, next] = [meters[index - 1], meters[index], meters[index + 1]];
  if (!meter || !next) return undefined;
  const [full, ticks] = [barTicks(ticksPerQuarter, next), next.tick - meter.tick];
  if (ticks >= full || ticks > barTicks(ticksPerQuarter, meter)) return undefined;
  return !before || meter.tick - before.tick + ticks === full ? next : undefined;
}
