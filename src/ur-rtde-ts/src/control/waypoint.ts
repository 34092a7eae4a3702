import { RtdeError } from "../connection/errors.ts";

/** Kinds of waypoints, by their number in the control program. */
export const WAYPOINT_KINDS = { joints: 0, line: 1, process: 2, arc: 3 } as const;

/** Most waypoints of one path. */
export const PATH_WAYPOINTS = 100;
/** Doubles of a waypoint: two targets, then acceleration, speed, time and blend radius. */
export const WAYPOINT_DOUBLES = 16;

interface Blended {
  /** The path may leave this waypoint's side so far before it, towards the next [m]; 0 stops there, default 0. */
  readonly blendM?: number;
}

/** A point of a path, and how it is reached. Speeds of the tool are [m/s], of joints [rad/s]. */
export type Waypoint = Blended &
  (
    | {
        readonly kind: "joints";
        /** [rad] */
        readonly q_rad: ArrayLike<number>;
        /** Of the leading joint, default 1.05 [rad/s]. */
        readonly speed_radps?: number;
        /** Default 1.4 [rad/s²]. */
        readonly acceleration_radps2?: number;
        /** Instead of speed and acceleration [s]. */
        readonly timeS?: number;
      }
    | {
        /** The tool goes straight there; `process` at an even speed through blends. */
        readonly kind: "line" | "process";
        /** Of the TCP in the base [m, rotation vector in rad]. */
        readonly pose: ArrayLike<number>;
        /** Default 0.25 [m/s]. */
        readonly speedMps?: number;
        /** Default 1.2 [m/s²]. */
        readonly accelerationMps2?: number;
        /** `line` only; instead of speed and acceleration [s]. */
        readonly timeS?: number;
      }
    | {
        /** The tool goes there on a circle through `via`. */
        readonly kind: "arc";
        readonly via: ArrayLike<number>;
        readonly pose: ArrayLike<number>;
        readonly speedMps?: number;
        readonly accelerationMps2?: number;
      }
  );

/** Speeds and accelerations of moves that state none. @source UR script manual, module motion */
export const MOVE_DEFAULTS = {
  speed_radps: 1.05,
  acceleration_radps2: 1.4,
  speedMps: 0.25,
  accelerationMps2: 1.2,
} as const;

/** The sixteen doubles of a waypoint. @throws RtdeError BAD_VALUE */
export function waypointDoubles(waypoint: Waypoint): number[] {
  const { blendM = 0 } = waypoint;
  const none = [0, 0, 0, 0, 0, 0];
  switch (waypoint.kind) {
    case "joints": {
      const { speed_radps, acceleration_radps2 } = { ...MOVE_DEFAULTS, ...waypoint };
      const q_rad = six(waypoint.q_rad, "q_rad");
      return [...q_rad, ...none, acceleration_radps2, speed_radps, waypoint.timeS ?? 0, blendM];
    }
    case "line":
    case "process": {
      const { speedMps, accelerationMps2 } = { ...MOVE_DEFAULTS, ...waypoint };
      const to = six(waypoint.pose, "pose");
      return [...to, ...none, accelerationMps2, speedMps, waypoint.timeS ?? 0, blendM];
    }
    case "arc": {
      const { speedMps, accelerationMps2 } = { ...MOVE_DEFAULTS, ...waypoint };
      const [via, to] = [six(waypoint.via, "via"), six(waypoint.pose, "pose")];
      return [...via, ...to, accelerationMps2, speedMps, 0, blendM];
    }
  }
}

/** Six numbers, or so many as are said. @throws RtdeError BAD_VALUE */
export function six(values: ArrayLike<number>, what: string, count = 6): number[] {
  const list = Array.from(values);
  if (list.length === count && list.every(Number.isFinite)) return list;
  throw new RtdeError("BAD_VALUE", `${what} is [${list.join(", ")}]; it must be ${count} numbers.`);
}

/** A number above zero, within what arms can do. @throws RtdeError BAD_VALUE */
export function within(value: number, what: string, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new RtdeError("BAD_VALUE", `${what} is ${value}; it must be ${least} to ${most}.`);
}
