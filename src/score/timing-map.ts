import type { TimedEvent } from "./midi-events.ts";
import type { BarGrid } from "./position.ts";
import type { KeyChange, MeterChange } from "./score.ts";
import { badMidi } from "./smf-error.ts";
import type { TempoChange } from "./tempo.ts";

/** Tempo, meter and key of the whole file, whichever track they stood in. */
export interface TimingMap extends BarGrid {
  readonly tempos: readonly TempoChange[];
  readonly keys: readonly KeyChange[];
  readonly ignored: readonly string[];
}

/** @source Standard MIDI File 1.0: 120 quarters a minute until the first set-tempo event */
const DEFAULT_US_PER_QUARTER = 500_000;
/** @source Standard MIDI File 1.0: 4/4 until the first time-signature event */
const DEFAULT_METER = { beatsPerBar: 4, beatUnit: 4 };

/**
 * Tempo map, meters and keys of a file. The last of several events at one tick holds.
 *
 * @throws midi-invalid for a tempo of zero or a meter without beats
 */
export function readTimingMap(
  ticksPerQuarter: number,
  tracks: readonly (readonly TimedEvent[])[],
): TimingMap {
  const tempos = new Map<number, TempoChange>([[0, { tick: 0, usPerQuarter: DEFAULT_US_PER_QUARTER }]]);
  const meters = new Map<number, MeterChange>([[0, { tick: 0, ...DEFAULT_METER }]]);
  const keys = new Map<number, KeyChange>();
  const ignored: string[] = [];
  for (const { tick, event } of tracks.flat()) {
    if (event.type === "setTempo") tempos.set(tick, checkedTempo(tick, event.microsecondsPerBeat));
    if (event.type === "timeSignature")
      meters.set(tick, checkedMeter(tick, event.numerator, event.denominator));
    if (event.type === "keySignature") {
      if (Math.abs(event.key) > 7 || event.scale > 1)
        ignored.push(`key signature of ${event.key} sharps at tick ${tick}: no such key, ignored`);
      else keys.set(tick, { tick, fifths: event.key, minor: event.scale === 1 });
    }
  }
  return { ticksPerQuarter, tempos: sorted(tempos), meters: sorted(meters), keys: sorted(keys), ignored };
}

function checkedTempo(tick: number, usPerQuarter: number): TempoChange {
  if (usPerQuarter === 0) throw badMidi(`the tempo at tick ${tick} is 0 microseconds a quarter note.`);
  return { tick, usPerQuarter };
}

function checkedMeter(tick: number, beatsPerBar: number, beatUnit: number): MeterChange {
  if (beatsPerBar === 0 || beatUnit < 1 || beatUnit > 64)
    throw badMidi(`the time signature at tick ${tick} is ${beatsPerBar}/${beatUnit}, which is no meter.`);
  return { tick, beatsPerBar, beatUnit };
}

const sorted = <T extends { readonly tick: number }>(changes: ReadonlyMap<number, T>): T[] =>
  [...changes.values()].sort((a, b) => a.tick - b.tick);
