import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { CellistError } from "../errors.ts";
import { nearestName } from "../planning/nearest-name.ts";
import { refuseMisnamed } from "../score/misnamed.ts";
import { readPiece, type Piece } from "../score/piece.ts";
import type { ReadScoreOptions } from "../score/read-score.ts";
import { PACKAGE_ROOT } from "./package-root.ts";
import { readInput, readInputText } from "./read-input.ts";

const PIECES = join(PACKAGE_ROOT, "data/pieces");

/** Names of the pieces that come with the program. */
export const shippedPieces = (): readonly string[] =>
  readdirSync(PIECES)
    .filter((file) => file.endsWith(".mid"))
    .map((file) => basename(file, ".mid"));

/**
 * A shipped piece by its name, or any MusicXML or MIDI file by its path; with MIDI goes the markings file beside it where there
 * is one.
 */
export async function loadPiece(
  nameOrPath: string,
  options: Omit<ReadScoreOptions, "markings"> = {},
): Promise<Piece> {
  const path = pathOf(nameOrPath);
  const bytes = await readInput(path, "piece");
  const marksPath = path.replace(/\.midi?$/i, ".marks.yaml");
  const marks =
    marksPath !== path && existsSync(marksPath) ? await readInputText(marksPath, "markings") : undefined;
  try {
    refuseMisnamed(path, bytes);
    return readPiece(bytes, marks, options);
  } catch (error) {
    if (!(error instanceof CellistError)) throw error;
    throw new CellistError(error.code, `${nameOrPath}: ${error.message}`, { ...error.detail }, error);
  }
}

function pathOf(nameOrPath: string): string {
  if (existsSync(nameOrPath) || /[./\\]/.test(nameOrPath)) return fromAnyFolder(nameOrPath);
  const names = shippedPieces();
  if (names.includes(nameOrPath)) return join(PIECES, `${nameOrPath}.mid`);
  const parts = names.filter((name) => name.includes(nameOrPath));
  const near = parts.length > 0 ? parts.join(" or ") : nearestName(nameOrPath, names);
  const hint = near === undefined ? "`cellist pieces` lists the shipped ones" : `did you mean ${near}?`;
  throw new CellistError("file-unreadable", `there is no piece "${nameOrPath}"; ${hint}`);
}

const fromAnyFolder = (path: string): string => {
  const shipped = join(PACKAGE_ROOT, path);
  return !existsSync(path) && existsSync(shipped) ? shipped : path;
};
