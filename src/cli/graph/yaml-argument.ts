import { parse } from "yaml";
import { CellistError } from "../../errors.ts";

/** What a person wrote as YAML on the command line. @throws CellistError `usage` */
export function yamlArgument(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (cause) {
    const line = String((cause as Error).message).split("\n")[0]!;
    throw new CellistError("usage", `"${text}" is not YAML, as in "{data: true}": ${line}`, {}, cause);
  }
}
