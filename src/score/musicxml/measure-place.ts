import type { CellistError } from "../../errors.ts";
import type { MeterChange } from "../score.ts";
import { badMusicXml } from "./musicxml-error.ts";

export type Meter = Omit<MeterChange, "tick">;

/** Where in a MusicXML file something stands, as its reader's notation program shows it. */
export interface MeasurePlace {
  readonly part: string;
  /** The measure's own number or name. */
  readonly measure: string;
  readonly meter: Meter;
  readonly ticksPerQuarter: number;
}

/** `part "Cello", measure 12, beat 3+1/2` */
export function sayMeasurePlace(place: MeasurePlace, offsetTicks: number): string {
  const beats = (offsetTicks * place.meter.beatUnit) / (4 * place.ticksPerQuarter);
  const beat = Math.floor(beats + 1e-9);
  return `part "${place.part}", measure ${place.measure}, beat ${beat + 1}${sayFraction(beats - beat)}`;
}

/** A file that cannot be read, at a place. */
export const badAt = (place: MeasurePlace, offsetTicks: number, sentence: string): CellistError =>
  badMusicXml(`${sayMeasurePlace(place, offsetTicks)}: ${sentence}`);

function sayFraction(share: number): string {
  for (const under of [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]) {
    const over = Math.round(share * under);
    if (Math.abs(over / under - share) < 1e-6) return over === 0 ? "" : `+${over}/${under}`;
  }
  return `+${share.toFixed(2)}`;
}
