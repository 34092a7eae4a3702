import { ProtocolError, RtdeError } from "./errors.ts";
import { type ServerPackage } from "./protocol/package-type.ts";

type ReplyKind = Exclude<ServerPackage["kind"], "data" | "text">;
type Reply<Kind extends ReplyKind> = Extract<ServerPackage, { kind: Kind }>;

/** A question to the controller, and how its reply is read. */
export interface Step<Kind extends ReplyKind, Result> {
  /** Named in errors, for example "set-up of outputs". */
  readonly name: string;
  readonly reply: Kind;
  readonly request: () => Uint8Array;
  /** Runs the moment the reply is there, before the next package is looked at. */
  readonly read: (reply: Reply<Kind>) => Result;
}

interface Waiting {
  readonly kind: ReplyKind;
  readonly ask: () => void;
  readonly answer: (reply: ServerPackage) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Asks the controller one thing at a time. The protocol has no request numbers: a reply belongs to the last
 * question of its kind, so a question that got no reply in time leaves a connection that cannot be used.
 */
export class StepQueue {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #timeoutMs: number;
  /** Told what makes the connection useless. */
  readonly #onBroken: (error: Error) => void;
  #waiting: Waiting[] = [];
  #ended: Error | undefined;

  constructor(write: (bytes: Uint8Array) => void, timeoutMs: number, onBroken: (error: Error) => void) {
    this.#write = write;
    this.#timeoutMs = timeoutMs;
    this.#onBroken = onBroken;
  }

  /** Asks at once if nothing else is being asked; the reply may come before this returns. */
  ask<Kind extends ReplyKind, Result>(step: Step<Kind, Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      let timer: NodeJS.Timeout | undefined;
      this.#waiting.push({
        kind: step.reply,
        ask: () => {
          timer = setTimeout(() => this.#onBroken(this.#timeout(step.name)), this.#timeoutMs);
          this.#write(step.request());
        },
        answer: (reply) => {
          clearTimeout(timer);
          try {
            resolve(step.read(reply as Reply<Kind>));
          } catch (error) {
            if (error instanceof ProtocolError) this.#onBroken(error);
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        },
        fail: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      if (this.#waiting.length === 1) this.#askFirst();
    });
  }

  /** @returns false if nobody waits for such a reply */
  answer(reply: ServerPackage): boolean {
    const first = this.#waiting[0];
    if (first === undefined || first.kind !== reply.kind) return false;
    this.#waiting.shift();
    first.answer(reply);
    this.#askFirst();
    return true;
  }

  /** Rejects what is being asked and everything asked later. */
  end(error: Error): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.splice(0)) waiting.fail(error);
  }

  #askFirst(): void {
    const first = this.#waiting[0];
    if (first === undefined) return;
    try {
      first.ask();
    } catch (error) {
      this.#waiting.shift();
      first.fail(error as Error);
      this.#askFirst();
    }
  }

  #timeout(name: string): RtdeError {
    return new RtdeError(
      "TIMEOUT",
      `RTDE ${name}: the controller did not reply within ${this.#timeoutMs} ms; the connection was closed.`,
    );
  }
}
