import { encodeRobotMessage, type RobotMessageBody } from "ur-rtde-ts";
import { CYCLES_PER_S } from "../controller/control-cycle.ts";
import type { SimController } from "../controller/sim-controller.ts";
import { ProgramSplitter } from "../urscript/program-splitter.ts";
import type { ClientStream } from "./client-stream.ts";
import { SIM_VERSION, SIM_VERSION_DATE } from "./controller-version.ts";
import { encodeRobotState, timestampUs } from "./robot-state.ts";
import { type ServedClient, StreamSet } from "./stream-set.ts";

/** Primary: state and messages. Secondary: state. Real-time: takes scripts and says nothing (not simulated). */
export type ScriptPort = "primary" | "secondary" | "realtime";

/** Robot states per second. @source UR client interface overview: 10 Hz on ports 30001 and 30002 */
const STATE_CYCLES = CYCLES_PER_S / 10;
/** Source of messages in the primary interface: the controller. */
const FROM_CONTROLLER = 7;

/** The script ports of a simulated controller, for any number of clients. */
export class ScriptServer {
  readonly #controller: SimController;
  readonly #clients: Readonly<Record<ScriptPort, StreamSet>> = {
    primary: new StreamSet(),
    secondary: new StreamSet(),
    realtime: new StreamSet(),
  };
  readonly #stopListening: () => void;

  constructor(controller: SimController) {
    this.#controller = controller;
    this.#stopListening = controller.onMessage((message) => {
      if (this.#clients.primary.size > 0) this.#clients.primary.write(this.#encode(message));
    });
  }

  /** A client has connected. */
  accept(stream: ClientStream, port: ScriptPort): void {
    const client = this.#clients[port].add(stream);
    if (port !== "realtime") this.#greet(client);
    const programs = new ProgramSplitter();
    const decoder = new TextDecoder();
    let last = "";
    stream.onData((bytes) => {
      for (const program of programs.push(decoder.decode(bytes, { stream: true }))) {
        if (program.trim() !== `${last}()`) this.#obey(program); // files call their program after its end
        last = /^[ \t]*def[ \t]+(\w+)/.exec(program)?.[1] ?? "";
      }
    });
  }

  /** The control cycle is over. */
  publish(): void {
    if (this.#controller.cycle % STATE_CYCLES !== 0) return;
    if (this.#clients.primary.size + this.#clients.secondary.size === 0) return;
    const state = encodeRobotState(this.#controller);
    this.#clients.primary.write(state);
    this.#clients.secondary.write(state);
  }

  close(): void {
    this.#stopListening();
    for (const clients of Object.values(this.#clients)) clients.close();
  }

  /** A line that is a command of the controller, or a script. */
  #obey(program: string): void {
    const c = this.#controller;
    switch (program.trim()) {
      case "stop program":
        return c.runner.stop();
      case "power on":
        return c.power.powerOn();
      case "power off":
        return c.powerOff();
      case "set robotmode run":
        return c.power.releaseBrakes();
      case "set unlock protective stop":
        return void c.safety.unlock();
      default:
        return c.runScript(program);
    }
  }

  #greet(client: ServedClient): void {
    const { major, minor, bugfix, build } = SIM_VERSION;
    const date = SIM_VERSION_DATE;
    client.write(this.#encode({ kind: "version", project: "URControl", major, minor, bugfix, build, date }));
    client.write(encodeRobotState(this.#controller));
  }

  #encode(message: RobotMessageBody): Uint8Array {
    return encodeRobotMessage({
      ...message,
      timestampUs: timestampUs(this.#controller),
      source: FROM_CONTROLLER,
    });
  }
}
