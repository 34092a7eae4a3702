import { messageFromPlain } from "../graph/message-from-plain.ts";
import { schemaOf } from "../schemas.ts";

/** Fields by which answers say that something was not done, where the empty answer would say that it was. */
const NO: Readonly<Record<string, unknown>> = { return_code: 1 };
const SENTENCES: ReadonlySet<string> = new Set(["message", "reason", "error_string"]);

/** What somebody on ROS 2 is answered whose service failed, and what of the failure can be seen in it. */
export interface Apology {
  readonly answer: unknown;
  /** In words, for the log: "an answer with the reason". */
  readonly seen: string;
}

/**
 * An answer to somebody on ROS 2 who asked a service that failed. ROS 2 carries no error of a service, and who gets no answer waits
 * for ever; so it is an empty one: nothing succeeded, nothing is ready, lists are empty, real numbers NaN, and the reason stands
 * where there is a field for a sentence. An answer without any field cannot say anything and looks like success.
 *
 * @param type of the service
 */
export function apology(type: string, { message: reason }: Error): Apology {
  const answer = `${type}_Response`;
  const fields = schemaOf(answer).definitions[0]!.definitions;
  const said = fields.flatMap(({ name, type: of, isArray }) => {
    if (isArray === true) return [];
    if (SENTENCES.has(name) && of === "string") return [[name, reason]];
    if (of === "float32" || of === "float64") return [[name, NaN]];
    return Object.hasOwn(NO, name) ? [[name, NO[name]]] : [];
  });
  const seen = said.some(([, value]) => value === reason)
    ? "an answer with the reason"
    : fields.length === 0
      ? "an answer that looks like success, because it has no field to say otherwise"
      : "an empty answer, which has no field for the reason";
  return { answer: messageFromPlain(answer, Object.fromEntries(said)), seen };
}
