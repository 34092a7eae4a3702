import type { Controls } from "../performance/conductor.ts";
import { CTRL_C, takeKeys, type KeyInput } from "./terminal-keys.ts";

/** What the keys do, for people. */
export const KEYS_HELP = "space pauses and resumes, q or Ctrl-C stops; always along the path";

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
  const onText = (text: string): void => {
    for (const key of text) {
      if (key === " ") pauseOrResume().catch((error: Error) => say(error.message));
      else if (key === "q" || key === "Q" || key === CTRL_C) stop();
    }
  };
  return takeKeys(input, onText, stop);
}
