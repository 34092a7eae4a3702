import { barTicks, type BarGrid } from "../score/position.ts";
import { leadsInto } from "../score/upbeat.ts";

/** Bars of a phrase where nothing else is known. @assumed as in songs and dances */
const PHRASE_BARS = 4;

/** Where the bars of a score begin, upbeats apart [ticks]. */
export function barStarts(grid: BarGrid, endTick: number): readonly number[] {
  return grid.meters.flatMap((meter, i) => {
    if (leadsInto(grid, i)) return [];
    const [bar, end] = [barTicks(grid.ticksPerQuarter, meter), grid.meters[i + 1]?.tick ?? endTick];
    return Array.from({ length: Math.ceil((end - meter.tick) / bar) }, (_, k) => meter.tick + k * bar);
  });
}

/** Where phrases of four bars begin, each with its upbeat where the piece begins with one [ticks]. */
export function phraseStarts(grid: BarGrid, endTick: number): readonly number[] {
  const bars = barStarts(grid, endTick);
  const upbeat = bars[0] ?? 0;
  return bars.filter((_, i) => i % PHRASE_BARS === 0).map((tick) => tick - upbeat);
}
