import { fromUrPose, type Pose as FramePose } from "../../../math/pose.ts";
import {
  fromRotvec,
  IDENTITY,
  rotateInverse,
  toRotvec,
  multiply,
  transpose,
  rotate,
  type Mat3,
} from "../../../math/rotation.ts";
import { sub, type Vec3 } from "../../../math/vec.ts";
import { instant } from "../../urscript/builtins/define.ts";
import { ScriptFault } from "../../urscript/problem.ts";
import type { InstantBuiltin } from "../../urscript/script-host.ts";
import { expectBoolean, expectInteger, expectNumber, expectNumbers } from "../../urscript/values/expect.ts";
import { Pose, type Result } from "../../urscript/values/value.ts";
import { ForceMode, type ForceModeSettings, type ForceModeTuning } from "../motion/force-mode.ts";
import { FreeArm } from "../motion/free-arm.ts";
import { optional, urPose, vec3 } from "./arguments.ts";
import type { BuiltinSurroundings } from "./surroundings.ts";

/** Axes that freedrive holds: stiffness and damping [N/m], [N s/m], [Nm/rad], [Nm s/rad]. @assumed */
const [HOLD_NPM, HOLD_NSPM, HOLD_NMPRAD, HOLD_NMSPRAD] = [4000, 250, 120, 6];
/** Sines of elbow and wrist below which freedrive warns, and is hardly usable. @assumed */
const [NEAR_SINGULAR, SINGULAR] = [0.2, 0.05];
/** Sensor updates per second below which the program pauses. @source UR script manual, `ft_rtde_input_enable` */
const EXTERNAL_SENSOR_HZ = 10;

/** Functions that let forces move the arm, and that feel them. @source UR script manual 5.25, "Module motion" */
export function forceBuiltins(around: BuiltinSurroundings): readonly InstantBuiltin[] {
  const { motion, force, history } = around;
  // A new controller begins with the manual's defaults; what a script sets stays until it is set again.
  let tuning: ForceModeTuning = { damping: 0.005, gain: 1 };
  const tune = (change: Partial<ForceModeTuning>): void => {
    tuning = { ...tuning, ...change };
    if (motion.yielding instanceof ForceMode) motion.yielding.tune(tuning);
  };
  const nothing = (name: string, call: () => void): InstantBuiltin =>
    instant(name, [], () => {
      call();
      return undefined;
    });
  return [
    instant("force_mode", ["task_frame", "selection_vector", "wrench", "type", "limits"], (args) => {
      const settings = forceSettings(args);
      if (motion.yielding instanceof ForceMode) motion.yielding.change(settings);
      else motion.yield(new ForceMode(around.carrier, () => force.atTool, settings, tuning));
      return undefined;
    }),
    nothing("end_force_mode", () => motion.yield(undefined)),
    instant("force_mode_set_damping", ["damping"], ([damping]) => {
      tune({ damping: between(damping, "damping", 0, 1) });
      return undefined;
    }),
    instant("force_mode_set_gain_scaling", ["scaling"], ([scaling]) => {
      tune({ gain: between(scaling, "scaling", 0, 2) });
      return undefined;
    }),
    instant(
      "freedrive_mode",
      [optional("freeAxes", [1, 1, 1, 1, 1, 1]), optional("feature", new Pose([0, 0, 0, 0, 0, 0]))],
      ([axes, feature]) => {
        const free = expectNumbers(axes, "freeAxes", 6).map((axis) => axis !== 0);
        motion.release(freedrive(around, free, featureAxes(around, feature)));
        return undefined;
      },
    ),
    nothing("teach_mode", () =>
      motion.release(freedrive(around, new Array<boolean>(6).fill(true), IDENTITY)),
    ),
    ...["end_freedrive_mode", "end_teach_mode"].map((name) =>
      nothing(name, () => {
        if (motion.current instanceof FreeArm) motion.stop();
      }),
    ),
    instant("get_freedrive_status", [], () => {
      const sine = Math.min(
        Math.abs(Math.sin(around.sensors.q_rad[2]!)),
        Math.abs(Math.sin(around.sensors.q_rad[4]!)),
      );
      if (sine < SINGULAR) return 2;
      return sine < NEAR_SINGULAR ? 1 : 0;
    }),
    nothing("zero_ftsensor", () => force.zero()),
    instant("get_tcp_force", [], () => new Pose(force.atTool)),
    instant("force", [], () => Math.hypot(...force.atTool.slice(0, 3))),
    instant("tool_contact", [optional("direction", [0, 0, 0, 0, 0, 0])], ([direction]) => {
      const [x, y, z] = expectNumbers(direction, "direction", 6);
      return history.contactBefore([x!, y!, z!]);
    }),
    instant("get_actual_joint_positions_history", [optional("steps", 0)], ([steps]) => {
      const back = expectInteger(steps, "steps");
      const joints = back >= 0 ? history.jointsBefore(back) : undefined;
      if (joints === undefined)
        throw new ScriptFault(`get_actual_joint_positions_history: nothing is known ${back} steps ago`);
      return joints;
    }),
    ...["ft_rtde_input_enable", "enable_external_ft_sensor"].map((name) =>
      instant(
        name,
        [
          "enable",
          optional("sensor_mass", 0),
          optional("sensor_measuring_offset", [0, 0, 0]),
          optional("sensor_cog", [0, 0, 0]),
        ],
        ([enable, mass, offset, centre]) => {
          useExternalSensor(around, expectBoolean(enable, "enable"), {
            massKg: expectNumber(mass, "sensor_mass"),
            offset_F_m: vec3(offset, "sensor_measuring_offset"),
            centre_F_m: vec3(centre, "sensor_cog"),
          });
          return undefined;
        },
      ),
    ),
  ];
}

function useExternalSensor(
  { force, watchdogs, cycle }: BuiltinSurroundings,
  enable: boolean,
  sensor: NonNullable<BuiltinSurroundings["force"]["external"]>,
): void {
  force.external = enable ? sensor : undefined;
  if (!enable) watchdogs.set("external_force_torque", 0, "ignore", cycle());
  else if (watchdogs.isEmpty) watchdogs.set("external_force_torque", EXTERNAL_SENSOR_HZ, "pause", cycle());
}

function forceSettings([frame, selection, wrench, kind, limits]: readonly Result[]): ForceModeSettings {
  const number = expectNumber(kind, "type");
  if (number !== 1 && number !== 2 && number !== 3)
    throw new ScriptFault(`force_mode: type ${number} is not 1, 2 or 3`);
  return {
    frame: fromUrPose("B", "C", urPose(frame, "task_frame")),
    compliant: expectNumbers(selection, "selection_vector", 6).map((axis) => axis !== 0),
    wrench: [...expectNumbers(wrench, "wrench", 6)],
    kind: number,
    limits: [...expectNumbers(limits, "limits", 6)],
  };
}

function between(value: Result, what: string, least: number, most: number): number {
  const number = expectNumber(value, what);
  if (!(number >= least && number <= most))
    throw new ScriptFault(`${what} must be ${least} to ${most}, not ${number}`);
  return number;
}

/** Axes in which `freeAxes` are told: of the base, of the tool as it is now, or of a pose. */
function featureAxes({ actualTool }: BuiltinSurroundings, feature: Result): Mat3 {
  if (feature === "base") return IDENTITY;
  if (feature === "tool") return actualTool.X_BT.R;
  const [, , , x, y, z] = urPose(feature, "feature");
  return fromRotvec([x, y, z]);
}

/** The arm in a hand: free axes resist by their own friction only, the others are held by springs. */
function freedrive({ sensors, carrier }: BuiltinSurroundings, free: readonly boolean[], axes: Mat3): FreeArm {
  if (free.every((axis) => axis)) return new FreeArm(sensors, (torqueNm) => torqueNm.fill(0));
  const begin = carrier().toolAt(sensors.q_rad).X_BT;
  return new FreeArm(sensors, (torqueNm) => {
    const { X_BT, J } = carrier().toolAt(sensors.q_rad);
    const twist = carrier().twistOf(sensors.qd_radps, sensors.q_rad);
    const away = strayOf(begin, X_BT, axes);
    const speed = [...rotateInverse(axes, twist.v), ...rotateInverse(axes, twist.w)];
    const hold = away.map((way, i) => {
      if (free[i]) return 0;
      return i < 3 ? -HOLD_NPM * way - HOLD_NSPM * speed[i]! : -HOLD_NMPRAD * way - HOLD_NMSPRAD * speed[i]!;
    });
    const force = rotate(axes, [hold[0]!, hold[1]!, hold[2]!]);
    const torque = rotate(axes, [hold[3]!, hold[4]!, hold[5]!]);
    const wrench = [...force, ...torque];
    for (let j = 0; j < 6; j++) {
      torqueNm[j] = 0;
      for (let row = 0; row < 6; row++) torqueNm[j]! += J[6 * row + j]! * wrench[row]!;
    }
  });
}

/** How far the tool is from where it was, in axes of our choice [m, rad]. */
function strayOf(from: FramePose<"B", "T">, to: FramePose<"B", "T">, axes: Mat3): number[] {
  const turn: Vec3 = toRotvec(multiply(to.R, transpose(from.R)));
  return [...rotateInverse(axes, sub(to.p_m, from.p_m)), ...rotateInverse(axes, turn)];
}
