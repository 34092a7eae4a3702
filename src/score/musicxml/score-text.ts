import { unzipSync } from "fflate";
import { badMusicXml } from "./musicxml-error.ts";
import { childrenOf, parseXml } from "./xml-tree.ts";

/** No score is larger; a zip that claims to be is not unpacked [bytes]. @assumed an orchestral score is some 20 MB */
const LARGEST_BYTES = 64 * 1024 * 1024;

const CONTAINER = "META-INF/container.xml";

/** What the first bytes say a piece is. */
export type PieceFormat = "midi" | "musicxml" | "mxl" | "unknown";

/** MIDI, MusicXML text (UTF-8 or UTF-16) or compressed MusicXML, by the first bytes and not by the file's name. */
export function formatOf(bytes: Uint8Array): PieceFormat {
  const begins = (...start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);
  if (begins(0x4d, 0x54, 0x68, 0x64)) return "midi";
  if (begins(0x50, 0x4b, 0x03, 0x04)) return "mxl";
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return "musicxml";
  const text = new TextDecoder("latin1").decode(bytes.subarray(begins(0xef, 0xbb, 0xbf) ? 3 : 0, 200));
  return text.trimStart().startsWith("<") ? "musicxml" : "unknown";
}

/**
 * The XML text of a `.musicxml` or `.mxl` file.
 *
 * @throws musicxml-invalid for a damaged zip, one without a score in it, or letters that are no UTF-8 or UTF-16
 * @source MusicXML 4.0, compressed files: META-INF/container.xml names the score
 */
export function scoreText(bytes: Uint8Array): string {
  if (formatOf(bytes) !== "mxl") return decoded(bytes, "the file");
  const container = unpacked(bytes, CONTAINER);
  if (container === undefined)
    throw badMusicXml(`the .mxl file holds no ${CONTAINER}, which names its score.`);
  const roots = childrenOf(parseXml(decoded(container, CONTAINER)), "rootfiles").flatMap((files) =>
    childrenOf(files, "rootfile"),
  );
  const isScore = (type: string | undefined): boolean => type === undefined || type.includes("musicxml");
  const path = roots.find(({ attributes }) => isScore(attributes["media-type"]))?.attributes["full-path"];
  if (path === undefined) throw badMusicXml(`the ${CONTAINER} of the .mxl file names no score.`);
  const score = unpacked(bytes, path);
  if (score === undefined)
    throw badMusicXml(`the .mxl file says its score is "${path}", but holds no such file.`);
  return decoded(score, path);
}

function unpacked(zip: Uint8Array, path: string): Uint8Array | undefined {
  try {
    return unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        if (name !== path) return false;
        if (originalSize > LARGEST_BYTES)
          throw badMusicXml(
            `"${path}" in the .mxl file is ${originalSize} bytes; at most ${LARGEST_BYTES} are read.`,
          );
        return true;
      },
    })[path];
  } catch (cause) {
    if (cause instanceof Error && cause.name === "CellistError") throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw badMusicXml(`the .mxl file is a damaged zip (${reason}); export or copy it again.`, cause);
  }
}

function decoded(bytes: Uint8Array, what: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : declaredEncoding(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw badMusicXml(`${what} is not text in ${encoding.toUpperCase()}; export it as UTF-8.`, cause);
  }
}

function declaredEncoding(bytes: Uint8Array): string {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  return /<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? "utf-8";
}
