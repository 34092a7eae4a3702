import { AskQueue } from "../connection/ask-queue.ts";
import { type ByteStream } from "../connection/byte-stream.ts";
import { Connection } from "../connection/connection.ts";
import { LineDecoder } from "../connection/line-decoder.ts";
import { DashboardError, refusal } from "./dashboard-error.ts";

/** How one command waits for its answer. */
export interface CommandOptions {
  /** Longest wait for the answer [ms]; default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** Gives up waiting; a command that was sent is carried out all the same. */
  readonly signal?: AbortSignal | undefined;
}

const utf8 = new TextEncoder();

/** Lines to and from a dashboard server: one command at a time, each answered by one line. */
export class DashboardConnection {
  readonly #connection: Connection;
  readonly #asked: AskQueue<string>;
  readonly #timeoutMs: number;
  /** Resolves once the server has greeted. */
  readonly greeting: Promise<string>;

  constructor(stream: ByteStream, timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#connection = new Connection(stream, "dashboard");
    this.#asked = new AskQueue(this.#connection);
    // The greeting is an answer that nobody asked for: it waits in front of all commands.
    this.greeting = this.#wait("", {}).then(checkGreeting);
    this.greeting.catch((error: unknown) => this.#connection.end(error as Error));
    // A line nobody waits for is a farewell: dashboards say nothing unasked, but when they shut down.
    const lines = new LineDecoder((line) => void this.#asked.answer(line));
    this.#connection.listen((bytes) => lines.push(bytes));
  }

  get closed(): boolean {
    return this.#connection.closed;
  }

  /** Sends a command when those before it are answered. @returns the answer, whatever it says */
  ask(command: string, options: CommandOptions = {}): Promise<string> {
    if (!/[\r\n]/.test(command)) return this.#wait(command, options);
    const text = `Dashboard ${JSON.stringify(command)}: a command is one line.`;
    return Promise.reject(new DashboardError("BAD_ARGUMENT", command, "", text));
  }

  /** As `ask`. @throws DashboardError unless the answer matches @returns the match */
  async expect(command: string, pattern: RegExp, options?: CommandOptions): Promise<RegExpExecArray> {
    const answer = await this.ask(command, options);
    const match = pattern.exec(answer);
    if (match === null) throw refusal(command, answer);
    return match;
  }

  onClosed(listener: (reason: Error | undefined) => void): () => void {
    return this.#connection.onClosed(listener);
  }

  close(): void {
    this.#connection.end();
  }

  /** @param command empty for the greeting */
  #wait(command: string, { timeoutMs = this.#timeoutMs, signal }: CommandOptions): Promise<string> {
    const what = command === "" ? "no greeting" : `no answer to "${command}"`;
    return this.#asked.ask({
      name: `dashboard "${command}"`,
      put: () => {
        if (command !== "") this.#connection.write(utf8.encode(`${command}\n`));
      },
      isAnswer: () => true,
      read: (line) => line,
      timeoutMs,
      unanswered: () =>
        new DashboardError(
          "TIMEOUT",
          command,
          "",
          `The dashboard server gave ${what} within ${timeoutMs} ms; the connection was closed.`,
        ),
      signal,
    });
  }
}

function checkGreeting(line: string): string {
  if (/Universal Robots Dashboard Server/i.test(line)) return line;
  const text = `This is not a dashboard server; it greets with ${JSON.stringify(line)}.`;
  throw new DashboardError("NOT_A_DASHBOARD", "", line, text);
}
