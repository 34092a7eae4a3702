import { InvalidArgumentError } from "commander";

/** An option that is a whole number ≥ 0. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is needed");
  return Number(text);
}
