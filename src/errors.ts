/** Stable, greppable names. A code is never reused for a different meaning. */
export type ErrorCode =
  | "usage"
  | "file-unreadable"
  | "file-unwritable"
  | "midi-invalid"
  | "musicxml-invalid"
  | "score-invalid"
  | "markings-invalid"
  | "calibration-invalid"
  | "cell-invalid"
  | "profile-invalid"
  | "unplayable"
  | "script-invalid"
  | "port-taken"
  | "robot-unreachable"
  | "robot-not-ready"
  | "robot-stopped"
  | "not-confirmed"
  | "bag-unreadable"
  | "graph-name-taken"
  | "graph-name-invalid"
  | "graph-unreachable"
  | "message-invalid"
  | "service-missing"
  | "service-failed"
  | "service-timeout"
  | "action-rejected"
  | "parameter-invalid"
  | "node-refused"
  | "node-crashed"
  | "node-hangs"
  | "launch-invalid"
  | "ros-unusable"
  | "log-closed"
  | "wav-invalid"
  | "flac-invalid"
  | "take-unheard"
  | "log-incomplete"
  | "session-invalid"
  | "session-state"
  | "study-invalid"
  | "study-frozen"
  | "key-sealed";

/**
 * Bad input from outside the process: a file, a peer, a setting. The command line prints `message` as one
 * line and exits with 1 (2 for `usage`); no stack trace is shown.
 *
 * Expected planning outcomes are not errors; they are values (see `Outcome`).
 * A broken promise between the project's own functions is not this either; that is `assert`.
 */
export class CellistError extends Error {
  override readonly name = "CellistError";
  readonly code: ErrorCode;
  readonly detail: Readonly<Record<string, unknown>>;

  /** @param message one sentence: what, where, how much, which limit, what to do */
  constructor(code: ErrorCode, message: string, detail: Record<string, unknown> = {}, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.detail = detail;
  }
}
