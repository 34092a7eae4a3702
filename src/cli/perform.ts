import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import type { RobotStreams } from "ur-rtde-ts";
import { openPerformanceLog, type PerformanceLog } from "../bag/performance-log.ts";
import { CellistError } from "../errors.ts";
import { runLockStep, memoryStreams } from "../performance/lock-step.ts";
import { perform } from "../performance/perform.ts";
import type { PlannedPiece } from "../performance/planned-piece.ts";
import { startEmbeddedRobot } from "../performance/embedded-robot.ts";
import { provenanceOf } from "../provenance.ts";
import { robotStreams } from "../rtde/preflight.ts";
import { RtdeRobotLink } from "../rtde/rtde-robot-link.ts";
import { startSimulatedRobot } from "../sim/simulated-robot.ts";
import { knotAt } from "../stream/stream-trajectory.ts";
import {
  addPieceOptions,
  pieceAtHand,
  planOrRefuse,
  type PieceAtHand,
  type PieceOptions,
} from "./piece-options.ts";
import { addressOf, confirmRobot, type RobotOptions } from "./confirm-robot.ts";
import { progressOn } from "./progress.ts";
import { wholeNumber } from "./whole-number.ts";
import { writeResults } from "./write-results.ts";

interface PerformOptions extends PieceOptions, RobotOptions {
  readonly asFastAsPossible?: true;
  readonly out?: string;
  readonly seed?: number;
  readonly json?: true;
}

const HELP = `
Ends with a bag (performance.mcap), the sound (performance.wav) and a report (report.html, report.json) in one folder.
A real robot is checked first (mode, safety, speed slider, payload, pose) and never moves before you have typed its name.
Ctrl-C stops the arm on its path.

Examples:
  cellist perform twinkle
  cellist perform bach-minuet --tempo 90% --as-fast-as-possible
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
    .option("--json", "the report's figures on standard output, for scripts")
    .addHelpText("after", HELP)
    .action(runPerform);
}

async function runPerform(name: string, options: PerformOptions): Promise<void> {
  const at = await pieceAtHand(name, options);
  const say = (text: string): void => (options.json ? undefined : console.log(text));
  at.score.ignored.forEach((note) => say(`not played: ${note}`));
  say(`planning ${at.score.title} for "${at.instrument.name}"`);
  const planned = planOrRefuse(at);
  const seed = options.seed ?? at.profile.simulation.seed;
  const settings = settingsOf(at, { ...options, seed });
  const piece: PlannedPiece = { score: at.score, ...planned, instrument: at.instrument, settings };
  if (options.robot !== "sim") await confirmRobot(piece, options);
  const folder = options.out ?? join("out", `${fileName(name)}-${stamp(new Date())}`);
  makeFolder(folder);
  const bag = join(folder, "performance.mcap");
  await play(piece, at, { ...options, seed }, bag);
  await writeResults(folder, bag, at, { json: options.json === true });
}

async function play(
  piece: PlannedPiece,
  at: PieceAtHand,
  options: PerformOptions & { seed: number },
  bag: string,
) {
  const lockStep = options.robot === "sim" && options.asFastAsPossible === true;
  const progress = progressOn(process.stderr);
  let link: RtdeRobotLink | undefined;
  const stop = (): void => void link?.command("stop");
  const log = await openPerformanceLog(bag, { realTime: !lockStep, onFailure: stop });
  process.on("SIGINT", stop);
  try {
    const run = (streams: RobotStreams, session: number): Promise<unknown> => {
      const { stream } = at.profile;
      const first_rad = knotAt(piece.trajectory, 0).q_rad;
      link = new RtdeRobotLink(streams, { instrument: piece.instrument, player: stream, first_rad, session });
      return perform(link, piece, log, {
        epochNs: lockStep ? 0n : BigInt(Date.now()) * 1_000_000n,
        servoLagS: stream.servoLagS,
        onProgress: (playedS, totalS) =>
          progress.update(playedS, totalS, `${playedS.toFixed(1)} of ${totalS.toFixed(1)} s`),
      });
    };
    if (lockStep) await playInLockStep(piece, at, options.seed, log, run);
    else if (options.robot === "sim") await playEmbedded(options, at, run);
    else await run(robotStreams(addressOf(options)), freshSession());
  } finally {
    process.off("SIGINT", stop);
    progress.end();
    await closeLog(log, bag);
  }
}

type Run = (streams: RobotStreams, session: number) => Promise<unknown>;

async function playInLockStep(
  piece: PlannedPiece,
  at: PieceAtHand,
  seed: number,
  log: PerformanceLog,
  run: Run,
) {
  const { forceNoiseN, forceBiasN } = at.profile.simulation;
  const plant = { forceNoiseN, forceBiasN: forceBiasN as [number, number, number] };
  const robot = await startSimulatedRobot({
    instrument: piece.instrument,
    realTime: false,
    seed,
    plant,
    poweredOn: true,
  });
  try {
    await runLockStep(robot, run(memoryStreams(robot), 1), log);
  } finally {
    await robot.close();
  }
}

async function playEmbedded(
  options: PerformOptions & { seed: number },
  at: PieceAtHand,
  run: Run,
): Promise<void> {
  const calibration = options.calibration ?? at.profile.calibration;
  const robot = await startEmbeddedRobot(["--calibration", calibration, "--seed", String(options.seed)]);
  try {
    await run(robot.streams, freshSession());
  } finally {
    await robot.close();
  }
}

/** Tells this run's registers from those of an earlier one; any number will do. */
const freshSession = (): number => (Date.now() % 1_000_000_000) + 1;

/** A bag with a hole in it is not a finished performance: say so even when the music went well. */
async function closeLog(log: PerformanceLog, bag: string): Promise<void> {
  try {
    await log.close();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CellistError(
      "log-incomplete",
      `${why}; what was written before is readable in ${bag}`,
      {},
      cause,
    );
  }
}

const settingsOf = (
  at: PieceAtHand,
  options: PerformOptions & { seed: number },
): Record<string, unknown> => ({
  profile: at.profile,
  calibration: { name: at.calibration.name, ...provenanceOf(at.calibration) },
  cell: { name: at.cell.name, ...provenanceOf(at.cell) },
  piece: { title: at.score.title, composer: at.score.composer, ...at.score.provenance },
  tempo: options.tempo,
  robot: options.robot,
  lockStep: options.asFastAsPossible === true,
  seed: options.seed,
});

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
