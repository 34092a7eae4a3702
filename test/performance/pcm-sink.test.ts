import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { openPcmSink } from "../../src/performance/pcm-sink.ts";

/** 10 ms of sound. */
const block = new Int16Array(960).map((_, i) => i);
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function listener(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    onSocket(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const unheard = (why: Error): void => {
  throw why;
};

describe("a TCP listener", () => {
  it("hears every sample in order, little-endian", async () => {
    const heard: Buffer[] = [];
    let ended!: Promise<unknown[]>;
    const address = await listener((socket) => {
      socket.on("data", (piece) => heard.push(piece));
      ended = once(socket, "end");
    });
    const sink = openPcmSink(address, unheard);
    for (let k = 0; k < 20; k++) expect(sink.write(block)).toBe(true);
    sink.close();
    while ((ended as Promise<unknown[]> | undefined) === undefined) await turn();
    await ended;
    const bytes = Buffer.concat(heard);
    expect(bytes.length).toBe(20 * 2 * block.length);
    for (const i of [0, 1, 959, 960, 19199]) expect(bytes.readInt16LE(2 * i)).toBe(i % 960);
  });

  it("that does not read is given no more than half a second to keep, and then loses sound", async () => {
    const address = await listener((socket) => socket.pause());
    const sink = openPcmSink(address, unheard);
    closers.push(() => sink.close());
    let refused = 0;
    // 20 MB: more than the kernel keeps for a connection, twice what Linux gives one at most
    for (let k = 0; k < 10_000; k++) {
      if (!sink.write(block)) refused++;
      if (k % 50 === 0) await turn();
    }
    expect(refused).toBeGreaterThan(1000);
    // one in which nothing goes out at all refuses at once: nothing waits in the meantime
    expect([1, 2, 3].map(() => sink.write(block))).toEqual([false, false, false]);
  });

  it("that goes away, or is not there, is told of once, and the music goes on", async () => {
    const address = await listener((socket) => socket.destroy());
    const told: Error[] = [];
    const sink = openPcmSink(address, (why) => told.push(why));
    let taken = true;
    while (taken) {
      taken = sink.write(block);
      await turn();
    }
    expect(told.length).toBeLessThan(2);
    const nobody = openPcmSink("127.0.0.1:1", (why) => told.push(why));
    const before = told.length;
    while (told.length === before) await turn();
    expect(nobody.write(block)).toBe(false);
    expect(told.at(-1)!.message).toContain("ECONNREFUSED");
  });
});

describe("a file", () => {
  it("gets the samples, and one that cannot be made is told of", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pcm-"));
    closers.push(() => rmSync(folder, { recursive: true }));
    const sink = openPcmSink(join(folder, "a.pcm"), unheard);
    sink.write(block);
    sink.close();
    while (!readableLength(join(folder, "a.pcm"))) await turn();
    expect(new Int16Array(new Uint8Array(readFileSync(join(folder, "a.pcm"))).buffer)).toEqual(block);
    const why = await new Promise<Error>((resolve) => openPcmSink(join(folder, "no", "b.pcm"), resolve));
    expect(why.message).toContain("ENOENT");
  });

  it.skipIf(process.platform === "win32")(
    "that is a pipe nobody reads takes half a second, then loses sound",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "pcm-"));
      const pipe = join(folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      const sink = openPcmSink(pipe, unheard);
      const taken = Array.from({ length: 200 }, () => sink.write(block)).filter(Boolean).length;
      expect(taken).toBe(51); // 96,000 bytes of 1920 each may wait, and one block goes over it
      sink.close();
      expect((await readFile(pipe)).length).toBe(51 * 1920); // a reader at last, and the thread that waited for it is free
      rmSync(folder, { recursive: true });
    },
  );

  it.skipIf(process.platform === "win32")(
    "that is a pipe which is open and never read holds no thread: the one that writes can be ended, files go on",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "pcm-"));
      const pipe = join(folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      const held = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
      closers.push(() => {
        closeSync(held);
        rmSync(folder, { recursive: true });
      });
      const worker = new Worker(new URL("fixture/write-without-end.js", import.meta.url), {
        workerData: pipe,
      });
      const [refused] = (await once(worker, "message")) as [number];
      expect(refused).toBe(100); // the pipe is full, half a second waits, the rest is lost
      await worker.terminate(); // for ever, if a thread of the process waits in a write
    },
  );
});

function readableLength(path: string): number {
  try {
    return readFileSync(path).length;
  } catch {
    return 0;
  }
}
