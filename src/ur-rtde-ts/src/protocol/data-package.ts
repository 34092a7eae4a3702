import { ProtocolError } from "../connection/errors.ts";
import { type DataLayout, type EncodableRecord } from "./data-layout.ts";
import { type Frame } from "../connection/frame-decoder.ts";
import { emptyPackage } from "./package-bytes.ts";
import { packageType } from "./package-type.ts";

/**
 * A data package with the fields of `record`. Always freshly allocated, because a socket may keep it.
 * @param recipeId `undefined` for a controller speaking version 1, whose packages carry none
 * @throws RtdeError BAD_VALUE with the field that does not fit.
 */
export function encodeDataPackage(
  layout: DataLayout,
  recipeId: number | undefined,
  record: EncodableRecord,
): Uint8Array {
  const idBytes = recipeId === undefined ? 0 : 1;
  const { bytes, view } = emptyPackage(packageType.data, idBytes + layout.byteLength);
  if (recipeId !== undefined) bytes[3] = recipeId;
  layout.encodeInto(view, 3 + idBytes, record);
  return bytes;
}

/** The recipe id of a data package that carries one. @throws ProtocolError if it is empty. */
export function recipeIdOf(frame: Frame): number {
  if (frame.end === frame.start) throw new ProtocolError("RTDE: a data package without recipe id.");
  return frame.view.getUint8(frame.start);
}
