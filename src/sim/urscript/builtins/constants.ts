import type { Value } from "../values/value.ts";

/** Variables built into the language. @source UR script manual 3.5, "Module motion", "Variables" */
export const CONSTANTS: ReadonlyMap<string, Value> = new Map([
  ["a_joint_default", 1.4], // rad/s²
  ["a_tool_default", 1.2], // m/s²
  ["v_joint_default", 1.05], // rad/s
  ["v_tool_default", 0.25], // m/s
]);
