import type { StudyIdentity } from "../store/study-store.ts";

/** What a study asks of its listeners and their devices. */
export interface StudyRules {
  readonly minimumAge: number;
  /** Woods' check: needed to go on, noted only, or left out (a lab with its own headphones). */
  readonly headphones: "required" | "recorded" | "off";
  /** Whether listeners are told that half of the recordings are human. */
  readonly baseRate: "stated" | "unstated";
  /** Share of a recording that must have been played before an answer is taken. */
  readonly playedShare: number;
  readonly minutes: number;
  /** Of the stimuli; the noise for setting the volume is as loud [LUFS]. */
  readonly loudnessLufs: number;
}

export interface Consent {
  readonly version: string;
  readonly sha256: string;
  readonly paragraphs: readonly string[];
}

/** A study as the server needs it; it never holds the key. */
export interface OpenStudy extends StudyIdentity {
  readonly title: string;
  readonly rules: StudyRules;
  /** By language, as `en`. */
  readonly consent: ReadonlyMap<string, Consent>;
  readonly texts: ReadonlyMap<string, unknown>;
  /** Bytes of a WAV file by the id of the stimulus. */
  readonly recordings: ReadonlyMap<string, Uint8Array>;
}

/** `kiosk`: one machine in a lab, listener after listener. `network`: listeners' own devices. */
export type ServerMode = "kiosk" | "network";
