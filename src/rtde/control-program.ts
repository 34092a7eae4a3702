import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import { PLAYER_PHASES, type PlayerPhase } from "../stream/robot-link.ts";
import { REGISTERS as R, RING_KNOTS, WANT } from "./registers.ts";

/** How the control program plays. */
export interface PlayerSettings {
  /** servoj's lookahead [s] and gain. */
  readonly lookaheadS: number;
  readonly gain: number;
  /** Time from full speed to rest along the path: pause, stop and a dry buffer [s]. */
  readonly stopS: number;
  /** Path time that must be buffered before it starts; less is enough when the whole path is there [s]. */
  readonly startAheadS: number;
  /** The arm may stand so far from the first knot, per joint [rad]. */
  readonly startTolerance_rad: number;
}

/** @source lookahead and gain: what Universal Robots' own driver streams with; the rest @assumed */
export const PLAYER_SETTINGS: PlayerSettings = {
  lookaheadS: 0.03,
  gain: 2000,
  stopS: 0.25,
  startAheadS: 0.6,
  startTolerance_rad: 0.02,
};

/** Number of a phase in the output register. */
export const phaseNumber = (phase: PlayerPhase): number => PLAYER_PHASES.indexOf(phase);

/**
 * The URScript that runs on the controller: a buffer of knots, a quintic spline played with servoj, and its own end.
 *
 * The host never paces motion. It fills the buffer through input registers; path time runs here, at `rate` (1 = as
 * written), and pause, stop and a dry buffer only turn the rate down, so that the arm always stays on its path. When
 * the buffer runs dry (host lost) the rate falls to 0 before the last knot and the program ends: at rest, on the path.
 *
 *     τ ← τ + rate · dt,    q(τ) quintic Hermite between knots,    braking way = rate² · stopS / 2
 *
 * @param session any number > 0 that this run alone has
 */
export function controlProgram(
  instrument: Pick<Instrument, "tcp_F" | "payload">,
  firstKnot_rad: Joints,
  session: number,
  settings: PlayerSettings,
): string {
  const { massKg, centre_F_m } = instrument.payload;
  const zeros = (n: number): string => `[${Array.from({ length: n }, () => "0.0").join(",")}]`;
  const six = (list: string, offset: string): string =>
    `[${Array.from({ length: 6 }, (_, j) => `${list}[${offset}+${j}]`).join(", ")}]`;
  const phase = phaseNumber;
  return `def robot_cellist():
  set_tcp(p[${instrument.tcp_F.join(", ")}])
  set_payload(${massKg}, [${centre_F_m.join(", ")}])
  session = ${session}
  dt = get_steptime()
  knots = ${RING_KNOTS}
  knot_time = ${zeros(RING_KNOTS)}
  knot_value = ${zeros(RING_KNOTS * 18)}
  accepted = 0
  last = 0
  segment = 0
  loaded = 0
  tau = 0.0
  rate = 0.0
  phase = ${phase("waiting")}
  playing = True
  held = get_actual_joint_positions()
  home = [${firstKnot_rad.join(", ")}]
  off = held - home
  joint = 0
  while joint < 6:
    if norm(off[joint]) > ${settings.startTolerance_rad}:
      phase = ${phase("refused")}
      playing = False
    end
    joint = joint + 1
  end
  held = home
  c0 = ${zeros(6)}
  c1 = ${zeros(6)}
  c2 = ${zeros(6)}
  c3 = ${zeros(6)}
  c4 = ${zeros(6)}
  c5 = ${zeros(6)}
  while playing:
    want = ${WANT.wait}
    if read_input_integer_register(${R.session}) == session:
      want = read_input_integer_register(${R.want})
      last = read_input_integer_register(${R.lastKnot})
      # Take a knot, unless its place in the ring is still in use.
      if read_input_integer_register(${R.knotNumber}) == accepted + 1 and accepted - segment < knots:
        slot = accepted % knots
        knot_time[slot] = read_input_float_register(${R.knotTime})
        i = 0
        while i < 18:
          knot_value[slot * 18 + i] = read_input_float_register(${R.knotValues} + i)
          i = i + 1
        end
        accepted = accepted + 1
      end
    end
    ahead = 0.0
    if accepted > 0:
      ahead = knot_time[(accepted - 1) % knots] - tau
    end
    whole = last > 0 and accepted == last

    # What to do next.
    if phase == ${phase("waiting")}:
      if want == ${WANT.play} and accepted > 1 and (whole or ahead >= ${settings.startAheadS}):
        phase = ${phase("playing")}
      elif want == ${WANT.stop}:
        phase = ${phase("stopped")}
        playing = False
      end
    elif phase != ${phase("starved")} and phase != ${phase("stopping")}:
      if want == ${WANT.stop}:
        phase = ${phase("stopping")}
      elif want == ${WANT.pause} and phase != ${phase("paused")}:
        phase = ${phase("pausing")}
      elif want == ${WANT.play} and (phase == ${phase("paused")} or phase == ${phase("pausing")}):
        phase = ${phase("resuming")}
      end
      if not whole and ahead < rate * rate * ${settings.stopS / 2} + 0.02 + rate * dt * 2:
        phase = ${phase("starved")}
      end
    end

    # Path time runs at its rate; the rate moves evenly.
    aim = 0.0
    if phase == ${phase("playing")} or phase == ${phase("resuming")}:
      aim = 1.0
    end
    if rate < aim:
      rate = rate + dt / ${settings.stopS}
      if rate > aim:
        rate = aim
      end
    elif rate > aim:
      rate = rate - dt / ${settings.stopS}
      if rate < aim:
        rate = aim
      end
    end
    tau = tau + rate * dt
    if rate == 1.0 and phase == ${phase("resuming")}:
      phase = ${phase("playing")}
    elif rate == 0.0 and phase == ${phase("pausing")}:
      phase = ${phase("paused")}
    elif rate == 0.0 and phase == ${phase("stopping")}:
      phase = ${phase("stopped")}
      playing = False
    elif rate == 0.0 and phase == ${phase("starved")}:
      playing = False
    end
    if whole and tau >= knot_time[(accepted - 1) % knots]:
      tau = knot_time[(accepted - 1) % knots]
      if phase != ${phase("stopped")}:
        phase = ${phase("finished")}
      end
      playing = False
    end

    # The spline between two knots.
    if phase != ${phase("waiting")}:
      while segment + 2 < accepted and tau >= knot_time[(segment + 1) % knots]:
        segment = segment + 1
      end
      if loaded != segment + 1:
        loaded = segment + 1
        a = (segment % knots) * 18
        b = ((segment + 1) % knots) * 18
        h = knot_time[(segment + 1) % knots] - knot_time[segment % knots]
        c0 = ${six("knot_value", "a")}
        c1 = ${six("knot_value", "a + 6")}
        c2 = 0.5 * ${six("knot_value", "a + 12")}
        way = ${six("knot_value", "b")} - c0 - h * c1 - h * h * c2
        speed = ${six("knot_value", "b + 6")} - c1 - (2.0 * h) * c2
        bend = ${six("knot_value", "b + 12")} - 2.0 * c2
        c3 = (1.0 / (h * h * h)) * (10.0 * way - (4.0 * h) * speed + (0.5 * h * h) * bend)
        c4 = (1.0 / (h * h * h * h)) * ((7.0 * h) * speed - 15.0 * way - (h * h) * bend)
        c5 = (1.0 / (h * h * h * h * h)) * (6.0 * way - (3.0 * h) * speed + (0.5 * h * h) * bend)
      end
      x = tau - knot_time[segment % knots]
      held = c0 + x * (c1 + x * (c2 + x * (c3 + x * (c4 + x * c5))))
    end
    write_output_integer_register(${R.accepted}, accepted)
    write_output_integer_register(${R.phase}, phase)
    write_output_integer_register(${R.sessionEcho}, session)
    write_output_float_register(${R.pathTime}, tau)
    write_output_float_register(${R.rate}, rate)
    write_output_float_register(${R.ahead}, ahead)
    if phase == ${phase("waiting")}:
      sync()
    else:
      servoj(held, t=dt, lookahead_time=${settings.lookaheadS}, gain=${settings.gain})
    end
  end
  # Let the servo settle on the last target before the program, and with it the motion, ends.
  write_output_integer_register(${R.accepted}, accepted)
  write_output_integer_register(${R.sessionEcho}, session)
  if phase != ${phase("refused")}:
    i = 0
    while i < 150 and phase != ${phase("waiting")}:
      servoj(held, t=dt, lookahead_time=${settings.lookaheadS}, gain=${settings.gain})
      i = i + 1
    end
    stopj(4.0)
  end
  write_output_integer_register(${R.phase}, phase)
  sync()
end
`;
}
