/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type * as geometry_msgs from "./geometry_msgs.ts";
import type * as sensor_msgs from "./sensor_msgs.ts";
import type * as std_msgs from "./std_msgs.ts";
import type { RosTime } from "../../time.ts";

/** visualization_msgs/Marker */
export interface Marker {
  readonly header: std_msgs.Header;
  readonly ns: string;
  readonly id: number;
  readonly type: number;
  readonly action: number;
  readonly pose: geometry_msgs.Pose;
  readonly scale: geometry_msgs.Vector3;
  readonly color: std_msgs.ColorRGBA;
  readonly lifetime: RosTime;
  readonly frame_locked: boolean;
  readonly points: readonly geometry_msgs.Point[];
  readonly colors: readonly std_msgs.ColorRGBA[];
  readonly texture_resource: string;
  readonly texture: sensor_msgs.CompressedImage;
  readonly uv_coordinates: readonly UVCoordinate[];
  readonly text: string;
  readonly mesh_resource: string;
  readonly mesh_file: MeshFile;
  readonly mesh_use_embedded_materials: boolean;
}

/** visualization_msgs/MarkerArray */
export interface MarkerArray {
  readonly markers: readonly Marker[];
}

/** visualization_msgs/MeshFile */
export interface MeshFile {
  readonly filename: string;
  readonly data: ArrayLike<number>;
}

/** visualization_msgs/UVCoordinate */
export interface UVCoordinate {
  readonly u: number;
  readonly v: number;
}
