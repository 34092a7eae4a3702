import { connect, createServer, type Server, type Socket } from "node:net";
import { deserialize, serialize } from "node:v8";

/** What one process of the stand-in tells all others. */
export interface Said {
  readonly op: "hello" | "here" | "gone" | "message" | "request" | "response" | "left";
  /** The process that says it. */
  readonly from: string;
  readonly [more: string]: unknown;
}

const line = (said: Said): string => `${serialize(said).toString("base64")}\n`;

/** Calls back for every whole line of a socket. */
function lines(socket: Socket, listener: (line: string) => void): void {
  let pending = "";
  socket.setEncoding("latin1");
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: string) => {
    const parts = (pending + chunk).split("\n");
    pending = parts.pop()!;
    parts.forEach(listener);
  });
}

/** The network of the stand-in: hands everything said by one process on to all others. */
export async function openBus(path: string): Promise<{ readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    let name = "";
    sockets.add(socket);
    const tellOthers = (text: string): void =>
      sockets.forEach((other) => other !== socket && other.write(`${text}\n`));
    lines(socket, (text) => {
      name ||= (deserialize(Buffer.from(text, "base64")) as Said).from;
      tellOthers(text);
    });
    socket.once("close", () => {
      sockets.delete(socket);
      tellOthers(line({ op: "left", from: name }).trim());
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** One process's end of the bus. What it says, it hears itself, too, like everybody on DDS. */
export class BusEnd {
  readonly name = `${process.pid}.${Math.trunc(performance.timeOrigin)}`;
  readonly #socket: Socket;
  readonly #listener: (said: Said) => void;

  constructor(path: string, listener: (said: Said) => void) {
    this.#listener = listener;
    this.#socket = connect(path);
    lines(this.#socket, (text) => listener(deserialize(Buffer.from(text, "base64")) as Said));
  }

  say(op: Said["op"], more: Record<string, unknown> = {}): void {
    const said = { op, from: this.name, ...more };
    this.#socket.write(line(said));
    setImmediate(() => this.#listener(said));
  }

  close(): void {
    this.#socket.end();
  }
}
