import { type Socket, connect } from "node:net";
import { type ByteStream } from "./byte-stream.ts";
import { Ending } from "./ending.ts";
import { aborted, closedError, ConnectionError } from "./errors.ts";

/** How a TCP connection is made. */
export interface TcpOptions {
  /** Longest wait for the connection to be made [ms], default 5000. */
  readonly timeoutMs?: number | undefined;
  /** Gives up connecting, and closes the connection later on. */
  readonly signal?: AbortSignal | undefined;
}

/** Longest wait for the other side's goodbye [ms]. @assumed ample on a local network */
const lingerMs = 1000;
/** More unsent than this, and the other side does not read any more [bytes]. @assumed 10 s of the fullest inputs */
const maxUnsentBytes = 8 << 20;

/**
 * Connects with TCP_NODELAY.
 * @throws ConnectionError CONNECTION_REFUSED, UNREACHABLE, CONNECT_TIMEOUT or ABORTED; names host and port.
 */
export function tcpByteStream(host: string, port: number, options: TcpOptions = {}): Promise<ByteStream> {
  const { timeoutMs = 5000, signal } = options;
  const where = `${host}:${port}`;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(aborted(`connecting to ${where}`, signal));
      return;
    }
    const socket = connect({ host, port, noDelay: true });
    const timer = setTimeout(() => {
      fail(new ConnectionError("CONNECT_TIMEOUT", `${where} did not answer within ${timeoutMs} ms.`));
    }, timeoutMs);
    const onAbort = () => fail(aborted(`connecting to ${where}`, signal));
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
      resolve(withoutBacklog(socket, where, socketByteStream(socket, signal)));
    });
  });
}

/** The stream, refusing to pile up bytes for a controller that does not read them. */
function withoutBacklog(socket: Socket, where: string, stream: ByteStream): ByteStream {
  return {
    ...stream,
    write(bytes) {
      if (socket.writableLength > maxUnsentBytes) {
        const text = `${where} does not read: ${socket.writableLength} bytes wait to be sent.`;
        socket.destroy();
        throw new ConnectionError("CONNECTION_LOST", text);
      }
      stream.write(bytes);
    },
  };
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
  const ending = new Ending();
  socket.on("close", () => ending.end(failure));
  const abort = () => {
    socket.destroy();
    ending.end(aborted(`the connection to ${where}`, signal));
  };
  signal?.addEventListener("abort", abort, { once: true });
  ending.onEnd(() => signal?.removeEventListener("abort", abort));
  return {
    write(bytes) {
      if (ending.over || socket.destroyed || !socket.writable) throw closedError(where);
      socket.write(bytes);
    },
    onData(listener) {
      socket.on("data", (bytes) => {
        if (!ending.over) listener(bytes);
      });
    },
    onClose: (listener) => void ending.onEnd(listener),
    close() {
      if (ending.over) return;
      ending.end(undefined);
      // A socket destroyed with unread bytes resets the connection, and what was just written can be lost with
      // it: say goodbye, read to the other side's end, and only then let go.
      socket.end();
      socket.resume();
      setTimeout(() => socket.destroy(), lingerMs).unref();
    },
  };
}
