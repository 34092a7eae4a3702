import { type SafetyStatus } from "ur-rtde-ts";
import { cyclesOf } from "./control-cycle.ts";

/** A protective stop cannot be unlocked earlier [s]. @source answer of the dashboard server to an early unlock */
const UNLOCK_AFTER_S = 5;

/** Whether the safety system lets the arm move. */
export class RobotSafety {
  #status: SafetyStatus = "NORMAL";
  #cyclesSince = 0;

  get status(): SafetyStatus {
    return this.#status;
  }

  get isNormal(): boolean {
    return this.#status === "NORMAL";
  }

  /** False when it was stopped already. */
  protectiveStop(): boolean {
    if (!this.isNormal) return false;
    this.#status = "PROTECTIVE_STOP";
    this.#cyclesSince = 0;
    return true;
  }

  /** False during the first five seconds after the stop. */
  unlock(): boolean {
    if (this.#status !== "PROTECTIVE_STOP") return true;
    if (this.#cyclesSince < cyclesOf(UNLOCK_AFTER_S)) return false;
    this.#status = "NORMAL";
    return true;
  }

  emergencyStop(): void {
    this.#status = "ROBOT_EMERGENCY_STOP";
  }

  resetEmergencyStop(): void {
    if (this.#status === "ROBOT_EMERGENCY_STOP") this.#status = "NORMAL";
  }

  /** One control cycle. */
  step(): void {
    this.#cyclesSince += 1;
  }
}
