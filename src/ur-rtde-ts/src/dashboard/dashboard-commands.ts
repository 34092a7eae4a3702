import { type DashboardClient } from "./dashboard-client.ts";

/** What is known of a command of the dashboard server. */
export interface DashboardCommand {
  /** The method of `DashboardClient` that gives it. */
  readonly method: keyof DashboardClient;
  /** First e-Series software that has it; `undefined`: CB3 only. */
  readonly sinceESeries: string | undefined;
  /**
   * Whether PolyScope X offers the same through its Robot API (REST, since 10.11). X has no dashboard server, and what
   * is `false` here it does not offer from outside, or did not in 10.11.
   */
  readonly inPolyscopeX: boolean;
}

const command = (
  method: keyof DashboardClient,
  sinceESeries: string | undefined = "5.0",
  inPolyscopeX = false,
): DashboardCommand => ({ method, sinceESeries, inPolyscopeX });

/**
 * Every command of the dashboard server, as it is written on the line.
 *
 * @source commands: Universal Robots, "Dashboard server e-Series"; versions: the same and the checks of Universal
 *   Robots' client library; PolyScope X: that library's notes on 10.11, "robot state control and loading and playing
 *   programs", not tried
 */
export const dashboardCommands = {
  load: command("load", "5.0", true),
  play: command("play", "5.0", true),
  stop: command("stop", "5.0", true),
  pause: command("pause", "5.0", true),
  quit: command("quit"),
  shutdown: command("shutdown"),
  running: command("isRunning"),
  robotmode: command("robotMode"),
  "get loaded program": command("loadedProgram"),
  popup: command("popup"),
  "close popup": command("closePopup"),
  addToLog: command("addToLog"),
  isProgramSaved: command("isProgramSaved"),
  programState: command("programState"),
  PolyscopeVersion: command("polyscopeVersion"),
  version: command("version"),
  "set operational mode": command("setOperationalMode"),
  "get operational mode": command("operationalMode", "5.6"),
  "clear operational mode": command("clearOperationalMode"),
  "power on": command("powerOn", "5.0", true),
  "power off": command("powerOff", "5.0", true),
  "brake release": command("brakeRelease", "5.0", true),
  safetymode: command("safetyMode"),
  safetystatus: command("safetyStatus", "5.4"),
  "unlock protective stop": command("unlockProtectiveStop", "5.0", true),
  "close safety popup": command("closeSafetyPopup"),
  "load installation": command("loadInstallation"),
  "restart safety": command("restartSafety", "5.0", true),
  "is in remote control": command("isInRemoteControl", "5.6"),
  "get serial number": command("serialNumber", "5.6"),
  "get robot model": command("robotModel", "5.6"),
  "generate flight report": command("generateFlightReport", "5.8"),
  "generate support file": command("generateSupportFile", "5.8"),
  saveLog: command("saveLog"),
  setUserRole: command("setUserRole", undefined),
  getUserRole: command("userRole", undefined),
} as const satisfies Readonly<Record<string, DashboardCommand>>;
