import { createConnection, type Socket } from "node:net";

/** More unread bytes than this and the peer is asked to wait [bytes]. */
const MOST_UNREAD = 1 << 20;

/** One TCP connection of a script. Nothing here ever waits: the script asks every cycle. */
export class ScriptSocket {
  readonly #socket: Socket;
  #unread: Buffer = Buffer.alloc(0);
  #state: "opening" | "open" | "closed" = "opening";

  constructor(address: string, port: number) {
    this.#socket = createConnection({ host: address, port, noDelay: true });
    this.#socket.on("connect", () => (this.#state = "open"));
    this.#socket.on("data", (bytes: Buffer) => this.#take(bytes));
    this.#socket.on("error", () => (this.#state = "closed")); // its "close" follows
    this.#socket.on("close", () => (this.#state = "closed"));
  }

  get state(): "opening" | "open" | "closed" {
    return this.#state;
  }

  /** Bytes that came and were not taken yet. */
  get unread(): Buffer {
    return this.#unread;
  }

  /** Takes bytes from the front. */
  take(count: number): Buffer {
    const taken = this.#unread.subarray(0, count);
    this.#unread = this.#unread.subarray(count);
    if (this.#unread.length < MOST_UNREAD && this.#socket.isPaused()) this.#socket.resume();
    return taken;
  }

  /** False when the connection is gone. */
  send(bytes: Uint8Array | string): boolean {
    if (this.#state !== "open") return false;
    this.#socket.write(bytes);
    return true;
  }

  close(): void {
    this.#state = "closed";
    this.#socket.end();
    this.#socket.destroySoon();
  }

  #take(bytes: Buffer): void {
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    if (this.#unread.length >= MOST_UNREAD) this.#socket.pause();
  }
}

/** The connections of a program, by the names it gave them. They end with it. */
export class ScriptSockets {
  readonly #sockets = new Map<string, ScriptSocket>();

  /** A connection of that name, which may still be opening; an older one of the name is closed. */
  open(name: string, address: string, port: number): ScriptSocket {
    this.close(name);
    const socket = new ScriptSocket(address, port);
    this.#sockets.set(name, socket);
    return socket;
  }

  find(name: string): ScriptSocket | undefined {
    return this.#sockets.get(name);
  }

  close(name: string): void {
    this.#sockets.get(name)?.close();
    this.#sockets.delete(name);
  }

  closeAll(): void {
    for (const name of [...this.#sockets.keys()]) this.close(name);
  }
}
