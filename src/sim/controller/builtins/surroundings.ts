import type { DhParameters } from "../../../kinematics/dh.ts";
import type { Joints } from "../../../math/joints.ts";
import type { Plant } from "../../plant/plant.ts";
import type { ArmHistory } from "../arm-history.ts";
import type { ForceTorque } from "../force-torque.ts";
import type { InputImage } from "../input-image.ts";
import type { ArmMotion } from "../motion/arm-motion.ts";
import type { MotionFault } from "../motion/motion.ts";
import type { ToolCarrier } from "../motion/tool-carrier.ts";
import type { RobotIo } from "../robot-io.ts";
import type { Sensors } from "../sensors.ts";
import type { ToolSetup } from "../tool-setup.ts";
import type { ToolState } from "../tool-state.ts";
import type { Watchdogs } from "../watchdogs.ts";

/** What the controller's own script functions work with. */
export interface BuiltinSurroundings {
  readonly dh: DhParameters;
  readonly plant: Plant;
  readonly sensors: Sensors;
  readonly force: ForceTorque;
  readonly history: ArmHistory;
  readonly motion: ArmMotion;
  readonly setup: ToolSetup;
  readonly io: RobotIo;
  readonly inputs: InputImage;
  readonly watchdogs: Watchdogs;
  readonly actualTool: ToolState;
  readonly targetTool: ToolState;
  readonly cycle: () => number;
  /** Cycles for which target and actual joints have been at rest. */
  readonly restCycles: () => number;
  readonly protectiveStop: (why: MotionFault) => void;
  /** The TCP has been changed. */
  readonly toolChanged: () => void;
  /** Switches the arm off; the program ends. */
  readonly powerDown: () => void;
  /** Puts the simulated arm elsewhere, at once and at rest. */
  readonly placeArm: (q_rad: Joints) => void;
  /** A line for the log. */
  readonly warn: (text: string) => void;
  /** Any RTDE output by name; undefined when there is none of that name. */
  readonly output: (name: string) => unknown;
  /** The arm with the TCP that is set. */
  readonly carrier: () => ToolCarrier;
}
