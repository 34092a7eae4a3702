/** Six joint values, base to wrist 3, in the order of urdf/ur5e.urdf. The unit is in the name that holds them. */
export type Joints = readonly [number, number, number, number, number, number];

/** Six in a row of a flat series. @param row its number, of six numbers each */
export const jointsAt = (series: ArrayLike<number>, row: number): Joints => [
  series[6 * row]!,
  series[6 * row + 1]!,
  series[6 * row + 2]!,
  series[6 * row + 3]!,
  series[6 * row + 4]!,
  series[6 * row + 5]!,
];

/** How people call the six joints, base to wrist 3. */
export const JOINT_NAMES = ["base", "shoulder", "elbow", "wrist 1", "wrist 2", "wrist 3"] as const;

/** ROS joint names of a UR arm, same order. @source ur_description */
export const ROS_JOINT_NAMES = [
  "shoulder_pan_joint",
  "shoulder_lift_joint",
  "elbow_joint",
  "wrist_1_joint",
  "wrist_2_joint",
  "wrist_3_joint",
] as const;
