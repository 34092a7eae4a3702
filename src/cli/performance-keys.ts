import type { Controls } from "../performance/conductor.ts";

/** What the keys do, for people. */
export const KEYS_HELP = "space pauses and resumes, q or Ctrl-C stops; always along the path";

/** A terminal that can tell single keys. */
export interface KeyInput {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: "data", listener: (keys: Buffer) => void): unknown;
  off(event: "data", listener: (keys: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/**
 * Lets a person act on a performance by keys, where there is a terminal; Ctrl-C (a signal) works everywhere.
 *
 * @param say tells what came of a key
 * @returns gives the keys back to the terminal
 */
export function listenForKeys(input: KeyInput, controls: Controls, say: (text: string) => void): () => void {
  const pauseOrResume = async (): Promise<void> => {
    const cannotPause = await controls.pause();
    if (cannotPause === undefined) return say("paused on the path; space resumes");
    const cannotResume = await controls.resume();
    say(cannotResume === undefined ? "resumed" : cannotPause);
  };
  const stop = (): void => {
    say("stopping on the path");
    controls.stop();
  };
  const onKeys = (keys: Buffer): void => {
    for (const key of keys.toString("latin1")) {
      if (key === " ") pauseOrResume().catch((error: Error) => say(error.message));
      else if (key === "q" || key === "Q" || key === "\u0003") stop(); // raw terminals send Ctrl-C as a byte
    }
  };
  process.on("SIGINT", stop);
  const raw = input.isTTY === true && input.setRawMode !== undefined;
  if (raw) {
    input.setRawMode!(true);
    input.on("data", onKeys);
    input.resume();
  }
  return () => {
    process.off("SIGINT", stop);
    if (!raw) return;
    input.off("data", onKeys);
    input.setRawMode!(false);
    input.pause();
  };
}
