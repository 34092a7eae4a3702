/** Why a connection could not be made or kept. */
export type ConnectionErrorCode =
  | "CONNECTION_REFUSED" // nothing listens on that port
  | "UNREACHABLE" // no route, unknown host name, network down
  | "CONNECT_TIMEOUT" // no answer to the TCP handshake
  | "CONNECTION_LOST" // broke after it was up
  | "NO_ANSWER" // up, but nothing, or not what was waited for, came in time
  | "CLOSED" // used after it was closed
  | "ABORTED"; // the caller's AbortSignal fired

/** The transport failed: the message names host and port, `cause` holds the system's error. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly code: ConnectionErrorCode;

  constructor(code: ConnectionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What was given up because the caller's signal fired; `cause` is the signal's reason. */
export function aborted(what: string, signal: AbortSignal | undefined): ConnectionError {
  return new ConnectionError("ABORTED", `Given up on this side: ${what}.`, { cause: signal?.reason });
}

/** A stream that is used after its end. */
export function closedError(where: string): ConnectionError {
  return new ConnectionError("CLOSED", `The connection to ${where} is closed; nothing can be sent on it.`);
}

/** Bytes that break the protocol: the connection they came from cannot be trusted any more and is closed. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code = "PROTOCOL";
}

/** What an RTDE controller refused, or what broke a promise of the client's own interface. */
export type RtdeErrorCode =
  | "VERSION_REFUSED" // neither protocol version 2 nor 1 was accepted
  | "NOT_FOUND" // the controller has no field of that name
  | "IN_USE" // another client, or a fieldbus, owns that input
  | "REFUSED" // start, pause or a recipe was not accepted
  | "TYPE_MISMATCH" // the controller's type of a field is not the one it was asked for as
  | "BAD_VALUE" // a value that does not fit its field, or a frequency that cannot be
  | "TIMEOUT" // no reply to a step
  | "BACKLOG"; // a reader of `packages()` fell too far behind

/** A refusal or a missing answer of an RTDE controller; `fields` names the fields it is about. */
export class RtdeError extends Error {
  override readonly name = "RtdeError";
  readonly code: RtdeErrorCode;
  /** All the fields the error is about, in the order they were asked for; empty if it is about none. */
  readonly fields: readonly string[];
  /** What is wrong with each of them: one recipe can name a field that does not exist and one that is in use. */
  readonly reasons: Readonly<Record<string, RtdeErrorCode>>;

  constructor(
    code: RtdeErrorCode,
    message: string,
    fields: readonly string[] = [],
    reasons: Readonly<Record<string, RtdeErrorCode>> = {},
  ) {
    super(message);
    this.code = code;
    this.fields = fields;
    this.reasons = { ...Object.fromEntries(fields.map((field) => [field, code])), ...reasons };
  }

  /** The first field the error is about. */
  get field(): string | undefined {
    return this.fields[0];
  }
}
