import type { SimController } from "../controller/sim-controller.ts";
import type { ClientStream } from "./client-stream.ts";
import { answerDashboard, DASHBOARD_GREETING, type DashboardMemory } from "./dashboard-answers.ts";
import { LineSplitter } from "./line-splitter.ts";
import { StreamSet } from "./stream-set.ts";

const utf8 = new TextEncoder();

/** The dashboard of a simulated controller, for any number of clients: one line in, one line out. */
export class DashboardServer {
  readonly #controller: SimController;
  readonly #memory: DashboardMemory = { operationalMode: "NONE" };
  readonly #clients = new StreamSet();

  constructor(controller: SimController) {
    this.#controller = controller;
  }

  /** A client has connected. */
  accept(stream: ClientStream): void {
    const client = this.#clients.add(stream);
    const lines = new LineSplitter();
    client.write(utf8.encode(`${DASHBOARD_GREETING}\n`));
    stream.onData((bytes) => {
      const complete = lines.push(bytes);
      if (complete === undefined) client.close();
      for (const line of complete ?? []) {
        if (client.closed) return;
        const { text, hangUp } = answerDashboard(line, this.#controller, this.#memory);
        client.write(utf8.encode(`${text}\n`));
        if (hangUp) client.close();
      }
    });
  }

  close(): void {
    this.#clients.close();
  }
}
