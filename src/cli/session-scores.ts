import { CellistError } from "../errors.ts";
import { piecesOf, type Performer } from "../listening-test/session/protocol.ts";
import type { SessionFolder } from "../listening-test/session/session-folder.ts";
import { scaleTempo } from "../score/scale-tempo.ts";
import type { Score } from "../score/score.ts";
import { loadPiece } from "../shelf/load-piece.ts";

/** The scores of all pieces of a session, at its tempo. */
export async function scoresOf(session: SessionFolder): Promise<ReadonlyMap<string, Score>> {
  const scores = new Map<string, Score>();
  for (const piece of piecesOf(session.protocol))
    scores.set(piece, scaleTempo((await loadPiece(piece)).score, session.protocol.tempo));
  return scores;
}

export function scoreIn(scores: ReadonlyMap<string, Score>, piece: string): Score {
  const score = scores.get(piece);
  if (score) return score;
  throw new CellistError(
    "usage",
    `the protocol has no piece "${piece}"; it has ${[...scores.keys()].join(", ")}`,
  );
}

/** @throws CellistError `usage` for somebody who is not in the protocol */
export function performerOf(session: SessionFolder, id: string): Performer {
  const { performers } = session.protocol;
  const found = performers.find((p) => p.id === id);
  if (found) return found;
  throw new CellistError(
    "usage",
    `there is no performer "${id}"; the protocol has ${performers.map((p) => p.id).join(", ")}`,
  );
}
