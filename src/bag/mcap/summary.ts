import { MCAP_MAGIC, McapStreamReader, Opcode, type McapTypes } from "@mcap/core";
import { crc32 } from "node:zlib";
import type { FileSource } from "../file-source.ts";

const FOOTER_BYTES = 9 + 8 + 8 + 4;

/** What stands at the end of an MCAP file. */
export interface Ending {
  /** First byte after the last record of data and summary: where the footer begins, or the file ends. */
  readonly endOffset: number;
  /** The footer is there: the writer came to its end. */
  readonly complete: boolean;
  /** Records of the summary; none if it has none. */
  readonly summary: readonly McapTypes.TypedMcapRecord[];
  /** Where the summary begins; `endOffset` without one. */
  readonly summaryOffset: number;
  /** Why the summary cannot be used, if so. */
  readonly damage: string | undefined;
}

export async function readEnding(source: FileSource): Promise<Ending> {
  const size = Number(await source.size());
  const footerOffset = size - FOOTER_BYTES - MCAP_MAGIC.length;
  const cut = {
    endOffset: size,
    complete: false,
    summary: [],
    summaryOffset: size,
    damage: undefined,
  };
  if (footerOffset < MCAP_MAGIC.length) return cut;
  const footer = await source.read(BigInt(footerOffset), BigInt(size - footerOffset));
  const view = new DataView(footer.buffer);
  const isFooter = view.getUint8(0) === (Opcode.FOOTER as number) && view.getBigUint64(1, true) === 20n;
  if (!isFooter || MCAP_MAGIC.some((byte, i) => footer[FOOTER_BYTES + i] !== byte)) return cut;
  const summaryOffset = Number(view.getBigUint64(9, true));
  const none = { ...cut, endOffset: footerOffset, complete: true, summaryOffset: footerOffset };
  if (summaryOffset === 0) return none;
  try {
    const bytes = await source.read(BigInt(summaryOffset), BigInt(footerOffset - summaryOffset));
    const crc = view.getUint32(25, true);
    if (crc !== 0 && crc32(footer.subarray(0, FOOTER_BYTES - 4), crc32(bytes)) !== crc)
      throw new Error("its checksum is wrong");
    return { ...none, summary: recordsOf(bytes), summaryOffset };
  } catch (cause) {
    return { ...none, damage: (cause as Error).message };
  }
}

function recordsOf(bytes: Uint8Array): McapTypes.TypedMcapRecord[] {
  const reader = new McapStreamReader({ noMagicPrefix: true });
  reader.append(bytes);
  const records: McapTypes.TypedMcapRecord[] = [];
  for (let record; (record = reader.nextRecord());) records.push(record);
  if (reader.bytesRemaining() > 0) throw new Error("it is cut off");
  return records;
}
