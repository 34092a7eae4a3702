import { CellistError } from "../errors.ts";
import { metaText, type TimedEvent } from "./midi-events.ts";

/** One track and channel that has notes: what `--part` chooses between. */
export interface Part {
  /** 1-based, counting only tracks and channels that have notes. */
  readonly number: number;
  /** Track name, or instrument name, or "track 2 channel 1". */
  readonly name: string;
  /** 0-based position of the track in the file. */
  readonly track: number;
  /** MIDI channel 0..15. */
  readonly channel: number;
  readonly noteCount: number;
}

/** The parts of a file in file order. Empty where no note sounds. */
export function findParts(tracks: readonly (readonly TimedEvent[])[]): Part[] {
  const parts: Part[] = [];
  for (const [track, events] of tracks.entries()) {
    const counts = new Map<number, number>();
    for (const { event } of events)
      if (event.type === "noteOn") counts.set(event.channel, (counts.get(event.channel) ?? 0) + 1);
    for (const [channel, noteCount] of [...counts].sort(([a], [b]) => a - b)) {
      const name = nameOfTrack(events) ?? `track ${track + 1} channel ${channel + 1}`;
      parts.push({ number: parts.length + 1, name, track, channel, noteCount });
    }
  }
  return parts;
}

/**
 * The part to play: the only one, or the one asked for by number or by name (capitals do not matter).
 *
 * @throws score-invalid, listing the parts, where the choice is open or names none or several
 */
export function choosePart(parts: readonly Part[], wanted: number | string | undefined): Part {
  if (parts.length === 0) throw new CellistError("score-invalid", "the file holds no notes.");
  if (wanted === undefined) {
    if (parts.length === 1) return parts[0]!;
    throw new CellistError("score-invalid", `${parts.length} parts play; choose one: ${listParts(parts)}.`);
  }
  const found = parts.filter((part) => isWanted(part, String(wanted).trim().toLowerCase()));
  if (found.length === 1) return found[0]!;
  const problem = found.length === 0 ? "there is no part" : `${found.length} parts are called`;
  throw new CellistError(
    "score-invalid",
    `${problem} "${wanted}"; choose one by number: ${listParts(parts)}.`,
  );
}

/** `1 "Violin" (track 1, channel 1, 120 notes)`, parts separated by semicolons. */
export const listParts = (parts: readonly Part[]): string => parts.map(sayPart).join("; ");

/** One part as it is listed for a choice; tracks and channels count from 1. */
export function sayPart(part: Part): string {
  const notes = part.noteCount === 1 ? "1 note" : `${part.noteCount} notes`;
  return `${part.number} "${part.name}" (track ${part.track + 1}, channel ${part.channel + 1}, ${notes})`;
}

/** Name a track gives itself. */
export function nameOfTrack(events: readonly TimedEvent[]): string | undefined {
  for (const type of ["trackName", "instrumentName"] as const)
    for (const { event } of events) {
      const name = event.type === type ? metaText(event.text) : "";
      if (name !== "") return name;
    }
  return undefined;
}

const isWanted = (part: Part, wanted: string): boolean =>
  /^\d+$/.test(wanted) ? part.number === Number(wanted) : part.name.toLowerCase() === wanted;
