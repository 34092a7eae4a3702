import { InvalidArgumentError } from "commander";

/** An option that is a whole number ≥ 0. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is needed");
  return Number(text);
}

/** An option that is a whole number ≥ 1. */
export function countingNumber(text: string): number {
  if (!/^0*[1-9]\d*$/.test(text)) throw new InvalidArgumentError("a whole number of at least 1 is needed");
  return Number(text);
}
