import { badMusicXml } from "./musicxml/musicxml-error.ts";
import { formatOf } from "./musicxml/score-text.ts";

/** What the names of MusicXML files promise, and how such a file begins. */
const PROMISED: ReadonlyMap<string | undefined, readonly [what: string, start: string]> = new Map([
  ["musicxml", ["MusicXML", '"<"']],
  ["xml", ["MusicXML", '"<"']],
  ["mxl", ["compressed MusicXML", 'the "PK" of a zip']],
]);

/**
 * Refuses a file that is named as MusicXML and is nothing that can be read; without this it would be taken for a broken MIDI
 * file. One that holds another readable kind than its name says is read as what it is.
 *
 * @throws musicxml-invalid
 */
export function refuseMisnamed(name: string, bytes: Uint8Array): void {
  const promised = PROMISED.get(/\.(\w+)$/.exec(name)?.[1]?.toLowerCase());
  if (promised === undefined || formatOf(bytes) !== "unknown") return;
  const [what, start] = promised;
  if (bytes.length === 0) throw badMusicXml(`the file is empty (0 bytes); a ${what} score is needed.`);
  const begins = JSON.stringify(new TextDecoder("latin1").decode(bytes.subarray(0, 4)));
  throw badMusicXml(`not a ${what} file: it begins with ${begins}, where ${start} must stand.`);
}
