/** Which general-purpose register carries what between host and control program. Only the upper half is used. */
export const CONTROL_REGISTERS = {
  /** Host to robot, integers. */
  number: 24, // of the command in the registers: a new number = a new command
  code: 25,
  session: 26, // anything else than the program's own number is a leftover of an earlier run
  beat: 27, // changes while the host lives
  integers: 28, // arguments: 28 … 35
  /** Host to robot, doubles: arguments, 24 … 47. */
  doubles: 24,
  /** Robot to host, integers. */
  finished: 24, // number of the last command that took no time
  mode: 25,
  sessionEcho: 26,
  moved: 27, // number of the last move that came to its end
  taken: 28, // number of the last command that was read
  answer: 29, // a number or a yes or no
  waypoint: 30, // index from 1 of the path's waypoint under way
  /** Robot to host, doubles: a vector that was asked for, 24 … 29. */
  vector: 24,
} as const;

export const ARGUMENT_INTEGERS = 8;
export const ARGUMENT_DOUBLES = 24;

/** What the arm is doing for the control program; the place in the list is its number in the register. */
export const CONTROL_MODES = ["idle", "moving", "servoing", "speed", "hand-guided", "lost"] as const;
export type ControlMode = (typeof CONTROL_MODES)[number];

/** What a command is called in its register. Those below 10 move the arm and take time; 10 to 19 are a stream. */
export const CODES = {
  moveJ: 1,
  moveJToPose: 2,
  moveL: 3,
  moveP: 4,
  moveC: 5,
  path: 6,
  untilContact: 7,
  servoJ: 10,
  servoL: 11,
  speedJ: 12,
  speedL: 13,
  stop: 20,
  stopL: 21,
  addWaypoint: 22,
  forceMode: 30,
  endForceMode: 31,
  zeroForceSensor: 32,
  forceDamping: 33,
  forceGain: 34,
  freedrive: 40,
  endFreedrive: 41,
  teach: 42,
  endTeach: 43,
  freedriveStatus: 44,
  setTcp: 50,
  setPayload: 51,
  setGravity: 52,
  setToolVoltage: 53,
  inverseKinematics: 60,
  forwardKinematics: 61,
  isSteady: 62,
  isWithinLimits: 63,
  jointTorques: 64,
  contactAgo: 65,
  watchdog: 70,
  protectiveStop: 71,
  end: 72,
} as const;
export type CommandName = keyof typeof CODES;
