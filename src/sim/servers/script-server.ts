import { encodeRobotMessage, type RobotMessageBody } from "ur-rtde-ts";
import { CYCLES_PER_S } from "../controller/control-cycle.ts";
import type { SimController } from "../controller/sim-controller.ts";
import type { ClientStream } from "./client-stream.ts";
import { SIM_VERSION, SIM_VERSION_DATE } from "./controller-version.ts";
import type { Pendant } from "./pendant.ts";
import { ProgramVariables } from "./program-variables.ts";
import { encodeRealtimeState } from "./realtime-state.ts";
import { encodeRobotState, timestampUs } from "./robot-state.ts";
import { ScriptInbox } from "./script-inbox.ts";
import { type ServedClient, StreamSet } from "./stream-set.ts";

/**
 * Primary: state, messages and variables at 10 Hz. Secondary: state at 10 Hz. Real-time: its own package every cycle. Each takes
 * scripts and has a twin that only tells.
 */
export type ScriptPort = "primary" | "secondary" | "realtime";
export type ReadOnlyPort = `${ScriptPort}ReadOnly`;

/** Robot states per second. @source UR client interface overview: 10 Hz on ports 30001 and 30002 */
const STATE_CYCLES = CYCLES_PER_S / 10;
/** Source of messages in the primary interface: the controller. */
const FROM_CONTROLLER = 7;

/** The script ports of a simulated controller, for any number of clients. */
export class ScriptServer {
  readonly #controller: SimController;
  readonly #pendant: Pendant;
  // A client that only sends scripts never reads: it misses states, and stays.
  readonly #clients: Readonly<Record<ScriptPort, StreamSet>> = {
    primary: new StreamSet("skip"),
    secondary: new StreamSet("skip"),
    realtime: new StreamSet("skip"),
  };
  readonly #variables = new ProgramVariables();
  readonly #stopListening: () => void;

  constructor(controller: SimController, pendant: Pendant) {
    this.#controller = controller;
    this.#pendant = pendant;
    this.#stopListening = controller.onMessage((message) => this.#tell(message));
  }

  /** A client has connected. */
  accept(stream: ClientStream, port: ScriptPort | ReadOnlyPort): void {
    const readOnly = port.endsWith("ReadOnly");
    const kind = port.replace("ReadOnly", "") as ScriptPort;
    const client = this.#clients[kind].add(stream);
    if (kind !== "realtime") this.#greet(client);
    const inbox = new ScriptInbox(this.#controller);
    stream.onData((bytes) => {
      if (readOnly) return;
      if (this.#pendant.remoteControl) inbox.push(bytes);
      else this.#tell({ kind: "text", text: "A script was ignored: the robot is in local control" });
    });
  }

  /** The control cycle is over. */
  publish(): void {
    const { primary, secondary, realtime } = this.#clients;
    if (realtime.size > 0) realtime.write(encodeRealtimeState(this.#controller));
    if (this.#controller.cycle % STATE_CYCLES !== 0 || primary.size + secondary.size === 0) return;
    const state = encodeRobotState(this.#controller);
    primary.write(state);
    secondary.write(state);
    if (primary.size === 0) return;
    const variables = this.#variables.news(this.#controller.runner.run, timestampUs(this.#controller));
    for (const message of variables) primary.write(message);
  }

  close(): void {
    this.#stopListening();
    for (const clients of Object.values(this.#clients)) clients.close();
  }

  #greet(client: ServedClient): void {
    const { major, minor, bugfix, build } = SIM_VERSION;
    const date = SIM_VERSION_DATE;
    client.write(this.#encode({ kind: "version", project: "URControl", major, minor, bugfix, build, date }));
    client.write(encodeRobotState(this.#controller));
  }

  #tell(message: RobotMessageBody): void {
    if (this.#clients.primary.size > 0) this.#clients.primary.write(this.#encode(message));
  }

  #encode(message: RobotMessageBody): Uint8Array {
    return encodeRobotMessage({
      ...message,
      timestampUs: timestampUs(this.#controller),
      source: FROM_CONTROLLER,
    });
  }
}
