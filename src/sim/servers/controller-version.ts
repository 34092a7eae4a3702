import type { ControllerVersion } from "ur-rtde-ts";

/** Software the simulated controller says it runs. */
export const SIM_VERSION: ControllerVersion = { major: 5, minor: 25, bugfix: 1, build: 130310 };
export const SIM_VERSION_DATE = "Aug 15 2025";
export const SIM_VERSION_TEXT = `${SIM_VERSION.major}.${SIM_VERSION.minor}.${SIM_VERSION.bugfix}.${SIM_VERSION.build}`;
