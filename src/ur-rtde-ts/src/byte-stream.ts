import { type Socket, connect } from "node:net";
import { ConnectionError } from "./errors.ts";

/** A two-way stream of bytes: a TCP socket, or two ends in one thread. */
export interface ByteStream {
  /**
   * Sends. The stream may keep the array, so it must not be changed afterwards.
   * @throws ConnectionError CLOSED after the stream was closed.
   */
  write(bytes: Uint8Array): void;
  /** Called with every chunk, in order. The chunk is only lent. Nothing is lost before the first listener. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once when the stream ends, with the error if it broke; at once if it has ended already. */
  onClose(listener: (reason?: Error) => void): void;
  /** Ends the stream. Doing so twice is fine. */
  close(): void;
}

/** How a TCP connection is made. */
export interface TcpOptions {
  /** Longest wait for the connection to be made [ms], default 5000. */
  readonly timeoutMs?: number;
  /** Gives up connecting, and closes the connection later on. */
  readonly signal?: AbortSignal;
}

/** Longest wait for the other side's goodbye [ms]. @assumed ample on a local network */
const lingerMs = 1000;

/**
 * Connects with TCP_NODELAY.
 * @throws ConnectionError CONNECTION_REFUSED, UNREACHABLE, CONNECT_TIMEOUT or ABORTED; names host and port.
 */
export function tcpByteStream(host: string, port: number, options: TcpOptions = {}): Promise<ByteStream> {
  const { timeoutMs = 5000, signal } = options;
  const where = `${host}:${port}`;
  const aborted = () => new ConnectionError("ABORTED", `Connecting to ${where} was given up.`);
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(aborted());
      return;
    }
    const socket = connect({ host, port, noDelay: true });
    const timer = setTimeout(() => {
      fail(new ConnectionError("CONNECT_TIMEOUT", `${where} did not answer within ${timeoutMs} ms.`));
    }, timeoutMs);
    const onAbort = () => fail(aborted());
    const onError = (error: Error) => fail(connectFailure(where, error));
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      socket.removeListener("error", onError);
    };
    const fail = (error: ConnectionError) => {
      settle();
      socket.on("error", () => undefined); // what follows the failure that is reported says nothing new
      socket.destroy();
      reject(error);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    socket.once("error", onError);
    socket.once("connect", () => {
      settle();
      resolve(socketByteStream(socket, signal));
    });
  });
}

function connectFailure(where: string, error: Error): ConnectionError {
  const system = (error as NodeJS.ErrnoException).code;
  if (system === "ECONNREFUSED") {
    return new ConnectionError("CONNECTION_REFUSED", `Nothing listens on ${where}.`, { cause: error });
  }
  const why = system ?? error.message;
  return new ConnectionError("UNREACHABLE", `${where} cannot be reached (${why}).`, { cause: error });
}

/** A connected socket, of either side, as a ByteStream; `signal` breaks it off. */
export function socketByteStream(socket: Socket, signal?: AbortSignal): ByteStream {
  const where = `${socket.remoteAddress ?? "?"}:${socket.remotePort ?? "?"}`;
  socket.setNoDelay(true);
  let failure: ConnectionError | undefined;
  socket.on("error", (cause) => {
    failure = new ConnectionError("CONNECTION_LOST", `The connection to ${where} broke: ${cause.message}.`, {
      cause,
    });
  });
  const end = closing();
  socket.on("close", () => end.close(failure));
  const abort = () => {
    socket.destroy();
    end.close(new ConnectionError("ABORTED", `The connection to ${where} was broken off on this side.`));
  };
  signal?.addEventListener("abort", abort, { once: true });
  end.onClose(() => signal?.removeEventListener("abort", abort));
  return {
    write(bytes) {
      if (end.closed || socket.destroyed || !socket.writable) throw closedError(where);
      socket.write(bytes);
    },
    onData(listener) {
      socket.on("data", (bytes) => {
        if (!end.closed) listener(bytes);
      });
    },
    onClose: (listener) => end.onClose(listener),
    close() {
      if (end.closed) return;
      end.close();
      // A socket destroyed with unread bytes resets the connection, and what was just written can be lost with
      // it: say goodbye, read to the other side's end, and only then let go.
      socket.end();
      socket.resume();
      setTimeout(() => socket.destroy(), lingerMs).unref();
    },
  };
}

/**
 * Two ends of a stream in one thread: what one writes, the other's listeners get before `write` returns, in
 * order. A write made while its direction is delivering waits its turn, so that chunks never overtake.
 */
export function memoryByteStreamPair(): [ByteStream, ByteStream] {
  const [ends, toFirst, toSecond] = [[closing(), closing()] as const, direction(), direction()];
  const closeBoth = () => {
    // Each side hears of the end after the bytes that were on their way to it.
    toFirst.finish(() => ends[0].close());
    toSecond.finish(() => ends[1].close());
  };
  const end = (own: Closing, incoming: Direction, outgoing: Direction): ByteStream => ({
    write(bytes) {
      if (own.closed || outgoing.finished) throw closedError("the other end in memory");
      outgoing.deliver(bytes);
    },
    onData: (listener) => incoming.onData(listener),
    onClose: (listener) => own.onClose(listener),
    close: closeBoth,
  });
  return [end(ends[0], toFirst, toSecond), end(ends[1], toSecond, toFirst)];
}

interface Direction {
  readonly finished: boolean;
  deliver(bytes: Uint8Array): void;
  finish(then: () => void): void;
  onData(listener: (bytes: Uint8Array) => void): void;
}

function direction(): Direction {
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  const queue: Uint8Array[] = [];
  let delivering = false;
  let finish: (() => void) | undefined;
  let finished = false;
  const drain = () => {
    if (delivering) return;
    delivering = true;
    try {
      while (queue.length > 0 && listeners.length > 0) {
        const bytes = queue.shift()!;
        for (const listener of listeners) listener(bytes);
      }
    } finally {
      delivering = false;
    }
    if (finish !== undefined) {
      const then = finish;
      finish = undefined;
      then();
    }
  };
  return {
    get finished() {
      return finished;
    },
    deliver(bytes) {
      queue.push(bytes);
      drain();
    },
    finish(then) {
      if (finished) return;
      finished = true;
      finish = then;
      drain();
    },
    onData(listener) {
      listeners.push(listener);
      drain();
    },
  };
}

interface Closing {
  readonly closed: boolean;
  close(reason?: Error): void;
  onClose(listener: (reason?: Error) => void): void;
}

function closing(): Closing {
  const listeners: ((reason?: Error) => void)[] = [];
  let closed = false;
  let why: Error | undefined;
  return {
    get closed() {
      return closed;
    },
    close(reason) {
      if (closed) return;
      closed = true;
      why = reason;
      for (const listener of listeners.splice(0)) listener(reason);
    },
    onClose(listener) {
      if (closed) listener(why);
      else listeners.push(listener);
    },
  };
}

function closedError(where: string): ConnectionError {
  return new ConnectionError("CLOSED", `The connection to ${where} is closed; nothing can be sent on it.`);
}
