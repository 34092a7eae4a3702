import { expect, it } from "vitest";
import { listenForPlayKeys } from "../../src/cli/bag/play-keys.ts";
import type { BagPlayer } from "../../src/replay/bag-player.ts";
import { TypedTerminal } from "./typed-terminal.ts";

it("pauses, steps, winds, changes the rate and ends by single keys, and gives them back", async () => {
  const terminal = new TypedTerminal();
  const did: string[] = [];
  const said: string[] = [];
  let [paused, rate, positionNs] = [false, 1, 20_000_000_000n];
  const player = {
    get paused() {
      return paused;
    },
    get rate() {
      return rate;
    },
    get positionNs() {
      return positionNs;
    },
    get positionS() {
      return Number(positionNs) / 1e9;
    },
    togglePaused: () => void (paused = !paused),
    setRate: (wanted: number) => void (rate = wanted),
    step: () => (did.push("step"), Promise.resolve(paused)),
    seek: (ns: bigint) => did.push(`seek ${(positionNs = ns)}`),
    stop: () => did.push("stop"),
  } as unknown as BagPlayer;
  const release = listenForPlayKeys(terminal, player, (text) => said.push(text));
  expect(terminal.raw).toBe(true);
  terminal.type("n");
  await Promise.resolve();
  terminal.type(" n");
  await Promise.resolve();
  terminal.type("\u001b[D");
  terminal.type("\u001b[C");
  terminal.type("++-");
  terminal.type(" q");
  expect(did).toEqual(["step", "step", "seek 15000000000", "seek 20000000000", "stop"]);
  expect(said).toEqual([
    "n is for a paused bag: press space first",
    ...["paused at 20.000 s", "at 20.000 s", "at 15.000 s", "at 20.000 s"],
    ...["rate 1.10", "rate 1.21", "rate 1.10", "goes on"],
  ]);
  release();
  expect(terminal.raw).toBe(false);
  terminal.type("q");
  expect(did.length).toBe(5);
});
