import { toolLines, type ToolSettings } from "../robot/tool-settings.ts";
import { ARGUMENT_DOUBLES, ARGUMENT_INTEGERS, CODES, CONTROL_REGISTERS as R } from "./control-registers.ts";
import { type ControlSettings } from "./control-settings.ts";
import { atRest, INSTANT } from "./instant-commands.ts";
import { items, joints, mode, pose } from "./script-arguments.ts";
import { PATH_WAYPOINTS, WAYPOINT_DOUBLES, WAYPOINT_KINDS } from "./waypoint.ts";

/** Name of the control program, as the controller reports it. */
export const CONTROL_PROGRAM = "ur_rtde_ts_control";

/** What one run of the control program is for. */
export interface ControlRun {
  readonly tool: ToolSettings;
  /** A number above 0 that this run alone has. */
  readonly session: number;
  readonly settings: ControlSettings;
}

/**
 * The URScript that does on the controller what a `RobotControl` asks for.
 *
 * Its main loop reads commands from registers, once a cycle, and never waits: what takes time runs in a thread, so that
 * a stop is heard at once. A host that falls silent, and a stream of targets that dries up, bring the arm to rest.
 */
export function controlProgram(run: ControlRun): string {
  return `def ${CONTROL_PROGRAM}():
${toolLines(run.tool)}${beginning(run)}
${threads(run.settings)}
  while alive:
${hear(run)}
${DISPATCH}
${REPORT}
    sync()
  end
  write_output_integer_register(${R.mode}, mode)
  sync()
end
`;
}

const zeros = (count: number, zero = "0.0"): string => `[${new Array(count).fill(zero).join(",")}]`;

const beginning = ({ session }: ControlRun): string => `\
  session = ${session}
  dt = get_steptime()
  global reals = ${zeros(ARGUMENT_DOUBLES)}
  global whole = ${zeros(ARGUMENT_INTEGERS, "0")}
  global code = 0
  global taken = 0
  global finished = 0
  global moved = 0
  global mode = 0
  global answer = 0
  global waypoint = 0
  global path_count = 0
  global path_kind = ${zeros(PATH_WAYPOINTS, "0")}
  global path_value = ${zeros(PATH_WAYPOINTS * WAYPOINT_DOUBLES)}
  global stream_code = 0
  global stream_age = 0.0
  global stream = ${zeros(ARGUMENT_DOUBLES)}
  vector = ${zeros(6)}
  beat = 0
  silence = 0.0
  alive = True
  number = 0
  worker = 0
  working = False
  i = 0`;

/** One waypoint of the path, out of the list. */
const waypointMove = (): string => {
  const at = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => `path_value[at + ${from + i}]`).join(", ");
  const [first, second] = [at(0, 6), at(6, 6)];
  const [a, v, t, r] = [12, 13, 14, 15].map((i) => `path_value[at + ${i}]`);
  return `\
        if path_kind[waypoint - 1] == ${WAYPOINT_KINDS.joints}:
          movej([${first}], a=${a}, v=${v}, t=${t}, r=${r})
        elif path_kind[waypoint - 1] == ${WAYPOINT_KINDS.line}:
          movel(p[${first}], a=${a}, v=${v}, t=${t}, r=${r})
        elif path_kind[waypoint - 1] == ${WAYPOINT_KINDS.process}:
          movep(p[${first}], a=${a}, v=${v}, r=${r})
        else:
          movec(p[${first}], p[${second}], a=${a}, v=${v}, r=${r}, mode=0)
        end`;
};

const threads = ({ streamHoldS, stopDeceleration_radps2 }: ControlSettings): string => `\
  thread work():
    own = taken
    if code == ${CODES.moveJ}:
      movej(${joints()}, a=reals[6], v=reals[7], t=reals[8])
    elif code == ${CODES.moveJToPose}:
      movej(${pose()}, a=reals[6], v=reals[7], t=reals[8])
    elif code == ${CODES.moveL}:
      movel(${pose()}, a=reals[6], v=reals[7], t=reals[8])
    elif code == ${CODES.moveP}:
      movep(${pose()}, a=reals[6], v=reals[7])
    elif code == ${CODES.moveC}:
      movec(${pose()}, ${pose(6)}, a=reals[12], v=reals[13], mode=whole[0])
    elif code == ${CODES.path}:
      waypoint = 0
      while waypoint < path_count:
        waypoint = waypoint + 1
        at = (waypoint - 1) * ${WAYPOINT_DOUBLES}
${waypointMove()}
      end
      path_count = 0
    elif code == ${CODES.untilContact}:
      speed = ${joints()}
      direction = ${joints(6)}
      acceleration = reals[12]
      ago = 0
      while ago == 0:
        speedl(speed, acceleration, get_steptime())
        ago = tool_contact(direction=direction)
      end
      touched = get_actual_joint_positions_history(ago)
      stopl(reals[13])
      movel(touched)
      answer = ago
    end
    moved = own
    mode = ${mode("idle")}
  end
  thread follow():
    while stream_age < ${streamHoldS}:
      if stream_code == ${CODES.servoJ} or stream_code == ${CODES.servoL}:
        stream_age = stream_age + stream[6]
      else:
        stream_age = stream_age + get_steptime()
      end
      if stream_code == ${CODES.servoJ}:
        servoj([${items(0, 6, "stream")}], t=stream[6], lookahead_time=stream[7], gain=stream[8])
      elif stream_code == ${CODES.servoL}:
        servoj(get_inverse_kin(p[${items(0, 6, "stream")}]), t=stream[6], lookahead_time=stream[7], gain=stream[8])
      elif stream_code == ${CODES.speedJ}:
        speedj([${items(0, 6, "stream")}], stream[6], get_steptime())
      else:
        speedl([${items(0, 6, "stream")}], stream[6], get_steptime())
      end
    end
    stopj(${stopDeceleration_radps2})
    mode = ${mode("idle")}
  end`;

const hear = ({ settings }: ControlRun): string => `\
    silence = silence + dt
    if read_input_integer_register(${R.session}) == session:
      if read_input_integer_register(${R.beat}) != beat:
        beat = read_input_integer_register(${R.beat})
        silence = 0.0
      end
      number = read_input_integer_register(${R.number})
    end
    if silence > ${settings.hostSilenceS}:
      if working:
        kill worker
      end
${atRest(`stopj(${settings.stopDeceleration_radps2})`)
  .map((line) => `      ${line}`)
  .join("\n")}
      mode = ${mode("lost")}
      alive = False
    end`;

/** Reads a new command and does it, or has a thread do it. */
const DISPATCH = `\
    if alive and number != taken:
      taken = number
      code = read_input_integer_register(${R.code})
      i = 0
      while i < ${ARGUMENT_DOUBLES}:
        reals[i] = read_input_float_register(${R.doubles} + i)
        i = i + 1
      end
      i = 0
      while i < ${ARGUMENT_INTEGERS}:
        whole[i] = read_input_integer_register(${R.integers} + i)
        i = i + 1
      end
      if code >= 10 and code < 20:
        i = 0
        while i < ${ARGUMENT_DOUBLES}:
          stream[i] = reals[i]
          i = i + 1
        end
        stream_code = code
        stream_age = 0.0
        if mode != ${mode("servoing")} and mode != ${mode("speed")}:
          if working:
            kill worker
          end
          working = True
          worker = run follow()
        end
        if code == ${CODES.servoJ} or code == ${CODES.servoL}:
          mode = ${mode("servoing")}
        else:
          mode = ${mode("speed")}
        end
      elif code < 10:
        if working:
          kill worker
        end
        mode = ${mode("moving")}
        working = True
        worker = run work()
      else:
${INSTANT}
        finished = taken
      end
    end`;

const REPORT = `\
    write_output_integer_register(${R.finished}, finished)
    write_output_integer_register(${R.mode}, mode)
    write_output_integer_register(${R.moved}, moved)
    write_output_integer_register(${R.answer}, answer)
    write_output_integer_register(${R.waypoint}, waypoint)
${Array.from({ length: 6 }, (_, i) => `    write_output_float_register(${R.vector + i}, vector[${i}])`).join("\n")}
    write_output_integer_register(${R.taken}, taken)
    write_output_integer_register(${R.sessionEcho}, session)`;
