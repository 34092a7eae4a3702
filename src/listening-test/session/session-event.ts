import type { TakeQuality } from "./take-quality.ts";

/** A moment of the score and where it is in a take's sound [s]. */
export interface TimeAnchor {
  readonly scoreS: number;
  readonly audioS: number;
}

/** A file as it was when it was taken in; it never changes after. */
export interface KeptFile {
  /** Relative to the session's folder. */
  readonly path: string;
  readonly sha256: string;
}

/** Everything that can happen in a session. */
export type SessionEvent =
  | { readonly kind: "session-begun"; readonly protocolSha256: string }
  | { readonly kind: "protocol-changed"; readonly protocolSha256: string }
  | {
      readonly kind: "take-started";
      readonly take: string;
      readonly performer: string;
      readonly piece: string;
      readonly number: number;
    }
  | {
      readonly kind: "take-recorded";
      readonly take: string;
      readonly source: "robot" | "recorded" | "imported" | "mechanical" | "simulated";
      readonly audio: KeptFile;
      readonly bag?: KeptFile;
      /** Sound of the bag and recording of the room: how far apart they are, and how sure that is [s, -]. */
      readonly alignment?: { readonly offsetS: number; readonly correlation: number };
      /** At every bar line; rising. */
      readonly anchors: readonly TimeAnchor[];
      readonly quality: TakeQuality;
    }
  | { readonly kind: "take-kept"; readonly take: string }
  | { readonly kind: "take-rejected"; readonly take: string; readonly reason: string }
  | { readonly kind: "note"; readonly text: string; readonly take?: string }
  | {
      readonly kind: "stimuli-made";
      readonly manifestSha256: string;
      readonly keySha256: string;
      readonly count: number;
    }
  | { readonly kind: "plan-locked"; readonly planSha256: string }
  | { readonly kind: "test-opened"; readonly mode: string }
  | { readonly kind: "frozen"; readonly answersSha256: string }
  | { readonly kind: "key-opened" }
  | { readonly kind: "reported"; readonly reportSha256: string };
