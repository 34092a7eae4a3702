import { type ByteStream } from "./byte-stream.ts";
import { ConnectionError, ProtocolError } from "./errors.ts";
import { DashboardError, refusal } from "./dashboard-error.ts";
import { LineDecoder } from "./line-decoder.ts";
import { Listeners } from "./listeners.ts";

interface Waiting {
  readonly command: string;
  readonly timeoutMs: number;
  readonly resolve: (answer: string) => void;
  readonly reject: (error: Error) => void;
  timer?: NodeJS.Timeout;
}

const utf8 = new TextEncoder();

/** Lines to and from a dashboard server: one command at a time, each answered by one line. */
export class DashboardConnection {
  readonly #stream: ByteStream;
  readonly #timeoutMs: number;
  readonly #closedListeners = new Listeners<[Error | undefined]>();
  #waiting: Waiting[] = [];
  #ended: { readonly reason: Error | undefined } | undefined;
  /** Resolves once the server has greeted. */
  readonly greeting: Promise<string>;

  constructor(stream: ByteStream, timeoutMs: number) {
    this.#stream = stream;
    this.#timeoutMs = timeoutMs;
    // The greeting is an answer that nobody asked for: it waits in front of all commands.
    this.greeting = this.#wait("", timeoutMs).then(checkGreeting);
    this.greeting.catch((error: unknown) => this.#end(error as Error));
    const lines = new LineDecoder((line) => this.#answer(line));
    stream.onClose((reason) => this.#end(reason ?? new ConnectionError("CONNECTION_LOST", hungUp)));
    stream.onData((bytes) => {
      if (this.#ended !== undefined) return;
      try {
        lines.push(bytes);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.#end(error);
      }
    });
  }

  get closed(): boolean {
    return this.#ended !== undefined;
  }

  /** Sends a command when those before it are answered. @returns the answer, whatever it says */
  ask(command: string, timeoutMs = this.#timeoutMs): Promise<string> {
    if (!/[\r\n]/.test(command)) return this.#wait(command, timeoutMs);
    const text = `Dashboard ${JSON.stringify(command)}: a command is one line.`;
    return Promise.reject(new DashboardError("BAD_ARGUMENT", command, "", text));
  }

  /** As `ask`. @throws DashboardError unless the answer matches @returns the match */
  async expect(command: string, pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray> {
    const answer = await this.ask(command, timeoutMs);
    const match = pattern.exec(answer);
    if (match === null) throw refusal(command, answer);
    return match;
  }

  onClosed(listener: (reason: Error | undefined) => void): () => void {
    if (this.#ended === undefined) return this.#closedListeners.add(listener);
    listener(this.#ended.reason);
    return () => undefined;
  }

  close(): void {
    this.#end(undefined);
  }

  #wait(command: string, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended.reason ?? closedByUs());
        return;
      }
      this.#waiting.push({ command, timeoutMs, resolve, reject });
      if (this.#waiting.length === 1) this.#sendFirst();
    });
  }

  #sendFirst(): void {
    const first = this.#waiting[0];
    if (first === undefined) return;
    const { command, timeoutMs } = first;
    first.timer = setTimeout(() => {
      const what = command === "" ? "no greeting" : `"${command}": no answer`;
      const text = `Dashboard ${what} within ${timeoutMs} ms; the connection was closed.`;
      this.#end(new DashboardError("TIMEOUT", command, "", text)); // a late answer would be taken for the next
    }, timeoutMs);
    if (command === "") return;
    try {
      this.#stream.write(utf8.encode(`${command}\n`));
    } catch (error) {
      this.#end(error as Error);
    }
  }

  #answer(line: string): void {
    const first = this.#waiting.shift();
    if (first === undefined) return; // dashboards say nothing unasked, but for a farewell when they shut down
    clearTimeout(first.timer);
    first.resolve(line);
    this.#sendFirst();
  }

  #end(reason: Error | undefined): void {
    if (this.#ended !== undefined) return;
    this.#ended = { reason };
    this.#stream.close();
    for (const { timer, reject } of this.#waiting.splice(0)) {
      clearTimeout(timer);
      reject(reason ?? closedByUs());
    }
    this.#closedListeners.emit(reason);
  }
}

const hungUp = "The dashboard server closed the connection.";

function closedByUs(): ConnectionError {
  return new ConnectionError("CLOSED", "The dashboard connection was closed on this side.");
}

function checkGreeting(line: string): string {
  if (/Universal Robots Dashboard Server/i.test(line)) return line;
  const text = `This is not a dashboard server; it greets with ${JSON.stringify(line)}.`;
  throw new DashboardError("NOT_A_DASHBOARD", "", line, text);
}
