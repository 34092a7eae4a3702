import { existsSync, readFileSync, statSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { CellistError } from "../errors.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { NOMINAL_UR5E } from "../kinematics/dh.ts";
import { displacedArm } from "../sim/faults/displaced-arm.ts";
import { faultHelp } from "../sim/faults/fault-commands.ts";
import { parseFaultScript, type TimedFault } from "../sim/faults/fault-script.ts";
import { startSimulatedRobot } from "../sim/simulated-robot.ts";
import { ANY_PORTS, portsFrom } from "../sim/servers/tcp-front.ts";
import { loadInstrument } from "../shelf/load-instrument.ts";
import { greeting, timingInWords } from "./sim-lines.ts";
import { wholeNumber } from "./whole-number.ts";

interface SimOptions {
  readonly calibration: string;
  readonly kinematics: "calibration" | "nominal";
  readonly host: string;
  readonly portOffset: number;
  readonly anyPort?: true;
  readonly seed: number;
  readonly poweredOn?: true;
  readonly localControl?: true;
  readonly programs?: string;
  readonly externalControl: { readonly host: string; readonly port: number };
  readonly armError?: number;
  readonly faults?: string;
  readonly controlPort?: number;
  readonly ordinaryPriority?: true;
  readonly timing?: number;
  readonly withParent?: true;
  readonly json?: true;
}

const HELP = `
What it is: a UR5e controller (PolyScope 5.25, e-Series) without the box. Programs written for a real arm talk to it
unchanged, on the ports of a real one:
  29999  dashboard: power on, brake release, load, play, unlock protective stop, ...
  30001  primary: scripts in; state at 10 Hz and messages out     30011  the same, read only
  30002  secondary: scripts in; state at 10 Hz out                30012  the same, read only
  30003  real-time: scripts in; 1220 bytes at 500 Hz out          30013  the same, read only
  30004  RTDE, versions 1 and 2, up to 500 Hz                      30020  interpreter mode

Examples:
  cellist sim                                 a switched-off arm, as in the morning
  cellist sim --powered-on                    brakes released, ready to move
  cellist sim --powered-on --host 127.0.0.2   a second arm on this machine, on its own address
  cellist sim --port-offset 1000 &            on 31004, 30999, 31001-31003
  cellist sim --programs ~/programs           the dashboard's load finds song.urp beside song.script there
  cellist perform twinkle --robot 127.0.0.1   play on it as on a real robot
  echo 'movej([0,-1.57,1.57,-1.57,-1.57,0])' | nc -N 127.0.0.1 30002

Faults: a file of lines like "2.0 protective-stop" or "+5.5 unlock" (seconds from the start, or after the line before), and
the same commands by hand on the control port (echo safeguard-stop | nc -N 127.0.0.1 30100):
${faultHelp()
  .map((line) => `  ${line}`)
  .join("\n")}

Timing: one control cycle every 2 ms of the system's clock; what is late is made up for, so the controller's clock
never drifts. With the right to (root or CAP_SYS_NICE) it runs at real-time priority. How late its cycles really
began is measured all the time and printed at the end, or every SECONDS with --timing.

It stays until you press Ctrl-C or a client says "shutdown" on the dashboard.
`;

/** `cellist sim`: the simulated controller alone. */
export function addSimCommand(program: Command): void {
  program
    .command("sim")
    .summary("run the simulated UR5e controller")
    .description("Run the simulated UR5e controller until Ctrl-C.")
    .option("--calibration <name|file>", "arm, bow and cello to simulate", "reference")
    .option(
      "--kinematics <which>",
      "the arm's own (calibration) or the data sheet's (nominal)",
      kinematics,
      "calibration",
    )
    .option("--host <address>", "address to listen on; 0.0.0.0 for all", "127.0.0.1")
    .option("--port-offset <n>", "add this to every port", wholeNumber, 0)
    .option("--any-port", "take any free ports")
    .option("--seed <n>", "seed of noise and of scripts' random numbers", wholeNumber, 1)
    .option("--powered-on", "start with the arm on and its brakes released")
    .option("--local-control", "refuse what clients command, as with the pendant in local control")
    .option("--programs <folder>", "folder of programs (.urp with .script, or .script) for the dashboard")
    .option("--external-control <host:port>", "where External Control asks for its program", address, {
      host: "127.0.0.1",
      port: 50002,
    })
    .option(
      "--arm-error <seed>",
      "an arm whose lengths and angles are a little off; only its controller knows",
      wholeNumber,
    )
    .option("--faults <file>", "what goes wrong and when: lines of 'seconds command'")
    .option("--control-port <n>", "a port by which faults come from outside: a command a line", wholeNumber)
    .option("--ordinary-priority", "do not ask the system for real-time priority")
    .option("--timing <seconds>", "print how well time is kept so often", wholeNumber)
    .option("--with-parent", "end when standard input ends (for programs that start it)")
    .option("--json", "print the ports as one line of JSON")
    .addHelpText("after", HELP)
    .action(runSim);
}

async function runSim(options: SimOptions): Promise<void> {
  let end!: () => void;
  const asked = new Promise<void>((resolve) => (end = resolve));
  const robot = await startSimulatedRobot({
    instrument: await instrumentOf(options),
    ports: options.anyPort ? ANY_PORTS : portsFrom((port) => port + options.portOffset),
    host: options.host,
    realTime: true,
    seed: options.seed,
    poweredOn: options.poweredOn === true,
    localControl: options.localControl === true,
    programFolder: folderOf(options.programs),
    externalControl: options.externalControl,
    faults: faultsOf(options.faults),
    controlPort: options.controlPort,
    raisePriority: options.ordinaryPriority !== true,
    onShutdown: () => setTimeout(end, 100), // the answer goes out first
  });
  console.log(
    options.json
      ? JSON.stringify({ host: options.host, ports: robot.ports, controlPort: robot.controlPort })
      : greeting(robot, options.host),
  );
  const timer =
    options.timing && setInterval(() => console.log(timingInWords(robot.pace!)), options.timing * 1000);
  endWhenAsked(end, options.withParent === true);
  await asked;
  clearInterval(timer);
  if (!options.json) console.log(timingInWords(robot.pace!));
  await robot.close();
  process.exit(0);
}

async function instrumentOf({ calibration, kinematics, armError }: SimOptions): Promise<Instrument> {
  const { instrument } = await loadInstrument(calibration);
  const dh = kinematics === "nominal" ? NOMINAL_UR5E : instrument.dh;
  return { ...instrument, dh: armError === undefined ? dh : displacedArm(dh, armError) };
}

function faultsOf(path: string | undefined): readonly TimedFault[] {
  if (path === undefined) return [];
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new CellistError("file-unreadable", `the fault script ${path} cannot be read`, { path }, cause);
  }
  const faults = parseFaultScript(text);
  if (!faults.ok) throw new CellistError("script-invalid", `fault script ${path}, ${faults.why}`, { path });
  return faults.value;
}

function folderOf(programs: string | undefined): string | undefined {
  if (programs !== undefined && !(existsSync(programs) && statSync(programs).isDirectory()))
    throw new CellistError("file-unreadable", `there is no folder ${programs} for --programs`);
  return programs;
}

function kinematics(text: string): string {
  if (text !== "calibration" && text !== "nominal") throw new InvalidArgumentError("calibration or nominal");
  return text;
}

function address(text: string): { host: string; port: number } {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) throw new InvalidArgumentError("host:port is needed");
  return { host, port: Number(port) };
}

function endWhenAsked(end: () => void, withParent: boolean): void {
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  if (!withParent) return;
  process.stdin.once("end", end);
  process.stdin.once("error", end);
  process.stdin.resume();
}
