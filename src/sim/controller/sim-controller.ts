import { type EncodableRecord, type SafetyStatus, safetyStatuses } from "ur-rtde-ts";
import type { Instrument } from "../../instrument/instrument.ts";
import { seededRandom } from "../../math/random.ts";
import type { Plant } from "../plant/plant.ts";
import type { ScriptHost, ScriptPopup, ScriptWait } from "../urscript/script-host.ts";
import { type ScriptLibrary, scriptLibrary } from "../urscript/script-library.ts";
import { ArmHistory } from "./arm-history.ts";
import { forceBuiltins } from "./builtins/force-builtins.ts";
import { ioBuiltins } from "./builtins/io-builtins.ts";
import { kinematicsBuiltins } from "./builtins/kinematics-builtins.ts";
import { interpreterBuiltins } from "./builtins/interpreter-builtins.ts";
import { moveBuiltins } from "./builtins/move-builtins.ts";
import { rpcBuiltins } from "./builtins/rpc-builtins.ts";
import { servoBuiltins } from "./builtins/servo-builtins.ts";
import { setupBuiltins } from "./builtins/setup-builtins.ts";
import { socketBuiltins } from "./builtins/socket-builtins.ts";
import { stateBuiltins } from "./builtins/state-builtins.ts";
import type { BuiltinSurroundings } from "./builtins/surroundings.ts";
import { FIRST_CYCLE, PERIOD_S, timeOfCycle } from "./control-cycle.ts";
import type { ControllerMessage, MessageListener } from "./controller-message.ts";
import { MAIN_VOLTAGE_V, robotCurrent } from "./electrics.ts";
import { ForceTorque } from "./force-torque.ts";
import { Interpreter } from "./interpreter.ts";
import { InputImage } from "./input-image.ts";
import { ArmMotion } from "./motion/arm-motion.ts";
import { FreeArm } from "./motion/free-arm.ts";
import { JOINT_RANGE_RAD, PROTECTIVE_DECELERATION_RADPS2 } from "./motion/joint-limits.ts";
import { largest, type MotionFault } from "./motion/motion.ts";
import { ToolCarrier } from "./motion/tool-carrier.ts";
import { MotionMonitor } from "./motion-monitor.ts";
import { outputRecord } from "./output-fields.ts";
import { Registers } from "./registers.ts";
import { RobotIo } from "./robot-io.ts";
import { RobotModes } from "./robot-modes.ts";
import { type ProgramSource, ScriptRunner } from "./script-runner.ts";
import { ScriptSockets } from "./script-socket.ts";
import { Sensors } from "./sensors.ts";
import { SpeedScaling } from "./speed-scaling.ts";
import { ToolSetup } from "./tool-setup.ts";
import { ToolState } from "./tool-state.ts";
import { Watchdogs } from "./watchdogs.ts";

/** Speeds of the tool and of each joint in reduced mode. @assumed about half of a UR5e's usual settings */
const [REDUCED_TOOL_MPS, REDUCED_JOINT_RADPS] = [0.75, 1.57];

/** What a controller is made of. */
export interface ControllerParts {
  readonly instrument: Instrument;
  /** The arm; the controller steps it and nobody else does. */
  readonly plant: Plant;
  /** Of the scripts' `random()`. */
  readonly seed: number;
  /** Running at once, brakes released; otherwise switched off. */
  readonly poweredOn: boolean;
}

/**
 * A UR5e controller without its sockets and its clock: whoever calls `step()` makes one control cycle pass.
 * Same parts, same inputs in the same cycles: same outputs, to the bit.
 */
export class SimController {
  readonly plant: Plant;
  readonly instrument: Instrument;
  readonly inputs = new InputImage();
  readonly registers = new Registers(this.inputs.values);
  readonly io = new RobotIo();
  readonly speed = new SpeedScaling();
  readonly motion = new ArmMotion();
  readonly monitor = new MotionMonitor();
  readonly sensors: Sensors;
  readonly force: ForceTorque;
  readonly history = new ArmHistory();
  readonly setup: ToolSetup;
  /** Power, brakes and safety; `power` and `safety` are the same state machine by its two older names. */
  readonly modes: RobotModes;
  /** The functions that scripts may call. */
  readonly library: ScriptLibrary;
  readonly runner: ScriptRunner;
  /** Lines of port 30020 while a program is in interpreter mode. */
  readonly interpreter: Interpreter;
  readonly actualTool: ToolState;
  readonly targetTool: ToolState;
  /** Every RTDE output by name, of the cycle that ended last. Reading one works it out. */
  readonly outputs: EncodableRecord;
  readonly #watchdogs = new Watchdogs(this.inputs);
  readonly #listeners = new Set<MessageListener>();
  readonly #sockets = new ScriptSockets();
  readonly #popups = new Set<ScriptPopup>();
  readonly #target;
  #carrier: { readonly X_FT: ToolSetup["X_FT"]; readonly carrier: ToolCarrier } | undefined;
  #status: SafetyStatus = "NORMAL";
  /** What the robot has drawn since it was switched on [J]. */
  energyJ = 0;
  /** The button on the back of the teach pendant is pressed. */
  freedriveButton = false;
  #cycle = FIRST_CYCLE;
  #fault: MotionFault | undefined;

  constructor({ instrument, plant, seed, poweredOn }: ControllerParts) {
    this.plant = plant;
    this.instrument = instrument;
    this.setup = new ToolSetup(instrument);
    this.sensors = new Sensors(plant, seed);
    this.modes = new RobotModes(poweredOn ? "RUNNING" : "POWER_OFF");
    this.motion.place(plant.q_rad);
    const X_FT = () => this.setup.X_FT;
    this.actualTool = new ToolState(instrument.dh, this.sensors.q_rad, this.sensors.qd_radps, X_FT);
    this.targetTool = new ToolState(instrument.dh, this.motion.q_rad, this.motion.qd_radps, X_FT);
    const { q_rad, qd_radps, qdd_radps2 } = this.motion;
    this.#target = {
      q_rad,
      qd_radps,
      qdd_radps2,
      brakesOn: !poweredOn,
      torqueNm: undefined as Float64Array | undefined,
    };
    this.force = new ForceTorque({
      instrument,
      sensors: this.sensors,
      setup: this.setup,
      tool: this.actualTool,
      inputs: this.inputs,
      weightNpkg: [0, 0, -plant.gravityMps2],
    });
    this.interpreter = new Interpreter(() => library); // its lines call what calls it
    const library = scriptLibrary(this.#host(seed));
    this.library = scriptLibrary(this.#host(seed));
    this.runner = new ScriptRunner({
      library,
      speed: this.speed,
      tell: (message) => this.#tell(message),
      hindrance: () => this.#hindrance(),
      ended: () => this.#programEnded(),
    });
    this.outputs = outputRecord(this);
  }

  get power(): RobotModes {
    return this.modes;
  }

  get safety(): RobotModes {
    return this.modes;
  }

  /** Number of the last cycle. */
  get cycle(): number {
    return this.#cycle;
  }

  /** Controller's clock, in exact steps of one cycle [s]. */
  get timeS(): number {
    return timeOfCycle(this.#cycle);
  }

  /** One control cycle: inputs, scripts, motion, body. */
  step(): void {
    this.#cycle += 1;
    this.modes.step({ atRest: this.motion.atRest, inRange: isInRange(this.plant.q_rad) });
    this.#obeyInputs();
    this.#obeySafety();
    this.runner.step();
    this.#stopFor(this.#fault);
    this.#stopFor(this.#moveArm(), "cannot-go-on");
    this.#stopFor(this.monitor.observe(this.motion, this.sensors));
  }

  /** Calls back for every message to clients. @returns a function that stops it */
  onMessage(listener: MessageListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes a script: from a script port, or from the file that the pendant plays. */
  runScript(text: string, source?: ProgramSource): void {
    this.runner.load(text, source);
  }

  /** Ends the program and its connections: nothing of the controller is left running. */
  close(): void {
    this.runner.stop();
    this.#sockets.closeAll();
  }

  powerOff(): void {
    this.runner.stop();
    this.power.powerOff();
  }

  /** After a violation or a fault; the arm is off then. */
  restartSafety(): void {
    this.runner.stop();
    this.modes.restart();
  }

  /** The red button: the arm comes to rest and is switched off. */
  emergencyStop(): void {
    this.modes.set("robot-emergency-stop", true);
  }

  /** Stops the arm as the controller itself would. */
  stopProtectively(why: MotionFault): void {
    this.#stopFor(why);
  }

  /** The safety system has seen a joint outside its range. */
  violateJointLimit(joint: number): void {
    const text = `Safety violation: position limit of joint ${joint}`;
    this.#tell({
      kind: "error-code",
      code: 285,
      argument: joint,
      level: "violation",
      dataType: 0,
      data: 0,
      text,
    });
    this.modes.set("violation", true);
  }

  /** Mass at the payload's centre of which no model knows [kg]. */
  setHiddenMass(massKg: number): void {
    this.plant.setHiddenMass(massKg);
    this.force.hiddenMassKg = massKg;
  }

  /** A line for everybody who listens. */
  log(text: string): void {
    this.#tell({ kind: "text", text });
  }

  /**
   * The freedrive button on the back of the teach pendant: a hand can move the arm while no program runs and no stop holds it.
   * In recovery it is the way back.
   */
  setFreedrive(pressed: boolean): void {
    this.freedriveButton = pressed;
    const isHeld = this.modes.brakesOn || !(this.modes.isNormal || this.modes.status === "RECOVERY");
    if (pressed && !this.runner.isRunning && !isHeld)
      this.motion.release(new FreeArm(this.sensors, (torqueNm) => torqueNm.fill(0)));
    else if (!pressed && this.motion.current instanceof FreeArm) this.motion.stop();
  }

  /** Closes open popups; programs that wait for one go on. */
  closePopups(): void {
    this.#popups.clear();
  }

  #obeyInputs(): void {
    const fraction = this.inputs.takeSlider();
    if (fraction !== undefined) this.speed.setSlider(fraction);
    this.io.obey(this.inputs);
    const late = this.runner.state === "PLAYING" ? this.#watchdogs.check(this.#cycle) : undefined;
    if (late === undefined) return;
    this.#tell({
      kind: "text",
      text: `rtde_set_watchdog: ${late.name} was not written in time: ${late.action}`,
    });
    if (late.action === "pause") this.runner.pause();
    else this.runner.stop();
  }

  /** Tells of a new safety status, and does to program and arm what it demands. */
  #obeySafety(): void {
    const { status } = this.modes;
    if (status === this.#status) return;
    const before = this.#status;
    this.#status = status;
    this.#tell({
      kind: "safety-mode",
      code: 0,
      argument: 0,
      mode: safetyStatuses[status],
      dataType: 0,
      data: 0,
    });
    if (status === "SAFEGUARD_STOP") this.#safeguard();
    else if (before === "SAFEGUARD_STOP" && this.modes.isNormal) this.runner.letGo();
    else if (!this.modes.isNormal && status !== "PROTECTIVE_STOP") this.#halt();
  }

  /** The arm stands still on its path until the safeguard is closed. */
  #safeguard(): void {
    if (this.runner.isRunning) this.runner.hold();
    this.#holdArm();
  }

  /** What no pause brings to rest is stopped. */
  #holdArm(): void {
    if (this.motion.torqueNm !== undefined || !this.runner.isRunning)
      this.motion.stop(PROTECTIVE_DECELERATION_RADPS2);
  }

  #halt(): void {
    this.runner.stop();
    if (this.motion.moving) this.motion.stop(PROTECTIVE_DECELERATION_RADPS2);
  }

  #moveArm(): MotionFault | undefined {
    this.speed.limit(this.modes.status === "REDUCED" ? this.#reducedScale() : 1);
    this.speed.step();
    const brakesOn = this.modes.brakesOn;
    if (brakesOn) this.motion.place(this.plant.q_rad);
    const fault = brakesOn ? undefined : this.motion.advance(this.speed.total);
    this.#target.brakesOn = brakesOn;
    this.#target.torqueNm = this.motion.torqueNm;
    this.plant.step(this.#target);
    if (this.modes.isOn) this.energyJ += MAIN_VOLTAGE_V * robotCurrent(this.plant.torqueNm) * PERIOD_S;
    this.sensors.measure();
    this.actualTool.outdate();
    this.targetTool.outdate();
    this.history.remember(this.sensors.q_rad, this.force.atTool);
    return fault;
  }

  /** How slow motions must run for the speeds of reduced mode. */
  #reducedScale(): number {
    const total = Math.max(this.speed.total, 1e-3);
    const toolMps = Math.hypot(...this.targetTool.speed.slice(0, 3)) / total;
    const jointRadps = largest(this.motion.qd_radps) / total;
    return Math.min(
      1,
      REDUCED_TOOL_MPS / Math.max(toolMps, 1e-9),
      REDUCED_JOINT_RADPS / Math.max(jointRadps, 1e-9),
    );
  }

  /**
   * A protective stop. A program that the pendant plays is paused on its path, and `play` lets it go on; one that a client
   * sent ends, and so does one whose motion is what failed.
   *
   * @source UR's ROS 2 driver, "Robot state helper": "the error has to be acknowledged and the robot program has to be
   *   unpaused"; ur_rtde and the driver's headless mode send their scripts again
   */
  #stopFor(fault: MotionFault | undefined, motion?: "cannot-go-on"): void {
    this.#fault = undefined;
    if (fault === undefined || !this.modes.protectiveStop()) return;
    const level = fault.code === 209 ? "warning" : "violation"; // a program may ask for 209 itself
    this.#tell({ kind: "error-code", ...fault, level, dataType: 0, data: 0 });
    this.motion.yield(undefined);
    if (this.runner.isPlayed && motion === undefined) {
      const pathRadps = largest(this.motion.qd_radps) / Math.max(this.speed.run, 0.01);
      this.runner.pause(pathRadps / PROTECTIVE_DECELERATION_RADPS2);
      return this.#holdArm();
    }
    this.runner.stop();
    this.motion.stop(PROTECTIVE_DECELERATION_RADPS2);
  }

  #hindrance(): string | undefined {
    if (!this.safety.isNormal) return `the safety mode is ${this.safety.status}`;
    if (this.power.mode !== "RUNNING") return `the robot mode is ${this.power.mode}`;
    return undefined;
  }

  #programEnded(): void {
    this.#watchdogs.clear();
    this.#sockets.closeAll();
    this.#popups.clear();
    this.force.external = undefined;
    this.motion.yield(undefined);
    if (this.motion.moving) this.motion.stop();
  }

  #tell(message: ControllerMessage): void {
    for (const listener of this.#listeners) listener(message);
  }

  #host(seed: number): ScriptHost {
    const around: BuiltinSurroundings = {
      dh: this.instrument.dh,
      plant: this.plant,
      sensors: this.sensors,
      force: this.force,
      history: this.history,
      motion: this.motion,
      setup: this.setup,
      io: this.io,
      inputs: this.inputs,
      watchdogs: this.#watchdogs,
      actualTool: this.actualTool,
      targetTool: this.targetTool,
      cycle: () => this.#cycle,
      restCycles: () => this.monitor.restCycles,
      protectiveStop: (why: MotionFault) => void (this.#fault = why),
      toolChanged: () => {
        this.actualTool.outdate();
        this.targetTool.outdate();
      },
      powerDown: () => this.modes.powerOff(),
      placeArm: (q_rad) => {
        this.plant.reset(q_rad);
        this.motion.place(q_rad);
      },
      warn: (text) => this.log(text),
      output: (name) => this.outputs[name],
      carrier: () => this.#carrierNow(),
    };
    return {
      stepS: PERIOD_S,
      builtins: [
        ...moveBuiltins(around),
        ...servoBuiltins(around),
        ...forceBuiltins(around),
        ...kinematicsBuiltins(around),
        ...stateBuiltins(around),
        ...setupBuiltins(around),
        ...ioBuiltins(around.io),
        ...socketBuiltins(this.#sockets),
        ...rpcBuiltins,
        ...interpreterBuiltins(this.interpreter),
      ],
      registers: this.registers,
      textMessage: (text) => this.#tell({ kind: "text", text }),
      popup: (popup) => this.#popup(popup),
      programLabel: (id, text) => this.#tell({ kind: "program-label", id, text }),
      random: seededRandom(seed),
    };
  }

  /** The arm with the TCP that is set; made anew when that changes. */
  #carrierNow(): ToolCarrier {
    const { X_FT } = this.setup;
    if (this.#carrier?.X_FT !== X_FT)
      this.#carrier = { X_FT, carrier: new ToolCarrier(this.instrument.dh, X_FT) };
    return this.#carrier.carrier;
  }

  #popup(popup: ScriptPopup): ScriptWait | undefined {
    this.#popups.add(popup);
    this.#tell({ kind: "popup", requestId: 0, requestType: 0, ...popup });
    return popup.blocking ? { done: () => !this.#popups.has(popup) } : undefined;
  }
}

const isInRange = (q_rad: ArrayLike<number>): boolean => largest(q_rad) <= JOINT_RANGE_RAD;
