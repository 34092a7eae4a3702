/** A two-way stream of bytes: a TCP socket, or two ends in one thread. */
export interface ByteStream {
  /**
   * Sends. The stream may keep the array, so it must not be changed afterwards.
   * @throws ConnectionError CLOSED after the stream was closed.
   */
  write(bytes: Uint8Array): void;
  /** Called with every chunk, in order. The chunk is only lent. Nothing is lost before the first listener. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once when the stream ends, with the error if it broke; at once if it has ended already. */
  onClose(listener: (reason?: Error) => void): void;
  /** Ends the stream. Doing so twice is fine. */
  close(): void;
}
