import type { SimController } from "../controller/sim-controller.ts";
import type { ClientStream } from "./client-stream.ts";
import { InputOwners } from "./input-owners.ts";
import { RtdeSession } from "./rtde-session.ts";

/** The real-time data exchange of a simulated controller, for any number of clients. */
export class RtdeServer {
  readonly #controller: SimController;
  readonly #owners = new InputOwners<RtdeSession>();
  #sessions: RtdeSession[] = [];

  constructor(controller: SimController) {
    this.#controller = controller;
  }

  /** A client has connected. */
  accept(stream: ClientStream): void {
    this.#sessions.push(new RtdeSession(stream, this.#controller, this.#owners));
  }

  /** The control cycle is over: everybody gets its data. */
  publish(): void {
    for (const session of this.#sessions) session.publish();
    if (this.#sessions.some((session) => session.ended))
      this.#sessions = this.#sessions.filter((session) => !session.ended);
  }

  close(): void {
    for (const session of this.#sessions.splice(0)) session.end();
  }
}
