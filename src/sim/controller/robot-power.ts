import { type RobotMode } from "ur-rtde-ts";
import { cyclesOf } from "./control-cycle.ts";

/** How long each step towards running takes [s]. @assumed a real arm needs about ten times as long */
const STEP_S: Partial<Record<RobotMode, number>> = { BOOTING: 0.2, POWER_ON: 0.3, IDLE: 0.3 };

const TOWARDS: Partial<Record<RobotMode, RobotMode>> = {
  POWER_OFF: "BOOTING",
  BOOTING: "POWER_ON",
  POWER_ON: "IDLE",
  IDLE: "RUNNING",
};

/** Power and brakes: POWER_OFF, BOOTING, POWER_ON, IDLE (brakes on), RUNNING. */
export class RobotPower {
  #mode: RobotMode;
  #goal: RobotMode;
  #cyclesLeft = 0;

  constructor(mode: "POWER_OFF" | "RUNNING") {
    this.#mode = mode;
    this.#goal = mode;
  }

  get mode(): RobotMode {
    return this.#mode;
  }

  get isOn(): boolean {
    return this.#mode !== "POWER_OFF";
  }

  get brakesOn(): boolean {
    return this.#mode !== "RUNNING";
  }

  powerOn(): void {
    if (this.#goal === "POWER_OFF") this.#aim("IDLE");
  }

  /** Powers on first where that is needed. */
  releaseBrakes(): void {
    if (this.#goal !== "RUNNING") this.#aim("RUNNING");
  }

  powerOff(): void {
    this.#mode = "POWER_OFF";
    this.#goal = "POWER_OFF";
  }

  /** One control cycle. */
  step(): void {
    if (this.#mode === this.#goal || --this.#cyclesLeft > 0) return;
    this.#mode = TOWARDS[this.#mode]!;
    this.#cyclesLeft = this.#stepCycles();
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
