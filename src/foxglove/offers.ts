import type { Endpoint, GraphSnapshot } from "../ros/graph/endpoint.ts";
import { schemaOf } from "../ros/schemas.ts";

/** A topic as a client sees it. */
export interface Channel {
  readonly id: number;
  readonly topic: string;
  readonly encoding: "cdr";
  readonly schemaName: string;
  readonly schema: string;
  readonly schemaEncoding: "ros2msg";
}

/** A service as a client sees it; both spellings of its schemas, the older one and the newer. */
export interface Service {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly requestSchema: string;
  readonly responseSchema: string;
  readonly request: ServiceSchema;
  readonly response: ServiceSchema;
}
interface ServiceSchema {
  readonly encoding: "cdr";
  readonly schemaName: string;
  readonly schemaEncoding: "ros2msg";
  readonly schema: string;
}

/** What came and what went. */
export interface Change<T> {
  readonly added: readonly T[];
  readonly removed: readonly number[];
}

/** Topics and services of a graph under numbers that stay theirs, also when they go and come back. */
export class Offers {
  readonly #ids = new Map<string, number>();
  channels: ReadonlyMap<number, Channel> = new Map();
  services: ReadonlyMap<number, Service> = new Map();

  /** Brings the offers up to date. */
  update({ endpoints }: GraphSnapshot): {
    readonly channels: Change<Channel>;
    readonly services: Change<Service>;
  } {
    const shown = endpoints.filter(({ name }) => !name.includes("/_action/"));
    const published = shown.filter(({ kind }) => kind === "publisher");
    const served = shown.filter(({ kind }) => kind === "server");
    const [before, servedBefore] = [this.channels, this.services];
    this.channels = this.#numbered(published, (id, endpoint) => channelOf(id, endpoint));
    this.services = this.#numbered(served, (id, endpoint) => serviceOf(id, endpoint));
    return { channels: changeOf(before, this.channels), services: changeOf(servedBefore, this.services) };
  }

  #numbered<T>(
    endpoints: readonly Endpoint[],
    make: (id: number, endpoint: Endpoint) => T,
  ): ReadonlyMap<number, T> {
    const made = new Map<number, T>();
    for (const endpoint of endpoints) {
      const key = `${endpoint.kind} ${endpoint.name} ${endpoint.type}`;
      const id = this.#ids.get(key) ?? this.#ids.size + 1;
      this.#ids.set(key, id);
      if (!made.has(id)) made.set(id, make(id, endpoint));
    }
    return made;
  }
}

const changeOf = <T>(before: ReadonlyMap<number, T>, now: ReadonlyMap<number, T>): Change<T> => ({
  added: [...now].filter(([id]) => !before.has(id)).map(([, one]) => one),
  removed: [...before.keys()].filter((id) => !now.has(id)),
});

const channelOf = (id: number, { name: topic, type }: Endpoint): Channel => ({
  id,
  topic,
  encoding: "cdr",
  schemaName: type,
  schema: schemaOf(type).text,
  schemaEncoding: "ros2msg",
});

function serviceOf(id: number, { name, type }: Endpoint): Service {
  const part = (ending: string): ServiceSchema => ({
    encoding: "cdr",
    schemaName: `${type}_${ending}`,
    schemaEncoding: "ros2msg",
    schema: schemaOf(`${type}_${ending}`).text,
  });
  const [request, response] = [part("Request"), part("Response")];
  return {
    id,
    name,
    type,
    requestSchema: request.schema,
    responseSchema: response.schema,
    request,
    response,
  };
}
