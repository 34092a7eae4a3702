import { type MidiEvent, parseMidi } from "midi-file";
import { checkSmf } from "./smf-bytes.ts";
import { badMidi } from "./smf-error.ts";

/** One event of a track at its absolute tick, in file order. */
export interface TimedEvent {
  readonly tick: number;
  readonly event: MidiEvent;
}

/** A MIDI file as events: still every track, channel and controller. */
export interface MidiFile {
  readonly ticksPerQuarter: number;
  readonly tracks: readonly (readonly TimedEvent[])[];
  readonly ignored: readonly string[];
}

/**
 * Events of a Standard MIDI File, format 0 or 1, with running status undone and ticks counted from the start.
 *
 * @throws midi-invalid
 */
export function readMidiEvents(bytes: Uint8Array): MidiFile {
  const { ticksPerQuarter, bytes: clean, ignored } = checkSmf(bytes);
  const { tracks } = parsed(clean);
  return { ticksPerQuarter, tracks: tracks.map(withTicks), ignored };
}

function parsed(clean: Uint8Array): ReturnType<typeof parseMidi> {
  try {
    return parseMidi(clean);
  } catch (cause) {
    // midi-file throws plain strings
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw badMidi(`the file holds an event that cannot be read (${reason}).`, undefined, cause);
  }
}

function withTicks(events: readonly MidiEvent[]): TimedEvent[] {
  let tick = 0;
  return events.map((event) => {
    tick += event.deltaTime;
    return { tick, event };
  });
}

/** Text of a meta event: UTF-8 where it is valid UTF-8, Latin-1 otherwise. */
export function metaText(latin1: string): string {
  const bytes = Uint8Array.from(latin1, (letter) => letter.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).trim();
  } catch {
    // not UTF-8: the file's letters are then Latin-1, which is what midi-file gives
    return latin1.trim();
  }
}
