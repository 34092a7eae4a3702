import type { SimController } from "./sim-controller.ts";

/** Force and torque of the outside on the tool, about the TCP that is set, base axes [N, Nm]. */
export const wrenchAtTool = ({ force }: SimController): number[] => force.atTool;
