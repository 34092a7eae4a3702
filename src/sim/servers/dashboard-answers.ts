import type { SimController } from "../controller/sim-controller.ts";
import { SIM_VERSION_DATE, SIM_VERSION_TEXT } from "./controller-version.ts";

export const DASHBOARD_GREETING = "Connected: Universal Robots Dashboard Server";

/** What the dashboard remembers beside the controller. */
export interface DashboardMemory {
  operationalMode: "NONE" | "MANUAL" | "AUTOMATIC";
}

/** An answer to one command; `hangUp` ends the connection after it. */
export interface DashboardAnswer {
  readonly text: string;
  readonly hangUp?: true;
}

type Command = (c: SimController, argument: string, memory: DashboardMemory) => string;

const failed = (command: string): string => `Failed to execute: ${command}`;
const TOO_EARLY =
  "Cannot unlock protective stop until 5s after occurrence. Always inspect cause of protective stop before unlocking";

/** Commands without an argument. */
const COMMANDS: Readonly<Record<string, Command>> = {
  play: (c) => (c.runner.resume() ? "Starting program" : failed("play")),
  stop: (c) => {
    if (!c.runner.isRunning) return failed("stop");
    c.runner.stop();
    return "Stopped";
  },
  pause: (c) => (c.runner.pause() ? "Pausing program" : failed("pause")),
  running: (c) => `Program running: ${c.runner.state === "PLAYING"}`,
  robotmode: (c) => `Robotmode: ${c.power.mode}`,
  safetymode: (c) => `Safetymode: ${c.safety.status}`,
  safetystatus: (c) => `Safetystatus: ${c.safety.status}`,
  "get loaded program": () => "No program loaded",
  programstate: (c) => `${programState(c)} ${c.runner.programName}`.trimEnd(),
  isprogramsaved: (c) => `false ${c.runner.programName}`.trimEnd(),
  "close popup": (c) => {
    c.closePopups();
    return "closing popup";
  },
  "close safety popup": () => "closing safety popup",
  polyscopeversion: () => `URSoftware ${SIM_VERSION_TEXT} (${SIM_VERSION_DATE})`,
  version: () => SIM_VERSION_TEXT,
  "get operational mode": (_c, _a, memory) => memory.operationalMode,
  "clear operational mode": (_c, _a, memory) => {
    memory.operationalMode = "NONE";
    return "No longer controlling the operational mode. Current operational mode: 'MANUAL'.";
  },
  "power on": (c) => {
    if (c.safety.status !== "NORMAL") return failed("power on");
    c.power.powerOn();
    return "Powering on";
  },
  "power off": (c) => {
    c.powerOff();
    return "Powering off";
  },
  "brake release": (c) => {
    if (c.safety.status !== "NORMAL") return failed("brake release");
    c.power.releaseBrakes();
    return "Brake releasing";
  },
  "unlock protective stop": (c) => (c.safety.unlock() ? "Protective stop releasing" : TOO_EARLY),
  "restart safety": (c) => {
    c.restartSafety();
    return "Restarting safety";
  },
  "is in remote control": () => "true",
  "get serial number": () => "20000000000",
  "get robot model": () => "UR5",
  savelog: () => "Log saved to disk",
  getuserrole: () => "programmer",
};

/** Commands whose argument is the rest of the line. */
const WITH_ARGUMENT: Readonly<Record<string, Command>> = {
  "load installation": (_c, file) => `Loading installation: ${file}`,
  load: (_c, program) => `File not found: ${program}`, // scripts come over the script ports
  popup: () => "showing popup",
  addtolog: () => "Added log message",
  "set operational mode": (_c, mode, memory) => {
    const wanted = mode.toUpperCase();
    if (wanted !== "MANUAL" && wanted !== "AUTOMATIC") return failed(`set operational mode ${mode}`);
    memory.operationalMode = wanted;
    return `Operational mode ${wanted} is set`;
  },
  setuserrole: (_c, role) => `Setting user role: ${role}`,
  "generate flight report": () => "Flight Report generated with id: simulated",
  "generate support file": () => "Completed successfully: simulated.zip",
};

/** Answers a line of a dashboard client as a controller in remote control does. */
export function answerDashboard(
  line: string,
  controller: SimController,
  memory: DashboardMemory,
): DashboardAnswer {
  const command = line.trim();
  const name = command.toLowerCase();
  if (name === "quit") return { text: "Disconnected", hangUp: true };
  if (name === "shutdown") {
    controller.powerOff();
    return { text: "Shutting down", hangUp: true };
  }
  if (Object.hasOwn(COMMANDS, name)) return { text: COMMANDS[name]!(controller, "", memory) };
  for (const [prefix, run] of Object.entries(WITH_ARGUMENT))
    if (name.startsWith(`${prefix} `))
      return { text: run(controller, command.slice(prefix.length + 1).trim(), memory) };
  return { text: `could not understand: '${command}'` };
}

const programState = (c: SimController): string => {
  const { state } = c.runner;
  if (state === "STOPPED" || state === "STOPPING") return "STOPPED";
  return state === "PAUSED" || state === "PAUSING" ? "PAUSED" : "PLAYING";
};
