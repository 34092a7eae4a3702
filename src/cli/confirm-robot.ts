import { createInterface } from "node:readline/promises";
import { CellistError } from "../errors.ts";

/** Which arm, and whether it was confirmed on the command line. */
export interface RobotOptions {
  readonly robot: string;
  readonly portOffset: number;
  readonly confirm?: string;
}

/**
 * Has a person confirm what is done to a real arm.
 *
 * @param text what it is going to do
 * @param given the address as given on the command line
 * @param purpose what typing the address is for
 * @returns the address as confirmed
 * @throws CellistError not-confirmed
 */
export async function confirmRobot(
  text: string,
  address: string,
  given: string | undefined,
  purpose = "let it move",
): Promise<string> {
  if (given === address) return given;
  if (given !== undefined || !process.stdin.isTTY)
    throw new CellistError("not-confirmed", `${text} Nothing has moved: confirm with --confirm ${address}`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await lines.question(`${text}\nStand clear. Type ${address} to ${purpose}: `);
  lines.close();
  if (typed.trim() !== address)
    throw new CellistError("not-confirmed", `${address} was not confirmed; nothing has moved`);
  return typed.trim();
}
