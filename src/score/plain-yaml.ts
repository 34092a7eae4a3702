import { parse, YAMLError } from "yaml";
import { CellistError } from "../errors.ts";

/**
 * A YAML text in which every scalar stays text: as a number, bar 1 beat 10 (`1.10`) would become bar 1 beat 1.
 *
 * @param what it is called in the sentence of a refusal
 * @returns undefined for an empty text
 * @throws markings-invalid with the line
 */
export function plainYaml(text: string, what: "markings" | "locks"): unknown {
  try {
    const value: unknown = parse(text, { schema: "failsafe" });
    return value === "" ? undefined : value;
  } catch (cause) {
    if (!(cause instanceof YAMLError)) throw cause;
    const line = cause.linePos?.[0].line;
    const reason = cause.message.split(/ at line \d|\n/)[0]!;
    throw new CellistError(
      "markings-invalid",
      `the ${what} are not YAML${line === undefined ? "" : ` at line ${line}`}: ${reason}.`,
      { line },
      cause,
    );
  }
}
