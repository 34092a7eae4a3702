import { type ByteStream, memoryByteStreamPair } from "ur-rtde-ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import { SimController } from "./controller/sim-controller.ts";
import { Communication } from "./faults/communication.ts";
import { type ControlDoor, controlDoor, openControlDoor, type OpenDoor } from "./faults/control-door.ts";
import type { FaultWorld } from "./faults/fault-commands.ts";
import { FaultSchedule } from "./faults/fault-schedule.ts";
import type { TimedFault } from "./faults/fault-script.ts";
import { Pacer, type PaceReport } from "./pacer.ts";
import { createPlant } from "./plant/mujoco-plant.ts";
import type { Plant } from "./plant/plant.ts";
import type { PlantSettings } from "./plant/plant-settings.ts";
import { type ClientStream, withoutBacklog } from "./servers/client-stream.ts";
import { InterpreterServer } from "./servers/interpreter-server.ts";
import { DashboardServer } from "./servers/dashboard-server.ts";
import { Pendant } from "./servers/pendant.ts";
import { type ExternalControlHost, ProgramFolder } from "./servers/program-folder.ts";
import { RtdeServer } from "./servers/rtde-server.ts";
import { ScriptServer } from "./servers/script-server.ts";
import { type ControllerPorts, openTcpFront, type PortName, type TcpFront } from "./servers/tcp-front.ts";

/** Which simulated robot, and how it meets the world. */
export interface SimulatedRobotOptions {
  readonly instrument: Instrument;
  /** TCP ports to listen on; undefined = only streams in memory. */
  readonly ports?: ControllerPorts | undefined;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** A cycle passes every 2 ms by itself; otherwise only when `stepCycle()` is called. */
  readonly realTime: boolean;
  /** Of the scripts' random numbers and the sensor's noise. */
  readonly seed: number;
  /** Where the arm stands at first; default where the instrument parks it [rad]. */
  readonly startQ_rad?: Joints;
  readonly plant?: Partial<PlantSettings>;
  /** Brakes released at once; default switched off, as a real arm in the morning. */
  readonly poweredOn?: boolean;
  /** Local control refuses what clients command, until somebody sets `pendant.remoteControl`. */
  readonly localControl?: boolean;
  /** Folder of programs for the dashboard's `load`. */
  readonly programFolder?: string | undefined;
  /** Where External Control asks for its program; default port 50002 of this machine. */
  readonly externalControl?: ExternalControlHost;
  /** Real time only: ask the system to serve the control cycle before other programs. */
  readonly raisePriority?: boolean;
  /** A client has shut the controller down. */
  readonly onShutdown?: () => void;
  /** What goes wrong, and when. */
  readonly faults?: readonly TimedFault[];
  /** TCP port of the control door, by which faults come from outside; 0 = any free one, undefined = none. */
  readonly controlPort?: number | undefined;
}

/** A simulated UR5e with its interfaces. */
export interface SimulatedRobot {
  readonly controller: SimController;
  readonly pendant: Pendant;
  /** The real TCP ports; undefined without any. */
  readonly ports: ControllerPorts | undefined;
  /** How well real time was kept; undefined in lock-step. */
  readonly pace: PaceReport | undefined;
  /** In words, which priority the control cycle runs with; undefined if none was asked for. */
  readonly priority: string | undefined;
  /** The way in for whoever plays fate. */
  readonly control: ControlDoor;
  /** The real port of the control door; undefined without one. */
  readonly controlPort: number | undefined;
  /** Lets one control cycle pass, data and messages to clients included. */
  stepCycle(): void;
  /** The client's end of a connection in memory; what is sent arrives before the call returns. */
  connect(port: PortName): ByteStream;
  connectRtde(): ByteStream;
  connectDashboard(): ByteStream;
  /** To the primary interface. */
  connectScript(): ByteStream;
  /** Ends connections, ports and the arm. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * A simulated UR5e holding the bow of `instrument`.
 *
 * In lock-step one thread runs host and controller; the same calls give the same bytes.
 *
 * @throws CellistError port-taken
 */
export async function startSimulatedRobot(options: SimulatedRobotOptions): Promise<SimulatedRobot> {
  const { instrument, seed, startQ_rad, poweredOn = false, ports, host = "127.0.0.1", realTime } = options;
  const plant = await createPlant(instrument, { seed, ...options.plant });
  if (startQ_rad !== undefined) plant.reset(startQ_rad);
  const controller = new SimController({ instrument, plant, seed, poweredOn });
  const robot = new Robot(controller, pendantOf(options), plant, options.faults ?? []);
  try {
    if (options.controlPort !== undefined)
      robot.door = await openControlDoor(robot.control, host, options.controlPort);
    if (ports !== undefined)
      robot.front = await openTcpFront(host, ports, (stream, port) => robot.accept(stream, port));
  } catch (error) {
    await robot.close();
    throw error;
  }
  if (!realTime) return robot;
  robot.pacer = new Pacer(() => robot.stepCycle());
  if (options.raisePriority === true) robot.priority = await robot.pacer.raisePriority();
  return robot;
}

/** Where URCL's script sender and the URCap's installation meet by default. */
const EXTERNAL_CONTROL: ExternalControlHost = { host: "127.0.0.1", port: 50002 };

const pendantOf = ({ programFolder, externalControl, localControl, onShutdown }: SimulatedRobotOptions) =>
  new Pendant(
    new ProgramFolder(programFolder, externalControl ?? EXTERNAL_CONTROL),
    localControl !== true,
    onShutdown,
  );

class Robot implements SimulatedRobot {
  readonly controller: SimController;
  readonly pendant: Pendant;
  front: TcpFront | undefined;
  pacer: Pacer | undefined;
  priority: string | undefined;
  door: OpenDoor | undefined;
  readonly control: ControlDoor;
  readonly #communication = new Communication();
  readonly #faults: FaultSchedule;
  readonly #plant: Plant;
  readonly #rtde: RtdeServer;
  readonly #dashboard: DashboardServer;
  readonly #scripts: ScriptServer;
  readonly #interpreter: InterpreterServer;
  #closed = false;

  constructor(controller: SimController, pendant: Pendant, plant: Plant, faults: readonly TimedFault[]) {
    this.controller = controller;
    this.pendant = pendant;
    this.#plant = plant;
    const world: FaultWorld = {
      controller,
      communication: this.#communication,
      setRemoteControl: (on) => (pendant.remoteControl = on),
    };
    this.control = controlDoor(world);
    this.#faults = new FaultSchedule(world, faults);
    this.#rtde = new RtdeServer(controller);
    this.#dashboard = new DashboardServer(controller, pendant);
    this.#scripts = new ScriptServer(controller, pendant);
    this.#interpreter = new InterpreterServer(controller);
  }

  get ports(): ControllerPorts | undefined {
    return this.front?.ports;
  }

  get controlPort(): number | undefined {
    return this.door?.port;
  }

  get pace(): PaceReport | undefined {
    return this.pacer?.report;
  }

  stepCycle(): void {
    this.#faults.step();
    this.controller.step();
    this.#rtde.publish();
    this.#scripts.publish();
  }

  accept(direct: ClientStream, port: PortName): void {
    const stream = this.#communication.through(direct);
    if (port === "rtde") this.#rtde.accept(stream);
    else if (port === "dashboard") this.#dashboard.accept(stream);
    else if (port === "interpreter") this.#interpreter.accept(stream);
    else this.#scripts.accept(stream, port);
  }

  connectRtde(): ByteStream {
    return this.connect("rtde");
  }

  connectDashboard(): ByteStream {
    return this.connect("dashboard");
  }

  connectScript(): ByteStream {
    return this.connect("primary");
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.pacer?.stop();
    this.controller.close();
    this.#rtde.close();
    this.#dashboard.close();
    this.#scripts.close();
    this.#interpreter.close();
    await this.front?.close();
    await this.door?.close();
    this.#plant.dispose();
  }

  connect(port: PortName): ByteStream {
    const [here, there] = memoryByteStreamPair();
    this.accept(withoutBacklog(here), port);
    return there;
  }
}
