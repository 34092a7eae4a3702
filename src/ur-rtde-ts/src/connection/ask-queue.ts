import { type Connection } from "./connection.ts";
import { aborted, ProtocolError } from "./errors.ts";

/** Something asked over a connection, and how its answer is known and read. */
export interface Question<Answer, Result> {
  /** Named in errors: `dashboard "play"`. */
  readonly name: string;
  /** Puts the question. What it throws is the outcome. */
  readonly put: () => void;
  readonly isAnswer: (answer: Answer) => boolean;
  /** Runs the moment the answer is there, before anything behind it is looked at, also if nobody waits any more. */
  readonly read: (answer: Answer) => Result;
  /** Longest wait for the answer, once put [ms]. */
  readonly timeoutMs: number;
  /** What a missing answer is reported as. */
  readonly unanswered: () => Error;
  /** Gives up waiting. A question that was put already still takes its answer out of the way. */
  readonly signal?: AbortSignal | undefined;
}

interface Waiting<Answer> {
  readonly isAnswer: (answer: Answer) => boolean;
  readonly put: () => void;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Asks one thing at a time where answers carry no number: an answer belongs to the question in front. A question
 * that gets none in time therefore ends the connection, because a late answer would be taken for the next one's.
 */
export class AskQueue<Answer> {
  readonly #connection: Connection;
  #waiting: Waiting<Answer>[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.onClosed(() => {
      for (const waiting of this.#waiting.splice(0)) waiting.fail(connection.failure);
    });
  }

  /** Asks at once if nothing else is being asked; the answer may come before this returns. */
  ask<Result>(question: Question<Answer, Result>): Promise<Result> {
    const { signal } = question;
    return new Promise((resolve, reject) => {
      if (this.#connection.closed) return reject(this.#connection.failure);
      if (signal?.aborted === true) return reject(aborted(question.name, signal));
      const giveUp = () => {
        if (this.#waiting[0] !== waiting) this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(aborted(question.name, signal));
      };
      const waiting = this.#waitingFor(question, resolve, (error) => {
        signal?.removeEventListener("abort", giveUp);
        if (error !== undefined) reject(error);
      });
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(waiting);
      if (this.#waiting.length === 1) this.#putFirst();
    });
  }

  /** @returns false if nobody waits for such an answer */
  answer(answer: Answer): boolean {
    const first = this.#waiting[0];
    if (first === undefined || !first.isAnswer(answer)) return false;
    this.#waiting.shift();
    first.answer(answer);
    this.#putFirst();
    return true;
  }

  #waitingFor<Result>(
    question: Question<Answer, Result>,
    resolve: (result: Result) => void,
    settle: (error?: Error) => void,
  ): Waiting<Answer> {
    let timer: NodeJS.Timeout | undefined;
    return {
      isAnswer: question.isAnswer,
      put: () => {
        timer = setTimeout(() => this.#connection.end(question.unanswered()), question.timeoutMs);
        question.put();
      },
      answer: (answer) => {
        clearTimeout(timer);
        try {
          resolve(question.read(answer));
          settle();
        } catch (error) {
          if (error instanceof ProtocolError) this.#connection.end(error);
          settle(error instanceof Error ? error : new Error(String(error)));
        }
      },
      fail: (error) => {
        clearTimeout(timer);
        settle(error);
      },
    };
  }

  #putFirst(): void {
    const first = this.#waiting[0];
    if (first === undefined) return;
    try {
      first.put();
    } catch (error) {
      if (this.#waiting[0] === first) this.#waiting.shift();
      first.fail(error as Error);
      this.#putFirst();
    }
  }
}
