import { createRequire } from "node:module";
import { CellistError } from "../errors.ts";

type Decompress = (bytes: Uint8Array, sizeBytes: number) => Uint8Array;
interface Zstd {
  readonly isLoaded: Promise<unknown>;
  compress(bytes: Uint8Array, level: number): Uint8Array;
  decompress: Decompress;
}
type Lz4 = Decompress & { readonly isLoaded: Promise<unknown> };

/** Both are WebAssembly in CommonJS packages: loaded on the first bag that needs them. */
const require = createRequire(import.meta.url);
let loaded: Promise<{ readonly zstd: Zstd; readonly lz4: Lz4 }> | undefined;

async function load() {
  const zstd = require("@foxglove/wasm-zstd") as Zstd;
  const lz4 = require("@foxglove/wasm-lz4") as Lz4;
  await Promise.all([zstd.isLoaded, lz4.isLoaded]);
  return { zstd, lz4 };
}

/** What MCAP calls a chunk's compression. */
export type Compression = "" | "zstd" | "lz4";

export interface Decompressors {
  /** @throws Error for bytes that are damaged, or that do not give `sizeBytes` bytes */
  decompress(compression: string, bytes: Uint8Array, sizeBytes: number): Uint8Array;
}

/** What undoes the compression of a bag's parts. */
export async function decompressors(): Promise<Decompressors> {
  const { zstd, lz4 } = await (loaded ??= load());
  const known: Readonly<Record<string, Decompress>> = { zstd: zstd.decompress, lz4 };
  return {
    decompress(compression, bytes, sizeBytes) {
      if (compression === "") return bytes;
      const undo = known[compression];
      if (!undo) throw new Error(`its compression "${compression}" is none of zstd, lz4 and none`);
      const out = undo(bytes, sizeBytes);
      if (out.length !== sizeBytes) throw new Error(`${out.length} bytes where ${sizeBytes} were compressed`);
      return out;
    },
  };
}

const ZSTD_LEVEL = 3;

/** What makes chunks smaller: zstd at its usual level. */
export async function zstdCompressor(): Promise<(bytes: Uint8Array) => Uint8Array> {
  const { zstd } = await (loaded ??= load());
  return (bytes) => zstd.compress(bytes, ZSTD_LEVEL);
}

/** A file or a message that is one zstd frame. @throws CellistError "bag-unreadable" */
export async function unzstd(bytes: Uint8Array, what: string): Promise<Uint8Array> {
  const { zstd } = await (loaded ??= load());
  try {
    const said = zstdContentBytes(bytes);
    return said === undefined ? grown(zstd.decompress, bytes) : zstd.decompress(bytes, said);
  } catch (cause) {
    throw new CellistError(
      "bag-unreadable",
      `${what} cannot be decompressed: ${(cause as Error).message}`,
      {},
      cause,
    );
  }
}

/** Most that WebAssembly can be asked to hold [bytes]. */
const MOST_BYTES = 2 ** 30;

/** Of a frame that does not say its size: tries until the content fits. */
function grown(decompress: Decompress, bytes: Uint8Array): Uint8Array {
  for (let room = Math.max(4 * bytes.length, 1024); ; room *= 4)
    try {
      return decompress(bytes, Math.min(room, MOST_BYTES));
    } catch (cause) {
      if (room >= MOST_BYTES) throw cause;
    }
}

const ZSTD_MAGIC = 0xfd2fb528;

/** Size that a zstd frame says its content has; undefined if it does not. @source RFC 8878, 3.1.1 */
export function zstdContentBytes(frame: Uint8Array): number | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 6 || view.getUint32(0, true) !== ZSTD_MAGIC) throw new Error("it is no zstd frame");
  const descriptor = view.getUint8(4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const at = 5 + (singleSegment ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!;
  switch (descriptor >> 6) {
    case 0:
      return singleSegment ? view.getUint8(at) : undefined;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}
