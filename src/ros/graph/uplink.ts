import type { Qos } from "../qos.ts";
import type { Endpoint, GraphSnapshot } from "./endpoint.ts";

/** Where a graph goes on: another thread or process, or ROS 2. */
export interface Uplink {
  /** A local message, after it reached everybody here. */
  published(endpoint: Endpoint & { readonly qos: Qos }, cdr: Uint8Array): void;
  /** Something came or went here. */
  changed(): void;
  /** Where a service is that is not here. undefined: nowhere. */
  call(name: string, type: string, request: Uint8Array): Promise<unknown> | undefined;
  /** Everything out there. */
  snapshot(): GraphSnapshot;
}
