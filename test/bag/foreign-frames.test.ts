import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { decompressors, unzstd, zstdContentBytes } from "../../src/bag/compression.ts";

const TEXT = Buffer.from(
  "bow and string, bow and string, bow and string; and a long tail that is not repeated",
);

/** A zstd frame that does not say how long its content is. @source RFC 8878, 3.1.1: raw and RLE blocks */
function sizelessZstd(
  ...blocks: readonly (Uint8Array | { readonly byte: number; readonly times: number })[]
) {
  const head = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58); // no flags at all; window of 2 MiB
  const parts = blocks.map((block, i) => {
    const last = i === blocks.length - 1 ? 1 : 0;
    const [kind, size, body] =
      "byte" in block ? [1, block.times, Uint8Array.of(block.byte)] : [0, block.length, block];
    const header = last | (kind << 1) | (size << 3);
    return Buffer.concat([Uint8Array.of(header & 255, (header >> 8) & 255, header >> 16), body]);
  });
  return Buffer.concat([head, ...parts]);
}

/** An LZ4 frame with a block that really is compressed: literals, a match 16 bytes back, literals. @source lz4 block format */
function lz4Compressed(): Uint8Array {
  const [literals, match] = [TEXT.subarray(0, 16), 46 - 16];
  const tail = TEXT.subarray(46);
  const first = [0xf0 | 0x0f, 16 - 15, ...literals, 16, 0, match - 4 - 15];
  const block = Uint8Array.from([...first, 0xf0, tail.length - 15, ...tail]);
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, block.length, true);
  return Buffer.concat([
    Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73),
    size,
    block,
    new Uint8Array(4),
  ]);
}

it("reads a zstd frame that does not say its size, of one block or several, however much it grows", async () => {
  const frame = sizelessZstd(TEXT, { byte: 7, times: 100_000 }, TEXT);
  expect(zstdContentBytes(frame)).toBeUndefined();
  const content = Buffer.concat([TEXT, Buffer.alloc(100_000, 7), TEXT]);
  expect(Buffer.from(await unzstd(frame, "a file")).equals(content)).toBe(true);
  const open = await decompressors();
  expect(Buffer.from(open.decompress("zstd", frame, content.length)).equals(content)).toBe(true);
  expect(() => open.decompress("zstd", frame, content.length + 1)).toThrow(/bytes where \d+ were compressed/);
});

it("reads a zstd frame that says its size in each of the four ways", async () => {
  const zstd = createRequire(import.meta.url)("@foxglove/wasm-zstd") as {
    compress(bytes: Uint8Array): Uint8Array;
  };
  for (const size of [10, 300, 70_000]) {
    const content = Buffer.alloc(size, 3);
    const frame = zstd.compress(content);
    expect(zstdContentBytes(frame)).toBe(size);
    expect((await unzstd(frame, "a file")).length).toBe(size);
  }
});

it("says of a frame that is damaged or none at all that it cannot be decompressed", async () => {
  await expect(unzstd(Buffer.from("this is no frame"), "x.zstd")).rejects.toThrow(
    "x.zstd cannot be decompressed: it is no zstd frame",
  );
  const cut = sizelessZstd(TEXT).subarray(0, 40);
  await expect(unzstd(cut, "x.zstd")).rejects.toMatchObject({ code: "bag-unreadable" });
});

it("reads LZ4 that another compressor made", async () => {
  const open = await decompressors();
  expect(Buffer.from(open.decompress("lz4", lz4Compressed(), TEXT.length)).toString()).toBe(TEXT.toString());
});
