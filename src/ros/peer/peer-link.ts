import type { Socket } from "node:net";
import type { MessagePort, Worker } from "node:worker_threads";
import { encodeFrame, FrameDecoder, type Frame } from "./frame.ts";

/** A way to another part of a graph. */
export interface PeerLink {
  /** @returns false when the way is full: hold back until `onDrain` */
  send(frame: Frame): boolean;
  onFrame(listener: (frame: Frame) => void): void;
  onDrain(listener: () => void): void;
  /** Called once, when the way has ended. @param broken what came that is no frame, if that was the reason */
  onClosed(listener: (broken?: string) => void): void;
  close(): void;
}

/** Over a socket: a local door, or a pipe. Bytes that are no frames end it. */
export function socketLink(socket: Socket): PeerLink {
  const decoder = new FrameDecoder();
  let broken: string | undefined;
  const framesOf = (chunk: Buffer): readonly Frame[] => {
    try {
      return broken === undefined ? decoder.push(chunk) : [];
    } catch (cause) {
      broken = (cause as Error).message;
      socket.destroy();
      return [];
    }
  };
  socket.on("error", () => socket.destroy()); // "close" follows and is told
  return {
    send: (frame) => socket.destroyed || socket.write(encodeFrame(frame)),
    onFrame: (listener) => void socket.on("data", (chunk: Buffer) => framesOf(chunk).forEach(listener)),
    onDrain: (listener) => void socket.on("drain", listener),
    onClosed: (listener) => void socket.once("close", () => listener(broken)),
    close: () => void socket.end(),
  };
}

/** To or from a worker thread. */
export function threadLink(port: MessagePort | Worker): PeerLink {
  let closed = false;
  const listeners: (() => void)[] = [];
  const end = (): void => {
    if (closed) return;
    closed = true;
    listeners.forEach((listener) => listener());
  };
  port.once("close", end);
  port.once("exit", end);
  return {
    send(frame) {
      if (!closed) port.postMessage(frame);
      return true;
    },
    onFrame: (listener) => void port.on("message", listener),
    onDrain: () => undefined,
    onClosed: (listener) => void listeners.push(listener),
    close: end,
  };
}
