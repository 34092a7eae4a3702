import type { SimController } from "../controller/sim-controller.ts";
import type { ClientStream } from "./client-stream.ts";
import { answerDashboard, DASHBOARD_GREETING, type DashboardAnswer } from "./dashboard-answers.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { Pendant } from "./pendant.ts";
import { type ServedClient, StreamSet } from "./stream-set.ts";

const utf8 = new TextEncoder();
const PROGRAM_STOPPED = "PROGRAM_XXX_STOPPED";

/** The dashboard of a simulated controller, for any number of clients: one line in, one line out, in order. */
export class DashboardServer {
  readonly #controller: SimController;
  readonly #pendant: Pendant;
  readonly #clients = new StreamSet("cut-off");
  readonly #stopListening: () => void;

  constructor(controller: SimController, pendant: Pendant) {
    this.#controller = controller;
    this.#pendant = pendant;
    this.#stopListening = controller.onMessage((message) => {
      if (message.kind === "key" && message.title === PROGRAM_STOPPED)
        pendant.programEndedInCycle = controller.cycle;
    });
  }

  /** A client has connected. */
  accept(stream: ClientStream): void {
    const client = this.#clients.add(stream);
    const lines = new LineSplitter();
    const waiting: string[] = [];
    // Rights are given when a client connects: after a switch to remote control it has to come again.
    const mayCommand = this.#pendant.remoteControl;
    let busy = false;
    const answerNext = () => {
      while (!busy && waiting.length > 0 && !client.closed) {
        const answer = answerDashboard(waiting.shift()!, this.#controller, this.#pendant, mayCommand);
        if (!(answer instanceof Promise)) {
          this.#say(client, answer);
          continue;
        }
        busy = true;
        void answer.then((text) => {
          busy = false;
          this.#say(client, text);
          answerNext();
        });
      }
    };
    client.write(utf8.encode(`${DASHBOARD_GREETING}\n`));
    stream.onData((bytes) => {
      const complete = lines.push(bytes);
      if (complete === undefined) return client.close();
      waiting.push(...complete);
      answerNext();
    });
  }

  close(): void {
    this.#stopListening();
    this.#clients.close();
  }

  #say(client: ServedClient, { text, hangUp }: DashboardAnswer): void {
    client.write(utf8.encode(`${text}\n`));
    if (hangUp) client.close();
  }
}
