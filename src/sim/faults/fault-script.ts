import { ok, type Outcome, refuse } from "../../outcome.ts";
import { FAULT_COMMANDS, readFault, type ReadFault } from "./fault-commands.ts";

/** A fault and its moment: seconds from the start of the simulated controller. */
export interface TimedFault {
  readonly timeS: number;
  readonly fault: ReadFault;
  /** Of the file, from 1. */
  readonly line: number;
}

/**
 * Reads a script of faults: a line each, `time command`. `+0.5` counts from the line before; `#` begins a comment.
 *
 *     2.0   protective-stop
 *     +5.5  unlock
 *
 * @returns the faults in order of time; or what is wrong with the first bad line
 */
export function parseFaultScript(text: string): Outcome<readonly TimedFault[], string> {
  const faults: TimedFault[] = [];
  let beforeS = 0;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(/#.*/, "").trim();
    if (line === "") continue;
    const [when = "", ...rest] = line.split(/\s+/);
    const place = `line ${index + 1}`;
    const seconds = Number(when.replace(/^\+/, ""));
    if (when === "+" || !(seconds >= 0)) return refuse(`${place}: "${when}" is not a time in seconds`);
    const fault = readFault(rest.join(" "));
    if (!fault.ok) return refuse(`${place}: ${fault.why}`);
    beforeS = when.startsWith("+") ? beforeS + seconds : seconds;
    faults.push({ timeS: beforeS, fault: fault.value, line: index + 1 });
  }
  return ok([...faults].sort((a, b) => a.timeS - b.timeS || a.line - b.line));
}

/** Names of all faults, for messages. */
export const faultNames = (): string => [...FAULT_COMMANDS.keys()].join(", ");
