import { CellistError } from "../errors.ts";
import { metaText, type TimedEvent } from "./midi-events.ts";

/** What `--part` chooses between. */
export interface NamedPart {
  /** 1-based. */
  readonly number: number;
  readonly name: string;
  /** Where it is in its file: "track 1, channel 1" or "P1". */
  readonly place: string;
  readonly noteCount: number;
}

/** One track and channel that has notes; numbers count only these, names are the track's or the instrument's. */
export interface Part extends NamedPart {
  /** 0-based position of the track in the file. */
  readonly track: number;
  /** MIDI channel 0..15. */
  readonly channel: number;
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
      const place = `track ${track + 1}, channel ${channel + 1}`;
      parts.push({ number: parts.length + 1, name, place, track, channel, noteCount });
    }
  }
  return parts;
}

/**
 * The part to play: the only one, or the one asked for by number or by name (capitals do not matter, a part of it will do).
 *
 * @throws score-invalid, listing the parts, where the choice is open or names none or several
 */
export function choosePart<P extends NamedPart>(parts: readonly P[], wanted: number | string | undefined): P {
  if (parts.length === 0) throw new CellistError("score-invalid", "the file holds no notes.");
  if (wanted === undefined) {
    if (parts.length === 1) return parts[0]!;
    throw new CellistError("score-invalid", `${parts.length} parts play; choose one: ${listParts(parts)}.`);
  }
  const said = String(wanted).trim().toLowerCase();
  const exact = parts.filter((part) => isWanted(part, said));
  const isPartOf = ({ name }: P): boolean => !isNumber(said) && name.toLowerCase().includes(said);
  const found = exact.length > 0 ? exact : parts.filter(isPartOf);
  if (found.length === 1) return found[0]!;
  const problem = found.length === 0 ? "there is no part" : `${found.length} parts are called`;
  throw new CellistError(
    "score-invalid",
    `${problem} "${wanted}"; choose one by number: ${listParts(parts)}.`,
  );
}

/** `1 "Violin" (track 1, channel 1, 120 notes)`, parts separated by semicolons. */
export const listParts = (parts: readonly NamedPart[]): string => parts.map(sayPart).join("; ");

/** One part as it is listed for a choice. */
function sayPart({ number, name, place, noteCount }: NamedPart): string {
  return `${number} "${name}" (${place}, ${noteCount === 1 ? "1 note" : `${noteCount} notes`})`;
}

/** What is said of the parts that were not chosen. */
export const otherParts = (parts: readonly NamedPart[], chosen: NamedPart): string[] =>
  parts.filter((part) => part !== chosen).map((part) => `part ${sayPart(part)}: not played`);

/** Name a track gives itself. */
export function nameOfTrack(events: readonly TimedEvent[]): string | undefined {
  for (const type of ["trackName", "instrumentName"] as const)
    for (const { event } of events) {
      const name = event.type === type ? metaText(event.text) : "";
      if (name !== "") return name;
    }
  return undefined;
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);

const isWanted = (part: NamedPart, wanted: string): boolean =>
  isNumber(wanted) ? part.number === Number(wanted) : part.name.toLowerCase() === wanted;
