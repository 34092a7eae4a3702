import { createServer, type Socket } from "node:net";
import {
  compileLayout,
  decodeClientPackage,
  encodeDataPackage,
  encodeServerPackage,
  FrameDecoder,
  outputFields,
  type OutputName,
  type ProtocolVersion,
  rtdeFraming,
  type ServerPackage,
} from "ur-rtde-ts";

/** How packages are sent to a client: 500 a second, or as fast as it takes them. */
export type Pace = "500 Hz" | "flood";

/** Packages in one write of a flood: enough to keep a socket full. */
const BURST = 200;
/** Unsent bytes above which a flood waits for the client. */
const FULL_BYTES = 256 << 10;

/** A bare RTDE server whose data cost next to nothing to make, so that a client's speed can be told. */
export interface Flood {
  /** Packages that clients have taken off their sockets, but for what the kernel still holds of them. */
  readonly taken: number;
  close(): void;
}

/** @param host address on which port 30004 is free */
export async function startFlood(host: string, pace: Pace): Promise<Flood> {
  const sockets = new Set<Feed>();
  const server = createServer((socket) => {
    const feed = new Feed(socket, pace);
    sockets.add(feed);
  });
  await new Promise<void>((resolve) => server.listen(30004, host, resolve));
  return {
    get taken() {
      return [...sockets].reduce((sum, feed) => sum + feed.taken, 0);
    },
    close() {
      for (const feed of sockets) feed.end();
      server.close();
    },
  };
}

class Feed {
  readonly #socket: Socket;
  readonly #pace: Pace;
  #version: ProtocolVersion = 1;
  #layout = compileLayout([]);
  #cycle = 21_000;
  #dataBytes = 0;
  #packageBytes = 1;
  #isRunning = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, pace: Pace) {
    this.#socket = socket;
    this.#pace = pace;
    const decoder = new FrameDecoder(rtdeFraming, (frame) => {
      const said = decodeClientPackage(frame, this.#version);
      switch (said.kind) {
        case "protocol-version":
          this.#say({ kind: "protocol-version", accepted: true });
          this.#version = said.version as ProtocolVersion;
          return;
        case "controller-version":
          return this.#say({
            kind: "controller-version",
            version: { major: 5, minor: 25, bugfix: 1, build: 1 },
          });
        case "setup-outputs": {
          const fields = said.names
            .filter((name) => name !== "")
            .map((name) => ({ name, type: outputFields[name as OutputName] }));
          this.#layout = compileLayout(fields);
          this.#say({ kind: "setup-outputs", recipeId: 1, types: fields.map(({ type }) => type) });
          return;
        }
        case "start":
          this.#say({ kind: "start", accepted: true });
          if (!this.#isRunning) this.#start();
          return;
        case "pause":
          this.#say({ kind: "pause", accepted: true });
          return this.end();
        default:
      }
    });
    socket.setNoDelay(true);
    socket.on("data", (bytes) => decoder.push(bytes));
    socket.on("error", () => this.end());
    socket.on("close", () => this.end());
  }

  get taken(): number {
    return Math.max(0, Math.floor((this.#dataBytes - this.#socket.writableLength) / this.#packageBytes));
  }

  end(): void {
    this.#isRunning = false;
    clearInterval(this.#timer);
    this.#socket.destroy();
  }

  #say(said: ServerPackage): void {
    this.#socket.write(encodeServerPackage(said, this.#version));
  }

  #start(): void {
    this.#isRunning = true;
    this.#packageBytes = this.#package().length;
    if (this.#pace === "flood") return this.#pour();
    const began = performance.now();
    let sent = 0;
    this.#timer = setInterval(() => {
      for (; sent < (performance.now() - began) / 2; sent += 1) this.#write(this.#package());
    }, 1);
  }

  #pour(): void {
    if (!this.#isRunning) return;
    while (this.#socket.writableLength < FULL_BYTES) {
      const burst = new Uint8Array(BURST * this.#packageBytes);
      for (let i = 0; i < BURST; i += 1) burst.set(this.#package(), i * this.#packageBytes);
      this.#write(burst);
    }
    setImmediate(() => this.#pour());
  }

  #write(bytes: Uint8Array): void {
    this.#dataBytes += bytes.length;
    this.#socket.write(bytes);
  }

  /** A package whose timestamp is that of the next cycle; the rest is as it was. */
  #package(): Uint8Array {
    this.#cycle += 1;
    const timestamp = this.#cycle / 500;
    this.#template ??= encodeDataPackage(this.#layout, this.#version === 2 ? 1 : undefined, {
      ...this.#layout.createRecord(),
      timestamp,
    });
    const at = 3 + (this.#version === 2 ? 1 : 0); // `timestamp` is the first field of the recipes asked for here
    new DataView(this.#template.buffer, this.#template.byteOffset).setFloat64(at, timestamp);
    return this.#template.slice();
  }
  #template: Uint8Array | undefined;
}
