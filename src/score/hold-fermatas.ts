import type { TempoChange } from "./tempo.ts";

/** How many times its written length a note under a fermata lasts [-]. @assumed between half as long again and twice */
export const FERMATA_TIMES = 1.75;

/** What a fermata stands over: a note or a rest. */
export interface Hold {
  readonly fromTick: number;
  /** > fromTick */
  readonly toTick: number;
}

/**
 * The tempo map with every hold played slower, so that it lasts `FERMATA_TIMES` as long; ticks and bars stay as they are.
 * Holds that overlap are one.
 *
 * @param tempos sorted by tick, first at tick 0
 */
export function holdFermatas(tempos: readonly TempoChange[], holds: readonly Hold[]): readonly TempoChange[] {
  if (holds.length === 0) return tempos;
  const isHeld = (tick: number): boolean =>
    holds.some(({ fromTick, toTick }) => fromTick <= tick && tick < toTick);
  const ticks = [...tempos.map(({ tick }) => tick), ...holds.flatMap((hold) => [hold.fromTick, hold.toTick])];
  const changes = [...new Set(ticks)].sort((a, b) => a - b);
  const held = changes.map((tick): TempoChange => {
    const { usPerQuarter } = tempos.findLast((tempo) => tempo.tick <= tick)!;
    return { tick, usPerQuarter: isHeld(tick) ? Math.round(usPerQuarter * FERMATA_TIMES) : usPerQuarter };
  });
  return held.filter(
    ({ tick, usPerQuarter }, i) =>
      tempos.some((tempo) => tempo.tick === tick) || usPerQuarter !== held[i - 1]?.usPerQuarter,
  );
}

/** More than rounding [us]. */
const SAME_TEMPO_US = 1;

/** The tempo map as it is written: `holdFermatas` undone, without the changes that only began or ended a hold. */
export function releaseFermatas(
  tempos: readonly TempoChange[],
  holds: readonly Hold[],
): readonly TempoChange[] {
  const ends = new Set(holds.flatMap(({ fromTick, toTick }) => [fromTick, toTick]));
  const written: TempoChange[] = [];
  for (const { tick, usPerQuarter } of tempos) {
    const isHeld = holds.some(({ fromTick, toTick }) => fromTick <= tick && tick < toTick);
    const released = isHeld ? Math.round(usPerQuarter / FERMATA_TIMES) : usPerQuarter;
    const before = written.at(-1)?.usPerQuarter ?? Infinity;
    if (ends.has(tick) && Math.abs(released - before) <= SAME_TEMPO_US) continue;
    written.push({ tick, usPerQuarter: released });
  }
  return written;
}
