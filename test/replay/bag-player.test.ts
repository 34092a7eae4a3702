import { expect, it } from "vitest";
import type { BagChannel, Selection, StoredMessage } from "../../src/bag/bag-contents.ts";
import { BagPlayer, type PlayOptions } from "../../src/replay/bag-player.ts";

const CHANNEL: BagChannel = {
  topic: "/x",
  type: "std_msgs/msg/String",
  messageEncoding: "cdr",
  schemaEncoding: "ros2msg",
  schemaText: "string data",
  offeredQos: "",
};
const MS = 1_000_000n;

/** Messages every 10 ms for a second. */
const SOURCE = {
  async *stored({ startNs = 0n, endNs = 10n ** 18n }: Selection): AsyncGenerator<StoredMessage, void, void> {
    for (let k = 0n; k <= 100n; k++) {
      const timeNs = k * 10n * MS;
      if (timeNs >= startNs && timeNs <= endNs) yield { channel: CHANNEL, timeNs, data: new Uint8Array(0) };
    }
    await Promise.resolve();
  },
};

/** A clock that only goes on when somebody waits. */
function play(options: Partial<PlayOptions> = {}, onMessage?: (atMs: number, player: BagPlayer) => void) {
  let nowMs = 5000;
  const time = {
    nowMs: () => nowMs,
    wait: async (ms: number) => {
      await new Promise((resolve) => setImmediate(resolve));
      nowMs += ms;
    },
  };
  const said: { readonly atMs: number; readonly bagMs: number }[] = [];
  const clock: number[] = [];
  const port = {
    publish(_channel: BagChannel, timeNs: bigint) {
      said.push({ atMs: nowMs - 5000, bagMs: Number(timeNs / MS) });
      onMessage?.(Number(timeNs / MS), player);
    },
    clock: (timeNs: bigint) => void clock.push(Number(timeNs) / 1e6),
  };
  const selection = { startNs: 0n, endNs: 1000n * MS };
  const player: BagPlayer = new BagPlayer(
    SOURCE,
    port,
    { selection, rate: 1, loop: false, paused: false, clockHz: 0, ...options },
    time,
  );
  return { player, said, clock, played: player.play() };
}

it("plays every message when it is due, and none early", async () => {
  for (const rate of [0.25, 1, 4]) {
    const { said, played } = play({ rate });
    await played;
    expect(said.map(({ bagMs }) => bagMs)).toEqual(Array.from({ length: 101 }, (_, k) => 10 * k));
    for (const { atMs, bagMs } of said) {
      expect(atMs).toBeGreaterThanOrEqual(bagMs / rate - 1.001);
      expect(atMs).toBeLessThanOrEqual(bagMs / rate + 1.001);
    }
  }
});

it("plays a span of the bag only", async () => {
  const { said, played } = play({ selection: { startNs: 200n * MS, endNs: 400n * MS } });
  await played;
  expect([said[0]!.bagMs, said.at(-1)!.bagMs, said.length]).toEqual([200, 400, 21]);
  expect(said[0]!.atMs).toBeLessThanOrEqual(1);
});

it("stands still while paused, plays single messages, and goes on from there", async () => {
  const { player, said, played } = play({ paused: true });
  expect(await player.step()).toBe(true);
  expect(await player.step()).toBe(true);
  expect(said.map(({ bagMs }) => bagMs)).toEqual([0, 10]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(said.length).toBe(2);
  player.resume();
  expect(await player.step()).toBe(false);
  await played;
  expect(said.length).toBe(101);
});

it("seeks forward and back, and begins again when it loops", async () => {
  let rounds = 0;
  const { said, played } = play({ loop: true }, (bagMs, player) => {
    if (bagMs === 50 && rounds === 0) player.seek(900n * MS);
    if (bagMs === 1000) rounds++;
    if (bagMs === 20 && rounds === 2) player.stop();
  });
  await played;
  const times = said.map(({ bagMs }) => bagMs);
  expect(times.slice(0, 8)).toEqual([0, 10, 20, 30, 40, 50, 900, 910]);
  expect(times.filter((t) => t === 1000).length).toBe(2);
  expect(times.at(-1)).toBe(20);
});

it("keeps to the bounds when it is asked to seek outside", async () => {
  let asked = false;
  const { said, played } = play({}, (bagMs, player) => {
    if (bagMs === 100 && !asked) player.seek(-5n);
    asked ||= bagMs === 100;
  });
  await played;
  expect(said.filter(({ bagMs }) => bagMs === 0).length).toBe(2);
});

it("changes its rate on the way, without a jump", async () => {
  const { said, played } = play({}, (bagMs, player) => {
    if (bagMs === 500) player.setRate(0.5);
  });
  await played;
  expect(said.at(-1)!.atMs).toBeCloseTo(500 + 1000, -1);
});

it("tells the time of the bag as often as asked, never ahead of a message that is not out yet", async () => {
  const { clock, played } = play({ clockHz: 50 });
  await played;
  expect(clock[0]).toBe(0);
  expect(clock.length).toBeGreaterThan(45);
  for (let k = 1; k < clock.length; k++) expect(clock[k]!).toBeGreaterThanOrEqual(clock[k - 1]!);
});
