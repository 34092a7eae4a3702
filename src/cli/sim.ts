import type { Command } from "commander";
import { ANY_PORTS, portsFrom } from "../sim/servers/tcp-front.ts";
import { startSimulatedRobot } from "../sim/simulated-robot.ts";
import { loadInstrument } from "./load-instrument.ts";
import { wholeNumber } from "./whole-number.ts";

interface SimOptions {
  readonly calibration: string;
  readonly host: string;
  readonly portOffset: number;
  readonly anyPort?: true;
  readonly seed: number;
  readonly poweredOn?: true;
  readonly withParent?: true;
  readonly json?: true;
}

const HELP = `
The simulated controller listens like a UR5e: RTDE 30004, dashboard 29999, primary, secondary and realtime 30001-30003.
Programs written for a real arm talk to it unchanged. It stays until you press Ctrl-C.

Examples:
  cellist sim                                 a switched-off arm, as in the morning
  cellist sim --powered-on                    brakes released, ready to play
  cellist sim --port-offset 1000 &            on 31004, 30999, 31001-31003
  cellist perform twinkle --robot 127.0.0.1   play on it as on a real robot
`;

/** `cellist sim`: the simulated controller alone. */
export function addSimCommand(program: Command): void {
  program
    .command("sim")
    .summary("run the simulated UR5e controller")
    .description("Run the simulated UR5e controller until Ctrl-C.")
    .option("--calibration <name|file>", "arm, bow and cello to simulate", "reference")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port-offset <n>", "add this to every port", wholeNumber, 0)
    .option("--any-port", "take any free ports")
    .option("--seed <n>", "seed of noise and of scripts' random numbers", wholeNumber, 1)
    .option("--powered-on", "start with the arm on and its brakes released")
    .option("--with-parent", "end when standard input ends (for programs that start it)")
    .option("--json", "print the ports as one line of JSON")
    .addHelpText("after", HELP)
    .action(runSim);
}

async function runSim(options: SimOptions): Promise<void> {
  const { instrument } = await loadInstrument(options.calibration);
  const ports = options.anyPort ? ANY_PORTS : portsFrom((port) => port + options.portOffset);
  const robot = await startSimulatedRobot({
    instrument,
    ports,
    host: options.host,
    realTime: true,
    seed: options.seed,
    poweredOn: options.poweredOn === true,
  });
  const lines = Object.entries(robot.ports!).map(
    ([name, port]) => `  ${name.padEnd(10)} ${options.host}:${port}`,
  );
  if (options.json) console.log(JSON.stringify({ host: options.host, ports: robot.ports }));
  else console.log(`simulated UR5e "${instrument.name}" listens:\n${lines.join("\n")}\nCtrl-C ends it.`);
  await untilAsked(options.withParent === true);
  await robot.close();
  process.exit(0);
}

function untilAsked(withParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    if (!withParent) return;
    process.stdin.once("end", () => resolve());
    process.stdin.once("error", () => resolve());
    process.stdin.resume();
  });
}
