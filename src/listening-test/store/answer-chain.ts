import { createHash } from "node:crypto";

/** An answer as it is stored: never changed, each holding the hash of the one before of the same listener. */
export interface StoredAnswer {
  readonly participant: string;
  readonly position: number;
  readonly answer_id: string;
  /** JSON of a `Response`. */
  readonly response: string;
  /** Hashes of the recordings heard, joined by spaces, in order of the slots. */
  readonly stimulus_sha256: string;
  readonly played_ms: number;
  readonly received_ms: number;
  readonly previous_sha256: string;
  readonly sha256: string;
}

export const CHAIN_START = "0".repeat(64);

/** The hash that seals an answer and all before it. */
export const answerHash = (answer: Omit<StoredAnswer, "sha256">): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        answer.previous_sha256,
        answer.participant,
        answer.position,
        answer.answer_id,
        answer.response,
        answer.stimulus_sha256,
        answer.played_ms,
        answer.received_ms,
      ]),
    )
    .digest("hex");

/** The first answer of one listener that was changed, or before which one was taken out; undefined where all hold. */
export function brokenLink(inOrder: readonly StoredAnswer[]): StoredAnswer | undefined {
  let previous = CHAIN_START;
  for (const answer of inOrder) {
    if (answer.previous_sha256 !== previous || answerHash(answer) !== answer.sha256) return answer;
    previous = answer.sha256;
  }
  return undefined;
}
