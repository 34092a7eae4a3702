/** A terminal that can tell single keys. */
export interface KeyInput {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: "data", listener: (keys: Buffer) => void): unknown;
  off(event: "data", listener: (keys: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Raw terminals send Ctrl-C as a byte. */
export const CTRL_C = "\u0003";

/**
 * Hands over what is typed, key by key, where there is a terminal; an interrupt (a signal) works everywhere.
 *
 * @returns gives the keys back to the terminal
 */
export function takeKeys(
  input: KeyInput,
  onText: (text: string) => void,
  onInterrupt: () => void,
): () => void {
  const onKeys = (keys: Buffer): void => onText(keys.toString("latin1"));
  process.on("SIGINT", onInterrupt);
  const raw = input.isTTY === true && input.setRawMode !== undefined;
  if (raw) {
    input.setRawMode!(true);
    input.on("data", onKeys);
    input.resume();
  }
  return () => {
    process.off("SIGINT", onInterrupt);
    if (!raw) return;
    input.off("data", onKeys);
    input.setRawMode!(false);
    input.pause();
  };
}
