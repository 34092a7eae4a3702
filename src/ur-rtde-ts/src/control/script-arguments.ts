import { CONTROL_MODES, type ControlMode } from "./control-registers.ts";

/** A mode as the control program counts it. */
export const mode = (name: ControlMode): number => CONTROL_MODES.indexOf(name);

/** `reals[from] … reals[from + count − 1]`, or of another list. */
export const items = (from: number, count: number, list = "reals"): string =>
  Array.from({ length: count }, (_, i) => `${list}[${from + i}]`).join(", ");
export const joints = (from = 0): string => `[${items(from, 6)}]`;
export const pose = (from = 0): string => `p[${items(from, 6)}]`;
