/**
 * Which general-purpose register carries what between host and player program.
 *
 * Only the upper half (24 to 47) is used: the lower half belongs to field buses.
 */
export const PLAYER_REGISTERS = {
  /** Host to robot, integers. */
  knotNumber: 24, // from 1, of the knot in the doubles; a new number = a new knot lies there
  want: 25,
  session: 26, // anything else than the program's own number is a leftover of an earlier run
  lastKnot: 27, // number of the path's last knot, 0 = not known yet
  beat: 28, // changes while the host lives
  secondDelay: 29, // from the knot in the doubles to the one in the integers, in TIME_STEP_S; 0 = there is none
  secondValues: 30, // q, qd, qdd of the knot after: 18 integers, 30 … 47, in SECOND_STEPS
  /** Host to robot, doubles. */
  knotTime: 24,
  knotValues: 25, // q, qd, qdd: 18 doubles, 25 … 42
  /** Robot to host, integers. */
  accepted: 24,
  phase: 25,
  sessionEcho: 26,
  wantEcho: 27,
  /** Robot to host, doubles. */
  pathTime: 24,
  rate: 25,
  ahead: 26,
  leastSlack: 27,
  target: 28, // the joints commanded in this cycle: 6 doubles, 28 … 33
} as const;

/** What the host wants of the player: levels, not events, so that a lost package changes nothing. */
export const WANT = { wait: 0, play: 1, pause: 2, stop: 3 } as const;

/** What one count of the delay of the second knot is [s]: up to 214 s, to a tenth of a microsecond. */
export const TIME_STEP_S = 1e-7;
/**
 * What one count of the second knot's positions, speeds and accelerations is [rad, rad/s, rad/s²]: at most 3 nrad of
 * rounding, which is 3 nm at the tool.
 */
export const SECOND_STEPS = [3e-9, 4e-9, 5e-8] as const;
/** Largest number that an integer register holds. */
const MOST_COUNTS = 2 ** 31 - 1;

/** Whether a value fits its register; if not, the knot has to wait for the doubles. */
export const isCountable = (value: number, step: number): boolean => Math.abs(value) / step < MOST_COUNTS;
