import type { RobotMessageBody } from "ur-rtde-ts";

/** What the controller tells everybody on its primary and secondary interface. */
export type ControllerMessage = RobotMessageBody;

export type MessageListener = (message: ControllerMessage) => void;

/** Longest program name in key messages [characters]. @source observed by UR's client library */
const KEY_NAME_LENGTH = 31;

/** `PROGRAM_XXX_STARTED` or `PROGRAM_XXX_STOPPED` with the program's name. */
export const programKey = (what: "STARTED" | "STOPPED", program: string): ControllerMessage => ({
  kind: "key",
  code: 0,
  argument: 0,
  title: `PROGRAM_XXX_${what}`,
  text: program.slice(0, KEY_NAME_LENGTH),
});
