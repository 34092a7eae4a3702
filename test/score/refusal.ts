import { expect } from "vitest";
import { CellistError, type ErrorCode } from "../../src/errors.ts";

/** The sentence with which an act is refused; fails where it is not refused with that code in one line. */
export function refusal(code: ErrorCode, act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(CellistError);
    const { code: got, message } = error as CellistError;
    expect({ code: got, lines: message.split("\n").length }, message).toEqual({ code, lines: 1 });
    return message;
  }
  throw new Error(`nothing was refused; ${code} was expected`);
}
