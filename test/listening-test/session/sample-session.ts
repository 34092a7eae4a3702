import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPiece } from "../../../src/score/piece.ts";
import type { Score } from "../../../src/score/score.ts";
import { encodeWav } from "../../../src/sound/wav.ts";
import { beginTake, takeFromWav } from "../../../src/listening-test/session/record-take.ts";
import { piecesOf } from "../../../src/listening-test/session/protocol.ts";
import { SessionFolder } from "../../../src/listening-test/session/session-folder.ts";
import { mechanicalRendition } from "../../../src/listening-test/stimuli/mechanical.ts";

export const EXAMPLE = readFileSync("data/listening/example/session.yaml", "utf8");

export const scoreOf = (piece: string): Score =>
  readPiece(new Uint8Array(readFileSync(`data/pieces/${piece}.mid`)), undefined).score;

/** The example session on the disk, with `change` made to its protocol. */
export function newSession(folder: string, change: (yaml: string) => string = (yaml) => yaml): SessionFolder {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "session.yaml"), change(EXAMPLE));
  for (const language of ["en", "de"])
    writeFileSync(
      join(folder, `consent.${language}.txt`),
      readFileSync(`data/listening/consent/${language}.txt`, "utf8"),
    );
  return SessionFolder.open(folder);
}

/** Fewer and shorter excerpts, so that a test need not wait. */
export const small = (yaml: string): string =>
  yaml
    .replace(
      /items:[\s\S]*?practice:/,
      "items:\n  - { id: a, piece: twinkle, bars: [1, 2] }\n  - { id: b, piece: twinkle, bars: [3, 4] }\npractice:",
    )
    .replace(/practice:\n[\s\S]*?\n\n/, "practice:\n  - { id: c, piece: twinkle, bars: [5, 5] }\n\n")
    .replace(/sampleRateHz.*\n/, "")
    .replace("stimuli:\n", "stimuli:\n  sampleRateHz: 24000\n");

/** A take of every performer and piece, by the mechanical rendition at different loudness and with a constant offset. */
export function recordEverything(session: SessionFolder): void {
  for (const piece of piecesOf(session.protocol)) {
    const score = scoreOf(piece);
    const { samples, sampleRateHz } = mechanicalRendition(score);
    session.protocol.performers.forEach((performer, p) => {
      const changed = samples.map((v) => v * (0.3 + 0.3 * p) + 0.002 * p);
      const take = beginTake(session, performer.id, piece);
      const wav = encodeWav({ sampleRateHz, channels: [changed] });
      takeFromWav(session, take, wav, { score, source: "imported", startsAtS: 0.5 });
      session.note({ kind: "take-kept", take: take.id });
    });
  }
}
