import type { RobotMode, SafetyStatus } from "ur-rtde-ts";
import { cyclesOf } from "./control-cycle.ts";

/** How long each step towards running takes [s]. @assumed a real arm needs about ten times as long */
const STEP_S: Partial<Record<RobotMode, number>> = { BOOTING: 0.2, POWER_ON: 0.3, IDLE: 0.3 };
/** A protective stop cannot be unlocked earlier [s]. @source answer of the dashboard server to an early unlock */
const UNLOCK_AFTER_S = 5;

const TOWARDS: Partial<Record<RobotMode, RobotMode>> = {
  POWER_OFF: "BOOTING",
  BOOTING: "POWER_ON",
  POWER_ON: "IDLE",
  IDLE: "RUNNING",
};

/** What is wired to the safety system, or what it has found: each holds until it is taken back. */
export type SafetyCause =
  /** The red button of the teach pendant, of the machine around. */
  | "robot-emergency-stop"
  | "system-emergency-stop"
  /** A light barrier. */
  | "safeguard-stop"
  /** A person is near: the arm goes slower. */
  | "reduced-mode"
  /** A limit of the safety system was overstepped; the safety system itself is broken. Only a restart helps. */
  | "violation"
  | "fault";

/** The status that stands for each cause, weightiest first. */
const STATUS: readonly (readonly [SafetyCause | "protective-stop" | "recovery", SafetyStatus])[] = [
  ["fault", "FAULT"],
  ["violation", "VIOLATION"],
  ["robot-emergency-stop", "ROBOT_EMERGENCY_STOP"],
  ["system-emergency-stop", "SYSTEM_EMERGENCY_STOP"],
  ["protective-stop", "PROTECTIVE_STOP"],
  ["safeguard-stop", "SAFEGUARD_STOP"],
  ["recovery", "RECOVERY"],
  ["reduced-mode", "REDUCED"],
];

/** Causes that take the arm's power. */
const POWERLESS: readonly SafetyCause[] = [
  "fault",
  "violation",
  "robot-emergency-stop",
  "system-emergency-stop",
];

/** What the state machine is told of the arm every cycle. */
export interface ArmCondition {
  readonly atRest: boolean;
  /** All joints are inside their range. */
  readonly inRange: boolean;
}

/**
 * Power, brakes and safety of the robot as one state machine.
 *
 *     POWER_OFF → BOOTING → POWER_ON → IDLE (brakes on) → RUNNING      by power on and brake release
 *     any → POWER_OFF                                                by power off
 *     any → POWER_OFF      once the arm rests after an emergency stop, at once in a violation or fault
 *
 * A protective stop and a safeguard stop leave the arm under power. Brakes released with a joint outside its range put
 * the robot in recovery until it is back inside.
 */
export class RobotModes {
  #mode: RobotMode;
  #goal: RobotMode;
  #cyclesLeft = 0;
  readonly #causes = new Set<SafetyCause | "protective-stop" | "recovery">();
  #protectiveCycles = 0;

  constructor(mode: "POWER_OFF" | "RUNNING") {
    this.#mode = mode;
    this.#goal = mode;
  }

  get mode(): RobotMode {
    return this.#mode;
  }

  get status(): SafetyStatus {
    return STATUS.find(([cause]) => this.#causes.has(cause))?.[1] ?? "NORMAL";
  }

  get isOn(): boolean {
    return this.#mode !== "POWER_OFF";
  }

  get brakesOn(): boolean {
    return this.#mode !== "RUNNING";
  }

  /** Nothing keeps programs from moving the arm, as far as safety goes. */
  get isNormal(): boolean {
    const { status } = this;
    return status === "NORMAL" || status === "REDUCED";
  }

  /** Whether a cause holds, also where a weightier one hides it. */
  has(cause: SafetyCause): boolean {
    return this.#causes.has(cause);
  }

  /** False while something forbids it. */
  powerOn(): boolean {
    if (this.#isPowerless) return false;
    if (this.#goal === "POWER_OFF") this.#aim("IDLE");
    return true;
  }

  /** Powers on first where that is needed. False while something forbids it. */
  releaseBrakes(): boolean {
    if (this.#isPowerless) return false;
    if (this.#goal !== "RUNNING") this.#aim("RUNNING");
    return true;
  }

  powerOff(): void {
    this.#mode = "POWER_OFF";
    this.#goal = "POWER_OFF";
  }

  /** A cause begins to hold, or no longer does. Violations and faults stay until `restart`. */
  set(cause: SafetyCause, holds: boolean): void {
    if (holds) this.#causes.add(cause);
    else if (cause !== "violation" && cause !== "fault") this.#causes.delete(cause);
  }

  /** False when the arm was stopped already, or had no power. */
  protectiveStop(): boolean {
    if (!this.isNormal || !this.isOn) return false;
    this.#causes.add("protective-stop");
    this.#protectiveCycles = 0;
    return true;
  }

  /** False during the first five seconds after the stop. */
  unlock(): boolean {
    if (!this.#causes.has("protective-stop")) return true;
    if (this.#protectiveCycles < cyclesOf(UNLOCK_AFTER_S)) return false;
    this.#causes.delete("protective-stop");
    return true;
  }

  /** The safety system starts again: the arm is off, what it had found is forgotten. */
  restart(): void {
    this.powerOff();
    for (const cause of ["violation", "fault", "protective-stop", "recovery"] as const)
      this.#causes.delete(cause);
  }

  /** One control cycle. */
  step({ atRest, inRange }: ArmCondition): void {
    this.#protectiveCycles += 1;
    if (inRange) this.#causes.delete("recovery");
    if (this.#isPowerless) return this.#losePower(atRest);
    if (this.#mode === this.#goal || --this.#cyclesLeft > 0) return;
    this.#mode = TOWARDS[this.#mode]!;
    this.#cyclesLeft = this.#stepCycles();
    if (this.#mode === "RUNNING" && !inRange) this.#causes.add("recovery");
  }

  get #isPowerless(): boolean {
    return POWERLESS.some((cause) => this.#causes.has(cause));
  }

  /** An emergency stop first lets the arm come to rest under power. */
  #losePower(atRest: boolean): void {
    const atOnce = this.#causes.has("violation") || this.#causes.has("fault");
    if (!atOnce && !atRest && this.#mode === "RUNNING") return;
    this.#causes.delete("protective-stop");
    this.powerOff();
  }

  #aim(goal: RobotMode): void {
    const standing = this.#mode === this.#goal;
    this.#goal = goal;
    if (standing) this.#cyclesLeft = this.#stepCycles();
  }

  #stepCycles(): number {
    return cyclesOf(STEP_S[this.#mode] ?? 0);
  }
}
