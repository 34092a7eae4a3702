import type { MeterChange } from "./score.ts";

/** A place in the score as a musician says it. Bars and beats count from 1; bar 1 begins at tick 0. */
export interface BarBeat {
  readonly bar: number;
  /** In the meter's own beat unit: 1..6 in 6/4 and in 6/8 alike. */
  readonly beat: number;
  /** Share of the beat gone by, in [0, 1). */
  readonly fraction: number;
}

/** What a place is measured against. */
export interface BarGrid {
  readonly ticksPerQuarter: number;
  /** Sorted by tick, first at tick 0. */
  readonly meters: readonly MeterChange[];
}

/** Two places closer than this share of a beat are the same place (rounding of thirds and sixths). */
const SAME_BEAT = 1e-9;

/** Length of one beat of a meter [ticks]; not always whole. */
export const beatTicks = (ticksPerQuarter: number, meter: MeterChange): number =>
  (ticksPerQuarter * 4) / meter.beatUnit;

/** Length of one full bar of a meter [ticks]. */
export const barTicks = (ticksPerQuarter: number, meter: MeterChange): number =>
  meter.beatsPerBar * beatTicks(ticksPerQuarter, meter);

/**
 * Bar and beat of a tick, through every change of meter.
 *
 * A meter change that comes before its bar is full begins a new bar there, so a pickup written as a
 * short first meter (1/4, then 4/4) is bar 1. A pickup written as rests in a full bar stays inside bar 1.
 *
 * @param tick ≥ 0
 */
export function barBeatAtTick(grid: BarGrid, tick: number): BarBeat {
  let place: BarBeat = { bar: 1, beat: 1, fraction: 0 };
  for (const { meter, firstBar } of segments(grid)) {
    if (meter.tick > tick) break;
    const beats = (tick - meter.tick) / beatTicks(grid.ticksPerQuarter, meter) + SAME_BEAT;
    const bars = Math.floor(beats / meter.beatsPerBar);
    const beatsInBar = beats - bars * meter.beatsPerBar;
    const beat = Math.floor(beatsInBar);
    place = { bar: firstBar + bars, beat: beat + 1, fraction: tidy(beatsInBar - beat) };
  }
  return place;
}

/** Tick of a place, or undefined where no such bar and beat exists (beat 5 of a 4/4 bar). May not be whole. */
export function tickAtBarBeat(grid: BarGrid, place: BarBeat): number | undefined {
  for (const { meter, firstBar, endTick } of segments(grid).reverse()) {
    if (place.bar < firstBar) continue;
    if (place.beat > meter.beatsPerBar) return undefined;
    const beats = (place.bar - firstBar) * meter.beatsPerBar + place.beat - 1 + place.fraction;
    const tick = meter.tick + beats * beatTicks(grid.ticksPerQuarter, meter);
    return tick < endTick ? tick : undefined;
  }
  return undefined;
}

/** "bar 3 beat 2+1/2": a place for a message. A fraction that is no simple one is given in hundredths. */
export function sayPlace(grid: BarGrid, tick: number): string {
  const { bar, beat, fraction } = barBeatAtTick(grid, tick);
  return `bar ${bar} beat ${beat}${fractionText(fraction)}`;
}

/** "3.2+1/2": a place as it is addressed in a markings file. */
export function formatBarBeat({ bar, beat, fraction }: BarBeat): string {
  return `${bar}.${beat}${fractionText(fraction)}`;
}

/**
 * Reads `bar.beat` or `bar.beat+n/d`: `3.2` is the second beat of bar 3, `3.2+1/2` half a beat later.
 * Undefined where the text is not a place.
 */
export function parseBarBeat(text: string): BarBeat | undefined {
  const parts = /^([1-9]\d*)\.([1-9]\d*)(?:\+([1-9]\d*)\/([1-9]\d*))?$/.exec(text);
  if (parts === null) return undefined;
  const [, bar, beat, over, under] = parts;
  const fraction = over === undefined ? 0 : Number(over) / Number(under);
  return fraction < 1 ? { bar: Number(bar), beat: Number(beat), fraction } : undefined;
}

/** A run of bars of one meter; `endTick` is where the next meter takes over. */
interface Segment {
  readonly meter: MeterChange;
  readonly firstBar: number;
  readonly endTick: number;
}

function segments(grid: BarGrid): Segment[] {
  const found: Segment[] = [];
  let firstBar = 1;
  for (const [index, meter] of grid.meters.entries()) {
    const endTick = grid.meters[index + 1]?.tick ?? Infinity;
    found.push({ meter, firstBar, endTick });
    firstBar += Math.ceil((endTick - meter.tick) / barTicks(grid.ticksPerQuarter, meter) - SAME_BEAT);
  }
  return found;
}

const tidy = (fraction: number): number => (fraction < 2 * SAME_BEAT ? 0 : fraction - SAME_BEAT);

function fractionText(fraction: number): string {
  if (fraction === 0) return "";
  for (const under of [2, 3, 4, 6, 8, 12, 16, 24, 32]) {
    const over = Math.round(fraction * under);
    if (over > 0 && over < under && Math.abs(over / under - fraction) < 1e-6) return `+${over}/${under}`;
  }
  return `+${fraction.toFixed(2)}`;
}
