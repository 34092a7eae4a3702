import { messageFromPlain } from "../graph/message-from-plain.ts";
import { schemaOf } from "../schemas.ts";

/** Fields by which answers say that something was not done, where the empty answer would say that it was. */
const NO: Readonly<Record<string, unknown>> = { return_code: 1 };
const SENTENCES: ReadonlySet<string> = new Set(["message", "reason", "error_string"]);

/**
 * An answer to somebody on ROS 2 who asked a service that failed. ROS 2 carries no error of a service, and who gets no answer waits
 * for ever; so it is an empty one: nothing succeeded, nothing is ready, lists are empty, real numbers NaN, and the reason stands
 * where there is a field for a sentence.
 *
 * @param type of the service
 */
export function apology(type: string, { message: reason }: Error): unknown {
  const answer = `${type}_Response`;
  const said = schemaOf(answer).definitions[0]!.definitions.flatMap(({ name, type: of, isArray }) => {
    if (isArray === true) return [];
    if (SENTENCES.has(name) && of === "string") return [[name, reason]];
    if (of === "float32" || of === "float64") return [[name, NaN]];
    return Object.hasOwn(NO, name) ? [[name, NO[name]]] : [];
  });
  return messageFromPlain(answer, Object.fromEntries(said));
}
