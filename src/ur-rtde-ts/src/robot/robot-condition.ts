import { type RobotMode, robotModes, type SafetyStatus, safetyStatuses, wordFor } from "./robot-modes.ts";

/** What a controller says of itself, as words. */
export interface RobotReadings {
  readonly robotMode: RobotMode | undefined;
  readonly safetyStatus: SafetyStatus | undefined;
  /** Whether the robot obeys from outside; `undefined`: not known (CB3 knows no local control). */
  readonly isRemote?: boolean | undefined;
}

/** What software can do about a condition. */
export type SoftwareStep =
  | "wait" // something is under way
  | "unlock-protective-stop"
  | "restart-safety"
  | "power-on"
  | "release-brakes";

/** The next thing to be done before the arm can move. */
export type RecoveryStep =
  | { readonly by: "software"; readonly what: SoftwareStep }
  /** Somebody has to go there: the sentence says what to do. */
  | { readonly by: "person"; readonly what: string };

export type ConditionName =
  | "ready" // brakes released, no stop
  | "off" // arm without power
  | "starting" // booting, or powering up
  | "braked" // powered, brakes engaged
  | "hand-guided" // backdrive
  | "protective-stop"
  | "safeguard-stop"
  | "emergency-stop"
  | "three-position-stop"
  | "recovery" // joints are outside of their limits
  | "violation"
  | "fault"
  | "unconfirmed" // the safety configuration waits to be confirmed
  | "unreachable" // no controller behind the interfaces
  | "updating"
  | "local-control"
  | "unknown";

/** A state of the robot, as far as it matters to who wants it to move. */
export interface RobotCondition {
  readonly name: ConditionName;
  readonly canMove: boolean;
  /** What it means, as a sentence. */
  readonly text: string;
  /** All that lies between this and a moving arm, in order; a step may bring further ones about. */
  readonly steps: readonly RecoveryStep[];
  /** Somebody has to have looked at the cause before software may do anything. */
  readonly needsInspection: boolean;
}

const software = (...what: SoftwareStep[]): RecoveryStep[] =>
  what.map((step) => ({ by: "software", what: step }) as const);
const person = (what: string): RecoveryStep => ({ by: "person", what });
const UP = software("power-on", "release-brakes");

interface Entry {
  readonly name: ConditionName;
  readonly text: string;
  readonly steps: readonly RecoveryStep[];
  readonly needsInspection?: boolean;
}

const emergency = (where: string): Entry => ({
  name: "emergency-stop",
  text: `The emergency stop ${where} is pressed.`,
  steps: [person(`release the emergency stop ${where}, once it is safe`), ...UP],
});
const safeguard = (what: string): Entry => ({
  name: "safeguard-stop",
  text: `${what} stops the arm.`,
  steps: [person(`clear ${what.replace(/^(A|The) /, "the ")} and reset it`)],
});

/** @source Universal Robots, e-Series user manual, "Safety modes"; what to do: dashboard server e-Series */
const bySafety: Partial<Record<SafetyStatus, Entry>> = {
  PROTECTIVE_STOP: {
    name: "protective-stop",
    text: "The controller stopped the arm to protect it.",
    steps: software("unlock-protective-stop"),
    needsInspection: true,
  },
  RECOVERY: {
    name: "recovery",
    text: "The arm is outside of its safety limits.",
    steps: [person("move the arm back inside its limits by hand, on the teach pendant")],
  },
  SAFEGUARD_STOP: safeguard("A safeguard"),
  AUTOMATIC_MODE_SAFEGUARD_STOP: safeguard("The safeguard of automatic mode"),
  IMMI_SAFEGUARD_STOP: safeguard("A safeguard of the injection moulding machine"),
  PROFISAFE_AUTOMATIC_MODE_SAFEGUARD_STOP: safeguard("The safety controller's safeguard of automatic mode"),
  PROFISAFE_SAFEGUARD_STOP: safeguard("The safety controller's safeguard"),
  PROFISAFE_WAITING_FOR_PARAMETERS: safeguard("A safety controller that has sent no parameters yet"),
  SAFETY_API_SAFEGUARD_STOP: safeguard("A safeguard of the safety interface"),
  SYSTEM_EMERGENCY_STOP: emergency("of the system"),
  ROBOT_EMERGENCY_STOP: emergency("of the robot"),
  IMMI_EMERGENCY_STOP: emergency("of the injection moulding machine"),
  PROFISAFE_EMERGENCY_STOP: emergency("of the safety controller"),
  SYSTEM_THREE_POSITION_ENABLING_STOP: {
    name: "three-position-stop",
    text: "A three-position enabling device stops the arm.",
    steps: [person("hold the enabling device in its middle position")],
  },
  TP_THREE_POSITION_ENABLING_STOP: {
    name: "three-position-stop",
    text: "The three-position button of the teach pendant stops the arm.",
    steps: [person("hold the button of the teach pendant in its middle position")],
  },
  VIOLATION: {
    name: "violation",
    text: "A safety limit was violated.",
    steps: [...software("restart-safety"), ...UP],
    needsInspection: true,
  },
  FAULT: {
    name: "fault",
    text: "The safety system has a fault.",
    steps: [...software("restart-safety"), ...UP],
    needsInspection: true,
  },
  VALIDATE_JOINT_ID: {
    name: "unconfirmed",
    text: "Joints were exchanged and wait to be accepted.",
    steps: [person("accept the joints on the teach pendant")],
  },
};

/** @source Universal Robots, RTDE guide, "robot mode"; what to do: dashboard server e-Series */
const byMode: Record<RobotMode, Entry> = {
  NO_CONTROLLER: {
    name: "unreachable",
    text: "The controller does not run.",
    steps: [person("switch the controller on")],
  },
  DISCONNECTED: {
    name: "unreachable",
    text: "The controller is not connected to its arm.",
    steps: [person("see why the arm is not connected, on the teach pendant")],
  },
  CONFIRM_SAFETY: {
    name: "unconfirmed",
    text: "The safety configuration waits to be confirmed.",
    steps: [person("confirm the safety configuration on the teach pendant")],
  },
  BOOTING: {
    name: "starting",
    text: "The controller boots.",
    steps: software("wait", "power-on", "release-brakes"),
  },
  POWER_OFF: { name: "off", text: "The arm has no power.", steps: UP },
  POWER_ON: { name: "starting", text: "The arm powers up.", steps: software("wait", "release-brakes") },
  IDLE: {
    name: "braked",
    text: "The arm has power, its brakes are engaged.",
    steps: software("release-brakes"),
  },
  BACKDRIVE: {
    name: "hand-guided",
    text: "The arm is being moved by hand.",
    steps: [person("leave backdrive on the teach pendant")],
  },
  RUNNING: { name: "ready", text: "The arm can move.", steps: [] },
  UPDATING_FIRMWARE: {
    name: "updating",
    text: "The arm's firmware is being updated.",
    steps: software("wait"),
  },
};

/** What the readings mean, and what lies between them and a moving arm. */
export function robotCondition({ robotMode, safetyStatus, isRemote }: RobotReadings): RobotCondition {
  const entry = entryFor(robotMode, safetyStatus);
  const condition = {
    ...entry,
    canMove: entry.name === "ready",
    needsInspection: entry.needsInspection ?? false,
  };
  if (isRemote !== false) return condition;
  if (!condition.canMove && !entry.steps.some(({ by }) => by === "software")) return condition;
  const local = person("switch the robot to remote control on the teach pendant");
  if (!condition.canMove) return { ...condition, steps: [local, ...condition.steps] };
  const text = "The arm can move, but the robot is in local control and obeys nobody else.";
  return { ...condition, name: "local-control", canMove: false, text, steps: [local] };
}

/** The same from the numbers of the RTDE fields `robot_mode` and `safety_status`. */
export const conditionOfNumbers = (robotMode: number, safetyStatus: number): RobotCondition =>
  robotCondition({
    robotMode: wordFor(robotModes, robotMode),
    safetyStatus: wordFor(safetyStatuses, safetyStatus),
  });

function entryFor(mode: RobotMode | undefined, status: SafetyStatus | undefined): Entry {
  if (mode === "NO_CONTROLLER" || mode === "DISCONNECTED") return byMode[mode];
  if (status !== undefined && status !== "NORMAL" && status !== "REDUCED") {
    const entry = bySafety[status];
    if (entry !== undefined) return entry;
  } else if (status !== undefined && mode !== undefined) return byMode[mode];
  return {
    name: "unknown",
    text: `Robot mode ${mode ?? "?"} and safety status ${status ?? "?"} are not known to this library.`,
    steps: [person("look at the teach pendant")],
  };
}
