import { CellistError } from "../../errors.ts";
import type { Endpoint, Handler } from "./endpoint.ts";
import { Encoders } from "./message-codec.ts";

interface Server {
  readonly endpoint: Endpoint;
  readonly handler: Handler;
}

/** The services of one process. */
export class Served {
  readonly #onNodeError: ((node: string, error: unknown) => void) | undefined;
  readonly #servers = new Map<string, Server>();
  readonly #encoders = new Encoders();

  /** @param onNodeError a handler threw something that is no `CellistError` */
  constructor(onNodeError: ((node: string, error: unknown) => void) | undefined) {
    this.#onNodeError = onNodeError;
  }

  get endpoints(): readonly Endpoint[] {
    return [...this.#servers.values()].map(({ endpoint }) => endpoint);
  }

  /** @throws CellistError `graph-name-taken` */
  add(endpoint: Endpoint, handler: Handler): void {
    const taken = this.#servers.get(endpoint.name);
    if (taken)
      throw new CellistError(
        "graph-name-taken",
        `${endpoint.name} is already served by ${taken.endpoint.node}`,
      );
    this.#servers.set(endpoint.name, { endpoint, handler });
  }

  /** @returns whether it was there */
  remove(endpoint: Endpoint): boolean {
    return this.#servers.get(endpoint.name)?.endpoint === endpoint && this.#servers.delete(endpoint.name);
  }

  removeNode(node: string): void {
    for (const { endpoint } of [...this.#servers.values()]) if (endpoint.node === node) this.remove(endpoint);
  }

  has(name: string): boolean {
    return this.#servers.has(name);
  }

  /** A request as bytes of its own, for a service elsewhere. @throws CellistError `message-invalid` */
  encodeRequest(name: string, type: string, request: unknown): Uint8Array {
    return this.#encoders.encode(`${type}_Request`, request, `request to ${name}`).slice();
  }

  /**
   * Asks a service that is here; request and answer are checked by being encoded.
   *
   * @throws CellistError `service-missing`, `message-invalid`, `service-failed` with the server's own sentence
   */
  async call(name: string, type: string, request: unknown): Promise<unknown> {
    const server = this.#servers.get(name)!;
    if (server.endpoint.type !== type)
      throw new CellistError("service-missing", `${name} is a ${server.endpoint.type}, not a ${type}`);
    this.#encoders.encode(`${type}_Request`, request, `request to ${name}`);
    const response = await this.#handle(server, request);
    this.#encoders.encode(`${type}_Response`, response, `answer of ${name}`);
    return response;
  }

  async #handle({ endpoint, handler }: Server, request: unknown): Promise<unknown> {
    try {
      return await handler(request);
    } catch (error) {
      if (error instanceof CellistError) throw error;
      this.#onNodeError?.(endpoint.node, error);
      const sentence = `${endpoint.name} failed: ${(error as Error).message}`;
      throw new CellistError("service-failed", sentence, {}, error);
    }
  }
}
