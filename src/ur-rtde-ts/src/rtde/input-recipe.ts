import { type ExtraFields, type InputName, type InputValue } from "./fields.ts";
import { type EncodableRecord, type FieldType, compileLayout } from "../protocol/data-layout.ts";
import { encodeDataPackage } from "../protocol/data-package.ts";
import { type RtdeEncodable } from "../protocol/rtde-type.ts";

/** The values of an input recipe by name: all of them, every time. */
export type InputValues<Name extends string, Extra extends ExtraFields> = {
  readonly [N in Name]: N extends keyof Extra
    ? RtdeEncodable<Extra[N]>
    : N extends InputName
      ? InputValue<N>
      : never;
};

/** A set of inputs the controller agreed to take from this client. It keeps the last values sent. */
export interface InputRecipe<Values extends object = EncodableRecord> {
  /** The controller's number of the recipe, 1 to 255. */
  readonly id: number;
  readonly fields: readonly FieldType[];
  /**
   * Sends all the recipe's values in one package. Works before `start` as well.
   * @throws RtdeError BAD_VALUE with the field that does not fit; ConnectionError CLOSED.
   */
  send(values: Values): void;
}

/** @param write puts bytes on the connection, or throws if it is closed */
export function openInputRecipe(
  id: number,
  fields: readonly FieldType[],
  write: (bytes: Uint8Array) => void,
): InputRecipe {
  const layout = compileLayout(fields);
  return { id, fields, send: (values) => write(encodeDataPackage(layout, id, values)) };
}
