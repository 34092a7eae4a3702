import { CYCLES_PER_S } from "../controller/control-cycle.ts";
import type { SimController } from "../controller/sim-controller.ts";
import { SIM_VERSION_DATE, SIM_VERSION_TEXT } from "./controller-version.ts";
import type { Pendant } from "./pendant.ts";
import { loadInstallation, loadProgram, playProgram, programState } from "./dashboard-programs.ts";

export const DASHBOARD_GREETING = "Connected: Universal Robots Dashboard Server";

/** An answer to one command; `hangUp` ends the connection after it. */
export interface DashboardAnswer {
  readonly text: string;
  readonly hangUp?: true;
}

type Reply = string | Promise<string>;
type Command = (c: SimController, argument: string, pendant: Pendant) => Reply;

/**
 * The dashboard is PolyScope's, which hears of a program's end with the next robot states: until then it still stops it.
 *
 * @source ur_rtde lets its script end, says `stop` at once and takes nothing but "Stopped"; half a second is assumed
 */
const SEEN_LATER_CYCLES = 0.5 * CYCLES_PER_S;

const failed = (command: string): string => `Failed to execute: ${command}`;
const TOO_EARLY =
  "Cannot unlock protective stop until 5s after occurrence. Always inspect cause of protective stop before unlocking";
const NOT_IN_LOCAL_CONTROL =
  "Command is not allowed due to safety reasons, please switch robot to Remote Control mode and reconnect to port 29999";

/** Questions, and what does not touch the robot: answered in local control, too. @assumed which ones */
const HARMLESS: Readonly<Record<string, Command>> = {
  running: (c) => `Program running: ${c.runner.state === "PLAYING"}`,
  robotmode: (c) => `Robotmode: ${c.power.mode}`,
  safetymode: (c) => `Safetymode: ${c.safety.status}`,
  safetystatus: (c) => `Safetystatus: ${c.safety.status}`,
  "get loaded program": (_c, _a, { loaded }) =>
    loaded === undefined ? "No program loaded" : `Loaded program: ${loaded.path}`,
  programstate: (c, _a, pendant) => programState(c, pendant),
  isprogramsaved: (c, _a, { loaded }) =>
    loaded === undefined ? `false ${c.runner.programName}`.trimEnd() : `true ${loaded.name}`,
  popup: () => "showing popup",
  "close popup": (c) => {
    c.closePopups();
    return "closing popup";
  },
  addtolog: () => "Added log message",
  polyscopeversion: () => `URSoftware ${SIM_VERSION_TEXT} (${SIM_VERSION_DATE})`,
  version: () => SIM_VERSION_TEXT,
  "get operational mode": (_c, _a, pendant) => pendant.operationalMode,
  "is in remote control": (_c, _a, pendant) => String(pendant.remoteControl),
  "get serial number": () => "20205500001",
  "get robot model": () => "UR5",
  getuserrole: () => "programmer",
  savelog: () => "Log saved to disk",
  "generate flight report": () => "Flight Report generated with id: simulated",
  "generate support file": (_c, folder) => `Completed successfully: ${folder || "."}/ur_simulated.zip`,
};

/** What only a robot in remote control obeys. */
const COMMANDING: Readonly<Record<string, Command>> = {
  load: (_c, program, pendant) => loadProgram(program, pendant),
  play: (c, _a, pendant) => playProgram(c, pendant),
  stop: (c, _a, pendant) => {
    if (!c.runner.isRunning && c.cycle - pendant.programEndedInCycle > SEEN_LATER_CYCLES)
      return failed("stop");
    c.runner.stop();
    return "Stopped";
  },
  pause: (c) => (c.runner.pause() ? "Pausing program" : failed("pause")),
  "load installation": (_c, file, pendant) => loadInstallation(file, pendant),
  "close safety popup": () => "closing safety popup",
  "set operational mode": (_c, mode, pendant) => {
    const wanted = mode.toUpperCase();
    if (wanted !== "MANUAL" && wanted !== "AUTOMATIC") return failed(`set operational mode ${mode}`.trim());
    pendant.operationalMode = wanted;
    return `Operational mode ${wanted} is set`;
  },
  "clear operational mode": (_c, _a, pendant) => {
    pendant.operationalMode = "NONE";
    return "No longer controlling the operational mode. Current operational mode: 'MANUAL'.";
  },
  "power on": (c) => (c.power.powerOn() ? "Powering on" : failed("power on")),
  "power off": (c) => {
    c.powerOff();
    return "Powering off";
  },
  "brake release": (c) => (c.power.releaseBrakes() ? "Brake releasing" : failed("brake release")),
  "unlock protective stop": (c) => (c.safety.unlock() ? "Protective stop releasing" : TOO_EARLY),
  "restart safety": (c) => {
    c.restartSafety();
    return "Restarting safety";
  },
  setuserrole: (_c, role) => `Setting user role: ${role}`,
};

const ALL: Readonly<Record<string, Command>> = { ...HARMLESS, ...COMMANDING };
/** Commands that say nothing without an argument. */
const NEED_ARGUMENT = new Set(["load", "load installation", "set operational mode", "setuserrole"]);
/** Commands that take the rest of the line. */
const TAKE_ARGUMENT = [
  ...NEED_ARGUMENT,
  "popup",
  "addtolog",
  "generate flight report",
  "generate support file",
];

/**
 * Answers a line of a dashboard client.
 *
 * @param mayCommand whether the robot was in remote control when this client connected
 */
export function answerDashboard(
  line: string,
  controller: SimController,
  pendant: Pendant,
  mayCommand: boolean,
): DashboardAnswer | Promise<DashboardAnswer> {
  const said = line.trim();
  if (/^quit$/i.test(said)) return { text: "Disconnected", hangUp: true };
  const [name, argument] = commandOf(said);
  const isShutdown = name === "shutdown";
  if (!isShutdown && !Object.hasOwn(ALL, name)) return { text: `could not understand: '${said}'` };
  if (!(mayCommand && pendant.remoteControl) && !Object.hasOwn(HARMLESS, name))
    return { text: NOT_IN_LOCAL_CONTROL };
  if (isShutdown) {
    controller.powerOff();
    pendant.shutDown();
    return { text: "Shutting down", hangUp: true };
  }
  const text = ALL[name]!(controller, argument, pendant);
  return typeof text === "string" ? { text } : text.then((later) => ({ text: later }));
}

/** The command in lower case, and what follows it. */
function commandOf(said: string): [name: string, argument: string] {
  const lower = said.toLowerCase();
  const longest = TAKE_ARGUMENT.filter((name) => lower.startsWith(`${name} `)).sort(
    (a, b) => b.length - a.length,
  );
  if (longest.length > 0) return [longest[0]!, said.slice(longest[0]!.length + 1).trim()];
  return [NEED_ARGUMENT.has(lower) ? "" : lower, ""];
}
