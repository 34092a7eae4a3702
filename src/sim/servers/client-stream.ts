import type { ByteStream } from "ur-rtde-ts";

/** One client's connection as a server sees it. */
export interface ClientStream extends ByteStream {
  /** Bytes written that have not left this process; 0 for streams in memory. */
  readonly backlogBytes: number;
}

/** A stream that never has a backlog. */
export const withoutBacklog = (stream: ByteStream): ClientStream => ({ ...stream, backlogBytes: 0 });
