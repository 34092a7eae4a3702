import { expect, it } from "vitest";
import { memoryByteStreamPair } from "../src/connection/memory-byte-stream.ts";
import { tcpByteStream } from "../src/connection/tcp-byte-stream.ts";
import { fakeServer } from "./fake-server.ts";

it("delivers in memory before write returns", () => {
  const [a, b] = memoryByteStreamPair();
  const heard: number[] = [];
  b.onData((bytes) => heard.push(...bytes));
  a.write(Uint8Array.of(1, 2));
  expect(heard).toEqual([1, 2]);
});

it("keeps the order when a listener's answer causes more to be written", () => {
  const [a, b] = memoryByteStreamPair();
  const heard: number[] = [];
  // b answers 1 while it is hearing it; a reacts with 2, which must come after 1 has been dealt with.
  b.onData(([value]) => {
    if (value === 1) b.write(Uint8Array.of(10));
    heard.push(value!);
  });
  a.onData(() => a.write(Uint8Array.of(2)));
  a.write(Uint8Array.of(1));
  expect(heard).toEqual([1, 2]);
});

it("keeps what was written before anybody listened, and ends after it", () => {
  const [a, b] = memoryByteStreamPair();
  const heard: string[] = [];
  a.write(Uint8Array.of(1));
  b.onData((bytes) => heard.push(bytes.join()));
  b.onClose(() => heard.push("end"));
  a.close();
  expect(heard).toEqual(["1", "end"]);
  expect(() => a.write(Uint8Array.of(2))).toThrow("closed");
  expect(() => b.write(Uint8Array.of(2))).toThrow("closed");
});

it("goes on after a listener threw", () => {
  const [a, b] = memoryByteStreamPair();
  const heard: number[] = [];
  b.onData(([value]) => {
    if (value === 1) throw new Error("a listener's own");
    heard.push(value!);
  });
  expect(() => a.write(Uint8Array.of(1))).toThrow("a listener's own");
  a.write(Uint8Array.of(2));
  expect(heard).toEqual([2]);
});

it("carries bytes over TCP both ways, and the end", async () => {
  const { port } = await fakeServer((stream) => {
    stream.onData((bytes) => {
      stream.write(bytes.map((byte) => byte + 1));
      stream.close();
    });
  });
  const stream = await tcpByteStream("127.0.0.1", port);
  const heard: number[] = [];
  stream.onData((bytes) => heard.push(...bytes));
  const ended = new Promise((resolve) => stream.onClose(resolve));
  stream.write(Uint8Array.of(1, 2, 3));
  expect(await ended).toBeUndefined();
  expect(heard).toEqual([2, 3, 4]);
});

it("does not lose what was written last when the other side was still talking", async () => {
  let heard = 0;
  let ended: () => void;
  const all = new Promise<void>((resolve) => (ended = resolve));
  const { port } = await fakeServer((stream) => {
    stream.write(new Uint8Array(100_000)); // nobody reads it
    stream.onData((bytes) => (heard += bytes.length));
    stream.onClose(() => ended());
  });
  const stream = await tcpByteStream("127.0.0.1", port);
  stream.write(new Uint8Array(300_000));
  stream.close();
  await all;
  expect(heard).toBe(300_000);
});

it("names host and port of a controller that is not there", async () => {
  // Port 1 (tcpmux) is free on any machine one would run tests on.
  await expect(tcpByteStream("127.0.0.1", 1)).rejects.toMatchObject({
    name: "ConnectionError",
    code: "CONNECTION_REFUSED",
    message: "Nothing listens on 127.0.0.1:1.",
  });
});

it("gives up connecting, and breaks off later, when the signal fires", async () => {
  await expect(tcpByteStream("127.0.0.1", 9, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "ABORTED",
  });
  const { port } = await fakeServer(() => undefined);
  const abort = new AbortController();
  const stream = await tcpByteStream("127.0.0.1", port, { signal: abort.signal });
  const ended = new Promise((resolve) => stream.onClose(resolve));
  abort.abort();
  expect(await ended).toMatchObject({ code: "ABORTED" });
});
