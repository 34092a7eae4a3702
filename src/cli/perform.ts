import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { CellistError } from "../errors.ts";
import { readLaunch } from "../launch/launch-file.ts";
import { performanceSettings } from "../performance/performance-settings.ts";
import { loadLaunchText } from "../shelf/load-launch.ts";
import { workcellAtHand } from "./workcell-at-hand.ts";
import { confirmRobot, type RobotOptions } from "./confirm-robot.ts";
import { launchAndConduct } from "./launch-and-conduct.ts";
import { addPieceOptions, arrangementOf, type PieceOptions } from "./piece-options.ts";
import { wholeNumber } from "./whole-number.ts";
import { printResults } from "./write-results.ts";

interface PerformOptions extends PieceOptions, RobotOptions {
  readonly asFastAsPossible?: true;
  readonly out?: string;
  readonly seed?: number;
  readonly json?: true;
  readonly liveSound?: string;
}

const HELP = `
Ends with a bag (performance.mcap), the sound (performance.wav) and a report (report.html, report.json) in one folder.
A real robot is checked first (mode, safety, speed slider, payload, pose) and never moves before you have typed its name.
While it plays, space pauses and resumes, q or Ctrl-C stops: always along the path.

Examples:
  cellist perform twinkle
  cellist perform bach-minuet --tempo 90% --as-fast-as-possible
  cellist perform twinkle --live-sound - | aplay -f dat
  cellist perform my-song.mid --robot 192.0.2.7 --profile robot
`;

/** `cellist perform`: plan, play, record, listen, judge. */
export function addPerformCommand(program: Command): void {
  addPieceOptions(program.command("perform").summary("play a piece on the simulated or a real arm"))
    .option("--robot <sim|host>", "the embedded simulator, or a robot's address", "sim")
    .option(
      "--as-fast-as-possible",
      "simulate in lock-step, not in real time; the same seed gives the same bytes",
    )
    .option("--seed <n>", "seed of the simulation; default: the profile's", wholeNumber)
    .option("--out <folder>", "where the results go; default: out/<piece>-<time>")
    .option(
      "--port-offset <n>",
      "the robot's ports are moved by this (cellist sim --port-offset)",
      wholeNumber,
      0,
    )
    .option("--confirm <host>", "confirm a real robot by its address instead of typing it")
    .option(
      "--live-sound <where>",
      "the cello's sound while it is bowed, raw 16 bit stereo 48 kHz: - (standard output), host:port or a file",
    )
    .option("--json", "the report's figures on standard output, for scripts")
    .addHelpText("after", HELP)
    .action(runPerform);
}

async function runPerform(name: string, options: PerformOptions): Promise<void> {
  const names = {
    profile: options.profile,
    set: options.set,
    calibration: options.calibration ?? "",
    cell: options.cell ?? "",
  };
  const soundOnOutput = options.liveSound === "-";
  if (soundOnOutput && options.json)
    throw new CellistError(
      "usage",
      "--live-sound - and --json both want standard output; send the sound to a file or host:port",
    );
  const say = soundOnOutput ? console.error : console.log;
  const workcell = await workcellAtHand(names);
  const seed = options.seed ?? workcell.profile.simulation.seed;
  const lockStep = options.robot === "sim" && options.asFastAsPossible === true;
  const arrangement = arrangementOf(options);
  const plan = readLaunch(loadLaunchText("performance"), "performance", {
    ...names,
    piece: name,
    tempo: options.tempo,
    part: options.part ?? "",
    voice: options.voice ?? "",
    transpose: options.transpose,
    clef: options.clef,
    left_hand: arrangement.leftHand,
    locks: arrangement.locks,
    express: arrangement.express,
    robot: options.robot,
    port_offset: options.portOffset,
    seed,
    lock_step: lockStep,
    live_sound: options.liveSound ?? "off",
    conduct: false,
  });
  const folder = options.out ?? join("out", `${fileName(name)}-${stamp(new Date())}`);
  const report = await launchAndConduct(plan, {
    say: (text) => (options.json ? undefined : say(text)),
    instrumentName: workcell.instrument.name,
    useSimTime: lockStep,
    settings: (score) =>
      performanceSettings(workcell, score, {
        tempo: options.tempo,
        robot: options.robot,
        lockStep,
        seed,
        arrangement,
      }),
    makeBagPath: () => {
      makeFolder(folder);
      return join(folder, "performance.mcap");
    },
    confirm: (text, address) => confirmRobot(text, address, options.confirm),
  });
  printResults(folder, report, { json: options.json === true, say });
}

function makeFolder(folder: string): void {
  if (existsSync(join(folder, "performance.mcap")))
    throw new CellistError("file-unwritable", `${folder} already holds a performance; choose another --out`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const { message } = cause as Error;
    throw new CellistError("file-unwritable", `cannot make the folder ${folder}: ${message}`, {}, cause);
  }
}

const fileName = (piece: string): string => piece.replace(/^.*[/\\]/, "").replace(/\.midi?$/i, "");
const stamp = (now: Date): string => now.toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");
