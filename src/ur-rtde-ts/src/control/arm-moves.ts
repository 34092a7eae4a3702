import { RtdeError } from "../connection/errors.ts";
import { type CommandChannel } from "./command-channel.ts";
import {
  MOVE_DEFAULTS,
  PATH_WAYPOINTS,
  six,
  type Waypoint,
  WAYPOINT_KINDS,
  waypointDoubles,
  within,
} from "./waypoint.ts";

/** Pace of a move of the joints. @source ranges: what an e-Series arm can do */
export interface JointPace {
  /** Of the leading joint, up to 3.34, default 1.05 [rad/s]. */
  readonly speed_radps?: number;
  /** Up to 40, default 1.4 [rad/s²]. */
  readonly acceleration_radps2?: number;
  /** Instead of speed and acceleration [s]. */
  readonly timeS?: number;
  /** Stops the arm. */
  readonly signal?: AbortSignal | undefined;
}

/** Pace of a move of the tool. */
export interface ToolPace {
  /** Of the TCP, up to 3, default 0.25 [m/s]. */
  readonly speedMps?: number;
  /** Up to 150, default 1.2 [m/s²]. */
  readonly accelerationMps2?: number;
  /** Instead of speed and acceleration, straight moves only [s]. */
  readonly timeS?: number;
  /** Stops the arm. */
  readonly signal?: AbortSignal | undefined;
}

/** How the tool looks for contact. */
export interface ContactSearch {
  /** Speed of the TCP, three of [m/s] and three of [rad/s]. */
  readonly speed: ArrayLike<number>;
  /** Directions in which contact counts, as of `speed`; default: those of the speed. */
  readonly direction?: ArrayLike<number>;
  /** Default 1.2 [m/s²]. */
  readonly accelerationMps2?: number;
  /** How quickly it stops when it touches, default 3 [m/s²]. */
  readonly decelerationMps2?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Moves that end by themselves. Their promises resolve when the arm stands; one is under way at a time. */
export class ArmMoves {
  readonly #channel: CommandChannel;

  constructor(channel: CommandChannel) {
    this.#channel = channel;
  }

  /** Moves all joints so that they arrive together. @param q_rad base to wrist 3 [rad] */
  async joints(q_rad: ArrayLike<number>, pace: JointPace = {}): Promise<void> {
    const reals = [...six(q_rad, "q_rad"), ...jointPace(pace)];
    await this.#channel.move("moveJ", { reals }, pace.signal);
  }

  /** The same, to where the tool is to be. @param pose of the TCP in the base [m, rotation vector in rad] */
  async jointsToPose(pose: ArrayLike<number>, pace: JointPace = {}): Promise<void> {
    const reals = [...six(pose, "pose"), ...jointPace(pace)];
    await this.#channel.move("moveJToPose", { reals }, pace.signal);
  }

  /** Moves the tool in a straight line. @param pose of the TCP in the base [m, rotation vector in rad] */
  async line(pose: ArrayLike<number>, pace: ToolPace = {}): Promise<void> {
    const reals = [...six(pose, "pose"), ...toolPace(pace)];
    await this.#channel.move("moveL", { reals }, pace.signal);
  }

  /** Moves the tool in a straight line at an even speed, as for gluing. */
  async process(pose: ArrayLike<number>, pace: Omit<ToolPace, "timeS"> = {}): Promise<void> {
    const reals = [...six(pose, "pose"), ...toolPace(pace)];
    await this.#channel.move("moveP", { reals }, pace.signal);
  }

  /**
   * Moves the tool on a circle through `via`.
   * @param pace.keepsOrientation the tool keeps its orientation to the circle; else it is turned to that of `pose`
   */
  async arc(
    via: ArrayLike<number>,
    pose: ArrayLike<number>,
    pace: Omit<ToolPace, "timeS"> & { readonly keepsOrientation?: boolean } = {},
  ): Promise<void> {
    const [accelerationMps2, speedMps] = toolPace(pace);
    const reals = [...six(via, "via"), ...six(pose, "pose"), accelerationMps2!, speedMps!];
    await this.#channel.move(
      "moveC",
      { reals, whole: [pace.keepsOrientation === true ? 1 : 0] },
      pace.signal,
    );
  }

  /**
   * Moves through waypoints without stopping at those that are blended.
   * @param waypoints 1 to 100; the last one is always stopped at
   * @throws RtdeError BAD_VALUE; as the other moves
   */
  async path(waypoints: readonly Waypoint[], signal?: AbortSignal): Promise<void> {
    if (waypoints.length === 0 || waypoints.length > PATH_WAYPOINTS) {
      const text = `A path has 1 to ${PATH_WAYPOINTS} waypoints, not ${waypoints.length}.`;
      throw new RtdeError("BAD_VALUE", text);
    }
    const lists = waypoints.map((waypoint, i) =>
      waypointDoubles(i === waypoints.length - 1 ? { ...waypoint, blendM: 0 } : waypoint),
    );
    for (const [i, reals] of lists.entries()) {
      const whole = [i + 1, WAYPOINT_KINDS[waypoints[i]!.kind]];
      await this.#channel.ask("addWaypoint", { reals, whole }, signal);
    }
    await this.#channel.move("path", {}, signal);
  }

  /**
   * Moves the tool until it touches something, and back to where it touched.
   * @returns how many control cycles ago it had touched when that was noticed
   */
  async untilContact({ speed, direction, signal, ...rest }: ContactSearch): Promise<number> {
    const along = six(speed, "speed");
    const reals = [
      ...along,
      ...six(direction ?? along, "direction"),
      within(rest.accelerationMps2 ?? MOVE_DEFAULTS.accelerationMps2, "accelerationMps2", 1e-3, 150),
      within(rest.decelerationMps2 ?? 3, "decelerationMps2", 1e-3, 150),
    ];
    return (await this.#channel.move("untilContact", { reals }, signal)).answer;
  }
}

/** Acceleration, speed and time. @throws RtdeError BAD_VALUE */
const jointPace = (pace: JointPace): number[] => {
  const { acceleration_radps2, speed_radps } = { ...MOVE_DEFAULTS, ...pace };
  return [
    within(acceleration_radps2, "acceleration_radps2", 1e-3, 40),
    within(speed_radps, "speed_radps", 1e-3, 3.35),
    within(pace.timeS ?? 0, "timeS", 0, 3600),
  ];
};

const toolPace = (pace: ToolPace): number[] => {
  const { accelerationMps2, speedMps } = { ...MOVE_DEFAULTS, ...pace };
  return [
    within(accelerationMps2, "accelerationMps2", 1e-3, 150),
    within(speedMps, "speedMps", 1e-4, 3),
    within(pace.timeS ?? 0, "timeS", 0, 3600),
  ];
};
