import { CODES, CONTROL_REGISTERS as R } from "./control-registers.ts";
import { items, joints, mode, pose } from "./script-arguments.ts";
import { WAYPOINT_DOUBLES } from "./waypoint.ts";

/** Brings the arm to rest; one that a hand moves is held. A program may not stop an arm in Freedrive before it has ended that. */
export const atRest = (stop: string): readonly string[] => [
  `if mode == ${mode("hand-guided")}:`,
  "  end_freedrive_mode()",
  "else:",
  `  ${stop}`,
  "end",
];

/** What is done at once, within the cycle. */
const instant: readonly (readonly [code: number, ...lines: string[]])[] = [
  [
    CODES.stop,
    "if working:",
    "  kill worker",
    "end",
    ...atRest("stopj(reals[0])"),
    `mode = ${mode("idle")}`,
    "path_count = 0",
  ],
  [
    CODES.stopL,
    "if working:",
    "  kill worker",
    "end",
    ...atRest("stopl(reals[0])"),
    `mode = ${mode("idle")}`,
    "path_count = 0",
  ],
  [
    CODES.addWaypoint,
    "path_count = whole[0]",
    "path_kind[whole[0] - 1] = whole[1]",
    "i = 0",
    `while i < ${WAYPOINT_DOUBLES}:`,
    `  path_value[(whole[0] - 1) * ${WAYPOINT_DOUBLES} + i] = reals[i]`,
    "  i = i + 1",
    "end",
  ],
  [
    CODES.forceMode,
    `force_mode(${pose()}, [${items(0, 6, "whole")}], ${joints(6)}, whole[6], ${joints(12)})`,
  ],
  [CODES.endForceMode, "end_force_mode()"],
  [CODES.zeroForceSensor, "zero_ftsensor()"],
  [CODES.forceDamping, "force_mode_set_damping(reals[0])"],
  [CODES.forceGain, "force_mode_set_gain_scaling(reals[0])"],
  [
    CODES.freedrive,
    `freedrive_mode(freeAxes=[${items(0, 6, "whole")}], feature=${pose()})`,
    `mode = ${mode("hand-guided")}`,
  ],
  [CODES.endFreedrive, "end_freedrive_mode()", `mode = ${mode("idle")}`],
  [CODES.teach, "teach_mode()", `mode = ${mode("hand-guided")}`],
  [CODES.endTeach, "end_teach_mode()", `mode = ${mode("idle")}`],
  [CODES.freedriveStatus, "answer = get_freedrive_status()"],
  [CODES.setTcp, `set_tcp(${pose()})`],
  [CODES.setPayload, `set_payload(reals[0], [${items(1, 3)}])`],
  [CODES.setGravity, `set_gravity([${items(0, 3)}])`],
  [CODES.setToolVoltage, "set_tool_voltage(whole[0])"],
  [
    CODES.inverseKinematics,
    "answer = 0",
    `if get_inverse_kin_has_solution(${pose()}, ${joints(6)}):`,
    "  answer = 1",
    `  vector = get_inverse_kin(${pose()}, ${joints(6)})`,
    "end",
  ],
  [CODES.forwardKinematics, `found = get_forward_kin(${joints()})`, `vector = [${items(0, 6, "found")}]`],
  [CODES.isSteady, "answer = 0", "if is_steady():", "  answer = 1", "end"],
  [
    CODES.isWithinLimits,
    "answer = 0",
    "if whole[0] == 1:",
    `  if is_within_safety_limits(${joints()}):`,
    "    answer = 1",
    "  end",
    `elif is_within_safety_limits(${pose()}):`,
    "  answer = 1",
    "end",
  ],
  [CODES.jointTorques, "vector = get_joint_torques()"],
  [CODES.contactAgo, `answer = tool_contact(direction=${joints()})`],
  [CODES.watchdog, `rtde_set_watchdog("input_int_register_${R.beat}", reals[0], "stop")`],
  [CODES.protectiveStop, "protective_stop()"],
  [CODES.end, "alive = False"],
];

/** The same as URScript: one branch for each code. */
export const INSTANT = `${instant
  .map(([code, ...lines], i) =>
    [`${i === 0 ? "if" : "elif"} code == ${code}:`, ...lines.map((line) => `  ${line}`)]
      .map((line) => `        ${line}`)
      .join("\n"),
  )
  .join("\n")}
        end`;
