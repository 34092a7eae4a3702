import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { socketByteStream } from "ur-rtde-ts";
import { CellistError } from "../../errors.ts";
import type { ClientStream } from "./client-stream.ts";

/** TCP ports of a controller; 0 takes any free one. */
export interface ControllerPorts {
  readonly rtde: number;
  readonly dashboard: number;
  readonly primary: number;
  readonly secondary: number;
  readonly realtime: number;
}

/** @source UR client interfaces overview */
export const UR_PORTS: ControllerPorts = {
  rtde: 30004,
  dashboard: 29999,
  primary: 30001,
  secondary: 30002,
  realtime: 30003,
};

/** Every port on any free one. */
export const ANY_PORTS: ControllerPorts = { rtde: 0, dashboard: 0, primary: 0, secondary: 0, realtime: 0 };

export type PortName = keyof ControllerPorts;

/** Listening sockets, and the clients that came through them. */
export interface TcpFront {
  /** The real ports. */
  readonly ports: ControllerPorts;
  close(): Promise<void>;
}

/**
 * Listens on all ports of a controller.
 *
 * @param accept told of every client
 * @throws CellistError port-taken
 */
export async function openTcpFront(
  host: string,
  wanted: ControllerPorts,
  accept: (stream: ClientStream, port: PortName) => void,
): Promise<TcpFront> {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  };
  const ports: Partial<Record<PortName, number>> = {};
  for (const name of Object.keys(wanted) as PortName[]) {
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      accept(clientStream(socket), name);
    });
    try {
      ports[name] = await listen(server, host, wanted[name]);
    } catch (error) {
      await close();
      throw error;
    }
    servers.push(server);
  }
  return { ports: ports as ControllerPorts, close };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(host, port, error)));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): CellistError {
  const why = error.code === "EADDRINUSE" ? "is taken" : `cannot be opened (${error.code ?? error.message})`;
  const text = `port ${port} of ${host} ${why}; stop the other program or choose --port-offset`;
  return new CellistError("port-taken", text, { host, port }, error);
}

function clientStream(socket: Socket): ClientStream {
  const stream = socketByteStream(socket);
  return {
    write: (bytes) => stream.write(bytes),
    onData: (listener) => stream.onData(listener),
    onClose: (listener) => stream.onClose(listener),
    close: () => stream.close(),
    get backlogBytes() {
      return socket.writableLength;
    },
  };
}
