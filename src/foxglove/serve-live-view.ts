import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { CellistError } from "../errors.ts";
import type { ParameterEvent } from "../ros/interfaces/generated/rcl_interfaces.ts";
import { SimulatedNodeClock } from "../ros/node/graph-clock.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import { EVENT_QOS } from "../ros/qos.ts";
import { Connection } from "./connection.ts";
import { namedParameter } from "./graph-parameters.ts";
import { SUBPROTOCOLS, timeData } from "./messages.ts";
import { Offers } from "./offers.ts";

export interface LiveViewSettings {
  /** Address to listen on; anybody who reaches it may look. */
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Clients may call services, publish, and set parameters. */
  readonly control: boolean;
  /** Web pages from these origins may connect, "*" = from any; programs that are no browser name none and always may. */
  readonly origins: readonly string[];
}

export interface RunningLiveView {
  readonly port: number;
  readonly clients: () => number;
  readonly close: () => Promise<void>;
}

/** How often it is looked what came and went on the graph [s]. */
const LOOK_S = 0.5;
const TIME_S = 0.05;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Shows a graph to Foxglove, Lichtblick and whoever else speaks their WebSocket protocol.
 *
 * @throws CellistError `port-taken`
 */
export async function serveLiveView(node: GraphNode, settings: LiveViewSettings): Promise<RunningLiveView> {
  const { control, origins } = settings;
  const http = createServer((_, response) =>
    response.writeHead(426).end("a WebSocket for Foxglove or Lichtblick\n"),
  );
  const server = new WebSocketServer({
    server: http,
    maxPayload: MOST_BYTES,
    handleProtocols: (asked) => SUBPROTOCOLS.find((protocol) => asked.has(protocol)) ?? false,
    verifyClient: ({ req }: { req: IncomingMessage }) => isWelcome(req, origins),
  });
  server.on("error", () => undefined); // the HTTP server has it, too, and says why to whoever started this
  const offers = new Offers();
  offers.update(node.graph.snapshot());
  const connections = new Set<Connection>();
  const time = node.clock instanceof SimulatedNodeClock;
  const about = { name: "robot-cellist", sessionId: randomUUID(), time };
  server.on("connection", (socket) => {
    if (socket.protocol === "") return socket.close(1002, `this server speaks ${SUBPROTOCOLS.join(" and ")}`);
    const connection = new Connection(wireOf(socket), { node, offers, control }, about);
    connections.add(connection);
    socket.on("message", (data, isBinary) => void connection.hear(isBinary ? bytesOf(data) : textOf(data)));
    socket.on("error", () => socket.terminate()); // "close" follows
    socket.once("close", () => {
      connections.delete(connection);
      connection.close();
    });
  });
  const stops = [
    node.timer(LOOK_S, () => {
      const { channels, services } = offers.update(node.graph.snapshot());
      const keyed = <T extends { readonly id: number }>(added: readonly T[]): Map<number, T> =>
        new Map(added.map((one) => [one.id, one]));
      for (const connection of connections)
        connection.tell(keyed(channels.added), channels.removed, keyed(services.added), services.removed);
    }),
    node.subscribeTo(
      "/parameter_events",
      "rcl_interfaces/msg/ParameterEvent",
      EVENT_QOS,
      (event: ParameterEvent) => {
        const changed = event.changed_parameters.map((one) => namedParameter(event.node, one));
        for (const connection of connections) connection.tellParameters(changed);
      },
    ),
    ...(time
      ? [node.timer(TIME_S, () => connections.forEach((one) => one.tellTime(timeData(node.clock.nowNs()))))]
      : []),
  ];
  const port = await listen(http, settings);
  return {
    port,
    clients: () => connections.size,
    close: async () => {
      stops.forEach((stop) => stop());
      for (const socket of server.clients) socket.terminate();
      server.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A web page could reach this from a person's browser without being asked: it must be named. */
function isWelcome({ headers: { origin } }: IncomingMessage, origins: readonly string[]): boolean {
  return origin === undefined || origin === "file://" || origins.includes("*") || origins.includes(origin);
}

function listen(http: ReturnType<typeof createServer>, { host, port }: LiveViewSettings): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once("error", (cause) =>
      reject(
        new CellistError(
          "port-taken",
          `the live view cannot listen on ${host}:${port}: ${cause.message}`,
          {},
          cause,
        ),
      ),
    );
    http.listen(port, host, () => resolve((http.address() as { port: number }).port));
  });
}

const wireOf = (socket: WebSocket) => ({
  sendText: (text: string) => socket.send(text),
  sendBytes: (bytes: Uint8Array) => socket.send(bytes),
  waitingBytes: () => socket.bufferedAmount,
});

const bytesOf = (data: RawData): Uint8Array =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data);
const textOf = (data: RawData): string => Buffer.from(bytesOf(data)).toString("utf8");
