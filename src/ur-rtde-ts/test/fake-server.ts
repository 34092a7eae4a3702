import { createServer, type AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type ByteStream } from "../src/connection/byte-stream.ts";
import { socketByteStream } from "../src/connection/tcp-byte-stream.ts";

/** A server on a free port of this machine, closed when the test ends. @returns its port and its connections */
export async function fakeServer(
  serve: (stream: ByteStream, connection: number) => void,
  port = 0,
): Promise<{ readonly port: number; readonly connections: ByteStream[] }> {
  const connections: ByteStream[] = [];
  const server = createServer((socket) => {
    const stream = socketByteStream(socket);
    connections.push(stream);
    serve(stream, connections.length);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const stream of connections) stream.close();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections };
}
