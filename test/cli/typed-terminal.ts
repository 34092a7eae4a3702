import { EventEmitter } from "node:events";

/** A terminal on which a test types. */
export class TypedTerminal extends EventEmitter {
  readonly isTTY = true;
  raw = false;
  setRawMode(raw: boolean): void {
    this.raw = raw;
  }
  resume(): void {}
  pause(): void {}
  type(keys: string): void {
    this.emit("data", Buffer.from(keys, "latin1"));
  }
}
