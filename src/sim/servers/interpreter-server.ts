import type { SimController } from "../controller/sim-controller.ts";
import type { ClientStream } from "./client-stream.ts";
import { LineSplitter } from "./line-splitter.ts";
import { StreamSet } from "./stream-set.ts";

const utf8 = new TextEncoder();

/** Port 30020: a statement a line for a program in interpreter mode, an answer a line. */
export class InterpreterServer {
  readonly #controller: SimController;
  readonly #clients = new StreamSet("cut-off");

  constructor(controller: SimController) {
    this.#controller = controller;
  }

  /** A client has connected. */
  accept(stream: ClientStream): void {
    const client = this.#clients.add(stream);
    const lines = new LineSplitter();
    stream.onData((bytes) => {
      const complete = lines.push(bytes);
      if (complete === undefined) return client.close();
      for (const line of complete)
        if (line.trim() !== "")
          client.write(utf8.encode(`${this.#controller.interpreter.take(line.trim())}\n`));
    });
  }

  close(): void {
    this.#clients.close();
  }
}
