/** Why a file gives no kinematics. */
export type CalibrationErrorCode =
  | "UNREADABLE" // the file cannot be read
  | "NOT_POLYSCOPE" // neither gzip nor XML
  | "NO_KINEMATICS" // nothing of the kind is in it
  | "BAD_VALUE"; // something is missing, or is not six numbers

/** A file without the kinematics that were hoped for; the message names it. */
export class CalibrationError extends Error {
  override readonly name = "CalibrationError";
  readonly code: CalibrationErrorCode;

  constructor(code: CalibrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
