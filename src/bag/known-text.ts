import { schemaOf } from "../ros/schemas.ts";

/** Definition of a type that the bag does not define, if this project or ROS 2's common packages do. */
export function knownText(type: string): { readonly encoding: string; readonly text: string } {
  try {
    return { encoding: "ros2msg", text: schemaOf(type).text };
  } catch {
    return { encoding: "", text: "" };
  }
}
