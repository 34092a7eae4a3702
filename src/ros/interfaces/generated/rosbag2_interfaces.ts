/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type { RosTime } from "../../time.ts";

/** rosbag2_interfaces/GetRate_Request */
export type GetRate_Request = Readonly<Record<string, never>>;

/** rosbag2_interfaces/GetRate_Response */
export interface GetRate_Response {
  readonly rate: number;
}

/** rosbag2_interfaces/IsPaused_Request */
export type IsPaused_Request = Readonly<Record<string, never>>;

/** rosbag2_interfaces/IsPaused_Response */
export interface IsPaused_Response {
  readonly paused: boolean;
}

/** rosbag2_interfaces/Pause_Request */
export type Pause_Request = Readonly<Record<string, never>>;

/** rosbag2_interfaces/Pause_Response */
export type Pause_Response = Readonly<Record<string, never>>;

/** rosbag2_interfaces/PlayNext_Request */
export type PlayNext_Request = Readonly<Record<string, never>>;

/** rosbag2_interfaces/PlayNext_Response */
export interface PlayNext_Response {
  readonly success: boolean;
}

/** rosbag2_interfaces/Resume_Request */
export type Resume_Request = Readonly<Record<string, never>>;

/** rosbag2_interfaces/Resume_Response */
export type Resume_Response = Readonly<Record<string, never>>;

/** rosbag2_interfaces/Seek_Request */
export interface Seek_Request {
  readonly time: RosTime;
}

/** rosbag2_interfaces/Seek_Response */
export interface Seek_Response {
  readonly success: boolean;
}

/** rosbag2_interfaces/SetRate_Request */
export interface SetRate_Request {
  readonly rate: number;
}

/** rosbag2_interfaces/SetRate_Response */
export interface SetRate_Response {
  readonly success: boolean;
}

/** rosbag2_interfaces/TogglePaused_Request */
export type TogglePaused_Request = Readonly<Record<string, never>>;

/** rosbag2_interfaces/TogglePaused_Response */
export type TogglePaused_Response = Readonly<Record<string, never>>;
