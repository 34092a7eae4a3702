import { toolLines, type ToolSettings } from "../robot/tool-settings.ts";
import { JOINTS } from "./knot.ts";
import { PLAYER_REGISTERS as R, SECOND_STEPS, TIME_STEP_S, WANT } from "./player-registers.ts";
import { type PlayerSettings } from "./player-settings.ts";
import { PLAYER_PHASES, type PlayerPhase } from "./player-state.ts";

/** Name of the player program, as the controller reports it. */
export const PLAYER_PROGRAM = "ur_rtde_ts_player";

/** Doubles of a knot: position, speed and acceleration of each joint. */
const KNOT_VALUES = 3 * JOINTS;
/** Path time kept in hand beyond the braking way before the buffer counts as dry [s]. */
const DRY_MARGIN_S = 0.02;

/** What one run of the player is for. */
export interface PlayerRun {
  /** Where the path begins [rad]. */
  readonly first_rad: ArrayLike<number>;
  readonly tool: ToolSettings;
  /** A number above 0 that this run alone has. */
  readonly session: number;
  readonly settings: PlayerSettings;
}

/**
 * The URScript that runs on the controller: a ring of knots, a quintic spline played with servoj, and its own end.
 *
 * The host never paces motion. It fills the ring through input registers; path time runs here, at `rate` (1 = as
 * written), and pause, stop, a dry ring and a silent host only turn the rate down, so that the arm always stays on its
 * path. When the ring runs dry the rate falls to 0 before the last knot and the program ends: at rest, on the path.
 *
 *     τ ← τ + rate · dt,    q(τ) quintic Hermite between knots,    braking way = rate² · stopS / 2
 */
export function playerProgram(run: PlayerRun): string {
  return `def ${PLAYER_PROGRAM}():
${beginning(run)}
  while playing:
${takeKnot(run)}
${decide(run.settings)}
${advance(run.settings)}
${EVALUATE}
${REPORT}
    if phase == ${number("waiting")}:
      sync()
    else:
      ${servo(run.settings)}
    end
  end
${ending(run.settings)}
end
`;
}

const number = (phase: PlayerPhase): number => PLAYER_PHASES.indexOf(phase);
const zeros = (count: number): string => `[${Array.from({ length: count }, () => "0.0").join(",")}]`;
const numbers = (values: ArrayLike<number>): string => `[${Array.from(values).join(", ")}]`;
const servo = ({ lookaheadS, gain }: PlayerSettings): string =>
  `servoj(held, t=dt, lookahead_time=${lookaheadS}, gain=${gain})`;

const beginning = ({ first_rad, tool, session, settings }: PlayerRun): string => `${toolLines(tool)}\
  session = ${session}
  dt = get_steptime()
  knots = ${settings.ringKnots}
  knot_time = ${zeros(settings.ringKnots)}
  knot_value = ${zeros(settings.ringKnots * KNOT_VALUES)}
  accepted = 0
  last = 0
  segment = 0
  loaded = 0
  tau = 0.0
  rate = 0.0
  beat = 0
  silence = 0.0
  least_slack = 1000000.0
  phase = ${number("waiting")}
  playing = True
  home = ${numbers(first_rad)}
  off = get_actual_joint_positions() - home
  joint = 0
  while joint < ${JOINTS}:
    if norm(off[joint]) > ${settings.startTolerance_rad}:
      phase = ${number("refused")}
      playing = False
    end
    joint = joint + 1
  end
  held = home
${["c0", "c1", "c2", "c3", "c4", "c5"].map((c) => `  ${c} = ${zeros(JOINTS)}`).join("\n")}`;

/** A knot has been put into its place in the ring. */
const TAKEN = `\
        if accepted == 0:
          tau = knot_time[slot]
        elif phase != ${number("waiting")} and knot_time[slot] - tau < least_slack:
          least_slack = knot_time[slot] - tau
        end
        accepted = accepted + 1`;

/** Reads what the host wants, and one knot or two, unless their places in the ring are still in use. */
const takeKnot = ({ settings }: PlayerRun): string => `\
    want = ${WANT.wait}
    silence = silence + dt
    if read_input_integer_register(${R.session}) == session:
      want = read_input_integer_register(${R.want})
      last = read_input_integer_register(${R.lastKnot})
      if read_input_integer_register(${R.beat}) != beat:
        beat = read_input_integer_register(${R.beat})
        silence = 0.0
      end
      if read_input_integer_register(${R.knotNumber}) == accepted + 1 and accepted - segment < knots:
        slot = accepted % knots
        knot_time[slot] = read_input_float_register(${R.knotTime})
        i = 0
        while i < ${KNOT_VALUES}:
          knot_value[slot * ${KNOT_VALUES} + i] = read_input_float_register(${R.knotValues} + i)
          i = i + 1
        end
${TAKEN}
      end
      delay = read_input_integer_register(${R.secondDelay})
      if delay > 0 and read_input_integer_register(${R.knotNumber}) == accepted and accepted - segment < knots:
        slot = accepted % knots
        knot_time[slot] = read_input_float_register(${R.knotTime}) + delay * ${TIME_STEP_S.toFixed(7)}
        i = 0
        while i < ${JOINTS}:
          at = slot * ${KNOT_VALUES} + i
${SECOND_STEPS.map(
  (step, kind) =>
    `          knot_value[at + ${kind * JOINTS}] = read_input_integer_register(${R.secondValues + kind * JOINTS} + i) * ${step.toFixed(9)}`,
).join("\n")}
          i = i + 1
        end
${TAKEN}
      end
    end
    ahead = 0.0
    if accepted > 0:
      ahead = knot_time[(accepted - 1) % knots] - tau
    end
    whole = last > 0 and accepted == last
    silent = silence > ${settings.hostSilenceS}`;

const decide = ({ stopS, startAheadS }: PlayerSettings): string => `\
    if phase == ${number("waiting")}:
      enough = whole or ahead >= ${startAheadS} or accepted >= knots
      if silent:
        phase = ${number("abandoned")}
        playing = False
      elif want == ${WANT.play} and accepted > 1 and enough:
        phase = ${number("playing")}
      elif want == ${WANT.stop}:
        phase = ${number("stopped")}
        playing = False
      end
    elif phase != ${number("starved")} and phase != ${number("stopping")} and phase != ${number("abandoned")}:
      if silent:
        phase = ${number("abandoned")}
      elif want == ${WANT.stop}:
        phase = ${number("stopping")}
      elif want == ${WANT.pause} and phase != ${number("paused")}:
        phase = ${number("pausing")}
      elif want == ${WANT.play} and (phase == ${number("paused")} or phase == ${number("pausing")}):
        phase = ${number("resuming")}
      end
      if not whole and ahead < rate * rate * ${stopS / 2} + ${DRY_MARGIN_S} + rate * dt * 2:
        phase = ${number("starved")}
      end
    end`;

/** Path time runs at its rate; the rate moves evenly. */
const advance = ({ stopS }: PlayerSettings): string => `\
    aim = 0.0
    if phase == ${number("playing")} or phase == ${number("resuming")}:
      aim = 1.0
    end
    if rate < aim:
      rate = rate + dt / ${stopS}
      if rate > aim:
        rate = aim
      end
    elif rate > aim:
      rate = rate - dt / ${stopS}
      if rate < aim:
        rate = aim
      end
    end
    tau = tau + rate * dt
    if rate == 1.0 and phase == ${number("resuming")}:
      phase = ${number("playing")}
    elif rate == 0.0 and phase == ${number("pausing")}:
      phase = ${number("paused")}
    elif rate == 0.0 and phase == ${number("stopping")}:
      phase = ${number("stopped")}
      playing = False
    elif rate == 0.0 and (phase == ${number("starved")} or phase == ${number("abandoned")}):
      playing = False
    end
    if whole and tau >= knot_time[(accepted - 1) % knots]:
      tau = knot_time[(accepted - 1) % knots]
      rate = 0.0
      if phase != ${number("stopped")}:
        phase = ${number("finished")}
      end
      playing = False
    end`;

const six = (at: string): string =>
  `[${Array.from({ length: JOINTS }, (_, joint) => `knot_value[${at}+${joint}]`).join(", ")}]`;

/** The spline between the two knots around τ; its coefficients are worked out once a segment. */
const EVALUATE = `\
    if phase != ${number("waiting")}:
      while segment + 2 < accepted and tau >= knot_time[(segment + 1) % knots]:
        segment = segment + 1
      end
      if loaded != segment + 1:
        loaded = segment + 1
        a = (segment % knots) * ${KNOT_VALUES}
        b = ((segment + 1) % knots) * ${KNOT_VALUES}
        h = knot_time[(segment + 1) % knots] - knot_time[segment % knots]
        c0 = ${six("a")}
        c1 = ${six(`a + ${JOINTS}`)}
        c2 = 0.5 * ${six(`a + ${2 * JOINTS}`)}
        way = ${six("b")} - c0 - h * c1 - h * h * c2
        speed = ${six(`b + ${JOINTS}`)} - c1 - (2.0 * h) * c2
        bend = ${six(`b + ${2 * JOINTS}`)} - 2.0 * c2
        c3 = (1.0 / (h * h * h)) * (10.0 * way - (4.0 * h) * speed + (0.5 * h * h) * bend)
        c4 = (1.0 / (h * h * h * h)) * ((7.0 * h) * speed - 15.0 * way - (h * h) * bend)
        c5 = (1.0 / (h * h * h * h * h)) * (6.0 * way - (3.0 * h) * speed + (0.5 * h * h) * bend)
      end
      x = tau - knot_time[segment % knots]
      held = c0 + x * (c1 + x * (c2 + x * (c3 + x * (c4 + x * c5))))
    end`;

/** A phase at rest is only told once the servo has settled. */
const REPORT = `\
    write_output_integer_register(${R.accepted}, accepted)
    if playing:
      write_output_integer_register(${R.phase}, phase)
    end
    write_output_integer_register(${R.sessionEcho}, session)
    write_output_integer_register(${R.wantEcho}, want)
    write_output_float_register(${R.pathTime}, tau)
    write_output_float_register(${R.rate}, rate)
    write_output_float_register(${R.ahead}, ahead)
    write_output_float_register(${R.leastSlack}, least_slack)
${Array.from({ length: JOINTS }, (_, joint) => `    write_output_float_register(${R.target + joint}, held[${joint}])`).join("\n")}`;

/** Lets the servo settle on the last target before the program, and with it the motion, ends. */
const ending = (settings: PlayerSettings): string => `\
  write_output_integer_register(${R.accepted}, accepted)
  write_output_integer_register(${R.sessionEcho}, session)
  if phase != ${number("refused")}:
    settle = 0.0
    while settle < ${settings.settleS} and loaded > 0:
      ${servo(settings)}
      settle = settle + dt
    end
    stopj(4.0)
  end
  write_output_integer_register(${R.phase}, phase)
  sync()`;
