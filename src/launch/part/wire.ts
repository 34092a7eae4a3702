import type { ErrorCode } from "../../errors.ts";
import type { LogLevel } from "../../ros/node/graph-node.ts";
import type { LifecycleState, LifecycleTransition } from "../../ros/node/lifecycle.ts";
import type { Frame } from "../../ros/peer/frame.ts";
import type { PeerLink } from "../../ros/peer/peer-link.ts";
import type { NodeSpec } from "../launch-file.ts";

/** What a launch asks of a part of it that runs elsewhere. */
export type PartOrder =
  | { readonly do: "host"; readonly order: number; readonly spec: NodeSpec }
  | {
      readonly do: "move";
      readonly order: number;
      readonly node: string;
      readonly transition: LifecycleTransition;
    }
  | { readonly do: "destroy"; readonly order: number; readonly node: string }
  | { readonly do: "ping"; readonly order: number };

/** An error on its way: what a person is told, and what is behind it. */
export interface PartError {
  readonly code: ErrorCode | undefined;
  readonly message: string;
  readonly cause?: PartError;
}

/** What a part tells. */
export type PartNews =
  | { readonly said: "ready" }
  | { readonly said: "done"; readonly order: number; readonly node: string; readonly state: LifecycleState }
  | {
      readonly said: "failed";
      readonly order: number;
      readonly state: LifecycleState;
      readonly error: PartError;
    }
  | { readonly said: "log"; readonly node: string; readonly level: LogLevel; readonly text: string }
  | { readonly said: "finished"; readonly node: string; readonly error?: PartError }
  | { readonly said: "crashed"; readonly node: string; readonly message: string }
  /** Something failed that is nobody's callback: the part ends. */
  | { readonly said: "fell"; readonly message: string };

export type PartMessage = PartOrder | PartNews | Frame;

/** The way between a launch and a part: one channel for orders and for the graph, so that both stay in order. */
export interface PartWire {
  /** @returns false when the way is full */
  readonly post: (message: PartMessage) => boolean;
  readonly onMessage: (listener: (message: PartMessage) => void) => void;
  readonly onDrain: (listener: () => void) => void;
  /** Called once, with the reason if there is one. */
  readonly onClosed: (listener: (why: string) => void) => void;
  /** Ends the other side, whatever it is doing. */
  readonly end: () => void;
}

/** What a thread tells of the way to it: so many more messages are through. */
export interface Taken {
  readonly taken: number;
}

export const isTaken = (message: PartMessage | Taken): message is Taken => "taken" in message;
export const isFrame = (message: PartMessage): message is Frame => "head" in message;
export const isNews = (message: PartMessage): message is PartNews => "said" in message;
export const isOrder = (message: PartMessage): message is PartOrder => "do" in message;

/** The graph's share of a wire. */
export const graphLink = (wire: PartWire): PeerLink => ({
  send: (frame) => wire.post(frame),
  onFrame: (listener) => wire.onMessage((message) => isFrame(message) && listener(message)),
  onDrain: (listener) => wire.onDrain(listener),
  onClosed: (listener) => wire.onClosed(() => listener()),
  close: () => undefined,
});
