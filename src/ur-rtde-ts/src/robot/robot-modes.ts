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
  PROFISAFE_WAITING_FOR_PARAMETERS: 17,
  PROFISAFE_AUTOMATIC_MODE_SAFEGUARD_STOP: 18,
  PROFISAFE_SAFEGUARD_STOP: 19,
  PROFISAFE_EMERGENCY_STOP: 20,
  SAFETY_API_SAFEGUARD_STOP: 22,
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

/** Values of the RTDE fields `joint_mode` and `tool_mode`. @source Universal Robots, RTDE guide */
export const jointModes = {
  RESET: 235,
  SHUTTING_DOWN: 236,
  PART_D_CALIBRATION: 237,
  BACKDRIVE: 238,
  POWER_OFF: 239,
  READY_FOR_POWER_OFF: 240,
  NOT_RESPONDING: 245,
  MOTOR_INITIALISATION: 246,
  BOOTING: 247,
  BOOTLOADER: 249,
  VIOLATION: 251,
  FAULT: 252,
  RUNNING: 253,
  IDLE: 255,
} as const;

/** Bits of the RTDE field `safety_status_bits`. @source Universal Robots, RTDE guide */
export const safetyBits = {
  NORMAL: 1 << 0,
  REDUCED: 1 << 1,
  PROTECTIVE_STOPPED: 1 << 2,
  RECOVERY: 1 << 3,
  SAFEGUARD_STOPPED: 1 << 4,
  SYSTEM_EMERGENCY_STOPPED: 1 << 5,
  ROBOT_EMERGENCY_STOPPED: 1 << 6,
  EMERGENCY_STOPPED: 1 << 7,
  VIOLATION: 1 << 8,
  FAULT: 1 << 9,
  STOPPED_DUE_TO_SAFETY: 1 << 10,
  THREE_POSITION_INPUT_ACTIVE: 1 << 11,
} as const;

/** Bits of the RTDE field `robot_status_bits`. @source Universal Robots, RTDE guide */
export const robotBits = {
  POWER_ON: 1 << 0,
  PROGRAM_RUNNING: 1 << 1,
  TEACH_BUTTON_PRESSED: 1 << 2,
  POWER_BUTTON_PRESSED: 1 << 3,
} as const;

/** Values of the RTDE field `time_scale_source`: what slows the arm down. @source Universal Robots, RTDE guide */
export const timeScaleSources = {
  OTHER: -1,
  NOT_RUNNING: 0,
  NONE: 1,
  JOINT_TORQUE: 2,
  JOINT_ACCELERATION: 3,
  POWER_SUPPLY: 4,
  MOMENTUM_SAFETY: 5,
  STOPPING_TIME_SAFETY: 6,
  STOPPING_DISTANCE_SAFETY: 7,
  TOOL_SPEED_SAFETY: 8,
  ELBOW_SPEED_SAFETY: 9,
  JOINT_SPEED_SAFETY: 10,
  SAFETY_STATE_CHANGE: 11,
  SAFETY_API_STOPPING_DISTANCE: 12,
  TOOL_WRENCH: 13,
  EXTERNAL_AXIS_SPEED: 14,
  EXTERNAL_AXIS_STOPPING: 15,
} as const;

export type TimeScaleSource = keyof typeof timeScaleSources;
export type JointMode = keyof typeof jointModes;
export type RobotMode = keyof typeof robotModes;
export type SafetyStatus = keyof typeof safetyStatuses;
export type RuntimeState = keyof typeof runtimeStates;
export type ProgramState = "STOPPED" | "PLAYING" | "PAUSED";
export type OperationalMode = "NONE" | "MANUAL" | "AUTOMATIC";

/** The word for a number of one of these lists; `undefined` if it has none. */
export function wordFor<Words extends Readonly<Record<string, number>>>(
  words: Words,
  number: number,
): (keyof Words & string) | undefined {
  return Object.keys(words).find((word) => words[word] === number);
}

/** Whether a word is a robot mode. */
export function isRobotMode(word: string): word is RobotMode {
  return Object.hasOwn(robotModes, word);
}

/** Whether a word is a safety state. */
export function isSafetyStatus(word: string): word is SafetyStatus {
  return Object.hasOwn(safetyStatuses, word);
}
