/**
 * Robot modes with the number that stands in the RTDE field `robot_mode`.
 * @source Universal Robots, RTDE guide
 */
export const robotModes = {
  NO_CONTROLLER: -1,
  DISCONNECTED: 0,
  CONFIRM_SAFETY: 1,
  BOOTING: 2,
  POWER_OFF: 3,
  POWER_ON: 4,
  IDLE: 5,
  BACKDRIVE: 6,
  RUNNING: 7,
  UPDATING_FIRMWARE: 8,
} as const;

/**
 * Safety states with the number that stands in the RTDE fields `safety_mode` (1 to 11) and `safety_status`.
 * @source Universal Robots, RTDE guide
 */
export const safetyStatuses = {
  NORMAL: 1,
  REDUCED: 2,
  PROTECTIVE_STOP: 3,
  RECOVERY: 4,
  SAFEGUARD_STOP: 5,
  SYSTEM_EMERGENCY_STOP: 6,
  ROBOT_EMERGENCY_STOP: 7,
  VIOLATION: 8,
  FAULT: 9,
  VALIDATE_JOINT_ID: 10,
  UNDEFINED: 11,
  AUTOMATIC_MODE_SAFEGUARD_STOP: 12,
  SYSTEM_THREE_POSITION_ENABLING_STOP: 13,
  TP_THREE_POSITION_ENABLING_STOP: 14,
  IMMI_EMERGENCY_STOP: 15,
  IMMI_SAFEGUARD_STOP: 16,
} as const;

/** Values of the RTDE field `runtime_state`. */
export const runtimeStates = {
  STOPPING: 0,
  STOPPED: 1,
  PLAYING: 2,
  PAUSING: 3,
  PAUSED: 4,
  RESUMING: 5,
} as const;

export type RobotMode = keyof typeof robotModes;
export type SafetyStatus = keyof typeof safetyStatuses;
export type RuntimeState = keyof typeof runtimeStates;
export type ProgramState = "STOPPED" | "PLAYING" | "PAUSED";
export type OperationalMode = "NONE" | "MANUAL" | "AUTOMATIC";

/** Whether a word is a robot mode. */
export function isRobotMode(word: string): word is RobotMode {
  return Object.hasOwn(robotModes, word);
}

/** Whether a word is a safety state. */
export function isSafetyStatus(word: string): word is SafetyStatus {
  return Object.hasOwn(safetyStatuses, word);
}
