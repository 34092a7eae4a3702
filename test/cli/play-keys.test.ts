import { expect, it } from "vitest";
import { listenForPlayKeys } from "../../src/cli/bag/play-keys.ts";
import type { BagPlayer } from "../../src/replay/bag-player.ts";
import { TypedTerminal } from "./typed-terminal.ts";

it("pauses, steps, winds, changes the rate and ends by single keys, and gives them back", () => {
  const terminal = new TypedTerminal();
  const did: string[] = [];
  const said: string[] = [];
  let [paused, rate] = [false, 1];
  const player = {
    get paused() {
      return paused;
    },
    get rate() {
      return rate;
    },
    positionNs: 20_000_000_000n,
    togglePaused: () => void (paused = !paused),
    setRate: (wanted: number) => void (rate = wanted),
    step: () => (did.push("step"), Promise.resolve(true)),
    seek: (ns: bigint) => did.push(`seek ${ns}`),
    stop: () => did.push("stop"),
  } as unknown as BagPlayer;
  const release = listenForPlayKeys(terminal, player, (text) => said.push(text));
  expect(terminal.raw).toBe(true);
  terminal.type(" n");
  terminal.type("\u001b[D");
  terminal.type("\u001b[C");
  terminal.type("++-");
  terminal.type(" q");
  expect(did).toEqual(["step", "seek 15000000000", "seek 25000000000", "stop"]);
  expect(said).toEqual(["paused", "rate 1.10", "rate 1.21", "rate 1.10", "goes on"]);
  release();
  expect(terminal.raw).toBe(false);
  terminal.type("q");
  expect(did.length).toBe(4);
});
