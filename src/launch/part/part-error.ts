import { CellistError } from "../../errors.ts";
import type { PartError } from "./wire.ts";

/** An error as it goes over a wire, with what is behind it. */
export function partError(error: unknown): PartError {
  const { message, cause } = error as Error;
  return {
    code: error instanceof CellistError ? error.code : undefined,
    message,
    ...(error instanceof CellistError && cause instanceof Error && { cause: partError(cause) }),
  };
}

/** The error that it was. */
export function errorOfPart({ code, message, cause }: PartError): Error {
  const behind = cause && errorOfPart(cause);
  return code === undefined ? new Error(message) : new CellistError(code, message, {}, behind);
}
