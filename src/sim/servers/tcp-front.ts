import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { socketByteStream } from "ur-rtde-ts";
import { CellistError } from "../../errors.ts";
import type { ClientStream } from "./client-stream.ts";

/** Where a real controller listens. @source UR client interfaces overview */
export const UR_PORTS = {
  dashboard: 29999,
  primary: 30001,
  secondary: 30002,
  realtime: 30003,
  rtde: 30004,
  primaryReadOnly: 30011,
  secondaryReadOnly: 30012,
  realtimeReadOnly: 30013,
  interpreter: 30020,
} as const;

export type PortName = keyof typeof UR_PORTS;

/** TCP ports of a controller; 0 takes any free one. */
export type ControllerPorts = Readonly<Record<PortName, number>>;

/** A port for every interface. */
export const portsFrom = (choose: (urPort: number) => number): ControllerPorts =>
  Object.fromEntries(
    Object.entries(UR_PORTS).map(([name, port]) => [name, choose(port)]),
  ) as unknown as ControllerPorts;

/** Every port on any free one. */
export const ANY_PORTS: ControllerPorts = portsFrom(() => 0);

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
