import { type ServerPackage } from "../protocol/package-type.ts";

export type ReplyKind = Exclude<ServerPackage["kind"], "data" | "text">;
type Reply<Kind extends ReplyKind> = Extract<ServerPackage, { kind: Kind }>;

/** One step of the set-up: a question to the controller, and how its reply is read. */
export interface Step<Kind extends ReplyKind, Result> {
  /** Named in errors, for example "set-up of outputs". */
  readonly name: string;
  readonly reply: Kind;
  readonly request: () => Uint8Array;
  /** Runs the moment the reply is there, before the next package is looked at. */
  readonly read: (reply: Reply<Kind>) => Result;
}
