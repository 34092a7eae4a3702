import type { SimController } from "../controller/sim-controller.ts";
import type { Pendant } from "./pendant.ts";

/** @source answers of the dashboard server, see the facts of the client interfaces */
const CANNOT_PLAY = "Failed to execute: play";
const INSTALLATION = "default.installation";

/** `load NAME`: makes a program of the folder the one that is played. */
export function loadProgram(wanted: string, pendant: Pendant): string {
  const program = pendant.programs.find(wanted);
  if (program === "not-found") return `File not found: ${wanted}`;
  if (program === "unreadable") return `Error while loading program: ${wanted}`;
  pendant.loaded = program;
  return `Loading program: ${program.path}, ${INSTALLATION}`;
}

/** `load installation NAME`. */
export const loadInstallation = (wanted: string, { programs }: Pendant): string =>
  programs.hasInstallation(wanted) ? `Loading installation: ${wanted}` : `File not found: ${wanted}`;

/** `play`: lets a paused program go on, or starts the loaded one. */
export function playProgram(c: SimController, pendant: Pendant): string | Promise<string> {
  if (c.runner.resume()) return "Starting program";
  const { loaded } = pendant;
  if (loaded === undefined || c.runner.isRunning || !mayRun(c)) return CANNOT_PLAY;
  const script = loaded.script();
  if (typeof script === "string") return start(c, script);
  return script.then((text) => (text === undefined ? CANNOT_PLAY : start(c, text)));
}

const mayRun = (c: SimController): boolean => c.power.mode === "RUNNING" && c.safety.isNormal;

function start(c: SimController, script: string): string {
  c.runScript(script, "pendant");
  return "Starting program";
}

/** `programState`: what runs, and what it is called. */
export function programState(c: SimController, { loaded }: Pendant): string {
  return `${shortState(c)} ${loaded?.name ?? c.runner.programName}`.trimEnd();
}

function shortState(c: SimController): string {
  const { state } = c.runner;
  if (state === "STOPPED" || state === "STOPPING") return "STOPPED";
  return state === "PAUSED" || state === "PAUSING" ? "PAUSED" : "PLAYING";
}
