import type { Response } from "../design/method.ts";

/** A listener, as stored. */
export interface ParticipantRow {
  readonly id: string;
  readonly cell: number;
  readonly seed: number;
  readonly language: string;
  readonly mode: string;
  readonly consent_version: string;
  readonly consent_sha256: string;
  /** JSON, null until given. */
  readonly background: string | null;
  readonly headphones: string | null;
  readonly started_ms: number;
  readonly finished_ms: number | null;
}

export interface Enrolment {
  readonly language: string;
  readonly mode: string;
  readonly consentVersion: string;
  readonly consentSha256: string;
}

export interface SentAnswer {
  readonly position: number;
  /** Chosen by the browser; the same answer sent twice is one answer. */
  readonly answerId: string;
  readonly response: Response;
  readonly playedMs: number;
}

export type AnswerRefusal =
  | { readonly kind: "other-answer-stands"; readonly position: number }
  | { readonly kind: "not-this-trial"; readonly position: number; readonly next: number };
