import { expect, it } from "vitest";
import { listenForKeys } from "../../src/cli/performance-keys.ts";
import type { Controls } from "../../src/performance/conductor.ts";
import { TypedTerminal } from "./typed-terminal.ts";

/** An arm that plays until somebody pauses or stops it. */
function armThatPlays() {
  const arm = { paused: false, stopped: false };
  const controls = {
    pause: () => Promise.resolve(arm.paused ? "the arm is paused" : void (arm.paused = true)),
    resume: () => Promise.resolve(arm.paused ? void (arm.paused = false) : "the arm is playing, not paused"),
    stop: () => void (arm.stopped = true),
  } as unknown as Controls;
  return { arm, controls };
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

it("pauses and resumes with the space bar, and says so", async () => {
  const [terminal, { arm, controls }] = [new TypedTerminal(), armThatPlays()];
  const said: string[] = [];
  const release = listenForKeys(terminal, controls, (text) => said.push(text));
  expect(terminal.raw).toBe(true);
  terminal.type(" ");
  await turns();
  expect(arm.paused).toBe(true);
  terminal.type(" ");
  await turns();
  expect(arm.paused).toBe(false);
  expect(said).toEqual(["paused on the path; space resumes", "resumed"]);
  release();
  expect(terminal.raw).toBe(false);
  expect(terminal.listenerCount("data")).toBe(0);
});

it.each(["q", "Q", "\u0003"])("stops on the path with %j", (key) => {
  const [terminal, { arm, controls }] = [new TypedTerminal(), armThatPlays()];
  const release = listenForKeys(terminal, controls, () => undefined);
  terminal.type("x");
  expect(arm.stopped).toBe(false);
  terminal.type(key);
  expect(arm.stopped).toBe(true);
  release();
});
