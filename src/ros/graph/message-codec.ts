import { MessageReader } from "@foxglove/rosmsg2-serialization";
import { CellistError } from "../../errors.ts";
import { CdrEncoder } from "../cdr-encoder.ts";
import { schemaOf } from "../schemas.ts";

const readers = new Map<string, MessageReader>();

/** A message of a known type from its CDR bytes. Numbers in rows become typed arrays. */
export function decodeCdr(type: string, cdr: Uint8Array): unknown {
  let reader = readers.get(type);
  if (!reader) {
    const { definitions } = schemaOf(type);
    reader = new MessageReader([...definitions]);
    readers.set(type, reader);
  }
  return schemaOf(type).definitions[0]!.definitions.length === 0 ? {} : reader.readMessage(cdr);
}

/** Encoders by type; the bytes of one are good until the next message of the type. */
export class Encoders {
  readonly #encoders = new Map<string, CdrEncoder>();

  /** @throws CellistError `message-invalid`, naming topic or service, field and value */
  encode(type: string, message: unknown, where: string): Uint8Array {
    let encoder = this.#encoders.get(type);
    if (!encoder) this.#encoders.set(type, (encoder = new CdrEncoder(schemaOf(type))));
    try {
      return encoder.encode(message);
    } catch (cause) {
      throw new CellistError("message-invalid", `${where}: ${(cause as Error).message}`, { type }, cause);
    }
  }
}
