import { serve as listen, type ServerType } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import type { Hono } from "hono";
import { CellistError } from "../../errors.ts";

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves an app on an address.
 *
 * @param port 0 for any free one
 * @throws CellistError `port-taken`
 */
export function serveApp(
  app: Hono,
  address: { readonly host: string; readonly port: number },
): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    const server: ServerType = listen(
      { fetch: app.fetch, hostname: address.host, port: address.port },
      ({ port }: AddressInfo) =>
        resolve({
          port,
          close: () =>
            new Promise((done) => {
              server.close(() => done());
              if ("closeAllConnections" in server) server.closeAllConnections();
            }),
        }),
    );
    server.once("error", (cause: NodeJS.ErrnoException) =>
      reject(
        new CellistError(
          "port-taken",
          cause.code === "EADDRINUSE"
            ? `port ${address.port} on ${address.host} is taken by another program; choose another with --port`
            : `cannot listen on ${address.host}:${address.port}: ${cause.message}`,
          { ...address },
          cause,
        ),
      ),
    );
  });
}
