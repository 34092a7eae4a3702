import { Option, type Command } from "commander";
import { CellistError } from "../errors.ts";
import { moveCalibration } from "../instrument/move-calibration.ts";
import type { LoadedInstrument } from "../shelf/load-instrument.ts";
import { refuseUnkeepable } from "../shelf/keep-calibration.ts";
import { workcellAtHand } from "./workcell-at-hand.ts";
import { dhParameters } from "../teaching/arm-kinematics.ts";
import { openArmDesk } from "../teaching/arm-desk.ts";
import { calibrationsAtHand, lettingGo } from "../teaching/calibrations-at-hand.ts";
import { driftLines } from "../teaching/calibration-lines.ts";
import { asStored, entitled, makeCalibration, type MadeCalibration } from "../teaching/make-calibration.ts";
import { placeStoreBeside } from "../teaching/place-store.ts";
import { recheckCello } from "../teaching/recheck-cello.ts";
import { residualLines, storeCalibration } from "../teaching/store-calibration.ts";
import { teachCello } from "../teaching/teach-cello.ts";
import type { TaughtCello } from "../teaching/taught-places.ts";
import { unfitToPlay } from "../teaching/unfit.ts";
import { TOUCH_SETTINGS } from "../teaching/touch-down.ts";
import { confirmRobot, type RobotOptions } from "./confirm-robot.ts";
import { openLineOperator } from "./line-operator.ts";
import { addRobotOptions, robotOf } from "./robot-option.ts";
import { stoppable } from "./stoppable.ts";
import { wholeNumber } from "./whole-number.ts";

const HELP = `
teach: the arm is free to be moved by hand (Freedrive); you lay the bow on each string near frog and tip, and bring it to where it
is to wait. Hair and strings are fitted, what is left over is shown and drawn, the last calibration of the same file is compared with
and kept beside it (my-cell.r1.yaml, my-cell.r2.yaml, ...). Every place is put down as it is taken (my-cell.taught.json): after a lost
connection, or q, the same command asks whether to go on from there.

recheck: the arm touches down on each string at low force at eight places and finds how the cello has moved since. A small drift is
corrected into a new revision of the file; a large one is refused.

What needs no robot (show, check, fit, import, compare, draw) is under cellist calibration: cellist calibration --help.

Examples:
  cellist calibrate teach my-cell.yaml --robot 192.0.2.7 --like paper     the first time: tool, payload and hair as in "paper"
  cellist calibrate teach my-cell.yaml --robot 192.0.2.7 --extra 1 --planes
  cellist calibrate recheck my-cell.yaml --robot 192.0.2.7 --cell my-room.yaml
`;

interface TeachOptions extends RobotOptions {
  readonly like?: string;
  readonly name?: string;
  readonly extra: number;
  readonly planes?: true;
  readonly cell?: string;
  readonly profile: string;
}

interface RecheckOptions extends RobotOptions {
  readonly cell?: string;
  readonly profile: string;
  readonly set: readonly string[];
  readonly touchForce: number;
  readonly keep?: false;
}

/** `cellist calibrate teach|recheck`: measure a cell at the robot. */
export function addCalibrateCommand(program: Command): void {
  const group = program
    .command("calibrate")
    .summary("measure bow and cello at the robot, by hand or by touch")
    .addHelpText("after", HELP);
  addRobotOptions(
    group.command("teach").summary("teach the bow's places by hand and make a calibration of them"),
  )
    .argument(
      "<file>",
      "the calibration to write, as in my-cell.yaml; one that is there is kept under its revision",
    )
    .option(
      "--like <name|file>",
      "tool, payload and a first idea of the hair; default: the file itself, if it is there",
    )
    .option("--name <name>", "what the cell is called; default: as before, or the file's name")
    .option(
      "--extra <n>",
      "more points on every string; measured with a ruler they tell where along hair and string",
      wholeNumber,
      0,
    )
    .option(
      "--planes",
      "one more point on every string, far from the bridge: checks the plane of its strokes",
    )
    .option("--cell <name|file>", "the room around the arm; default: the profile's")
    .option("--profile <name|file>", "distances to keep", "robot")
    .action(teach);
  addRobotOptions(group.command("recheck").summary("touch every string and correct a small drift"))
    .argument("<file>", "the calibration to check")
    .option("--cell <name|file>", "the room around the arm; default: the profile's")
    .option("--profile <name|file>", "limits and pace", "robot")
    .option(
      "--set <key=value>",
      "change one number of the profile",
      (value, all: string[]) => [...all, value],
      [],
    )
    .addOption(
      new Option("--touch-force <newton>", "force at which a string counts as touched")
        .argParser(touchForce)
        .default(TOUCH_SETTINGS.forceN),
    )
    .option("--no-keep", "say what has moved, and write nothing")
    .action(recheck);
}

async function teach(file: string, options: TeachOptions): Promise<void> {
  const { start, last } = await calibrationsAtHand(file, options.like, "--like");
  await refuseUnkeepable(file, last?.calibration.revision);
  const { instrument } = start;
  const room = await workcellAtHand({
    profile: options.profile,
    set: [],
    calibration: "",
    cell: options.cell ?? "",
  });
  const name = options.name || (last?.calibration.name ?? nameOf(file));
  await confirmRobot(lettingGo(options.robot, start), options.robot, options.confirm);
  const desk = await openArmDesk(robotOf(options), { tcp_F: instrument.tcp_F, payload: instrument.payload });
  const operator = openLineOperator(process.stdin, (text) => void process.stdout.write(text));
  process.once("SIGINT", operator.close); // as q: the arm holds itself again, and what comes of it is said
  try {
    const scope = { tcp_F: instrument.tcp_F, extraPerString: options.extra, planes: options.planes === true };
    const title = {
      name,
      origin: `taught at the robot ${options.robot}`,
      revision: (last?.calibration.revision ?? 0) + 1,
      takenAt: new Date(),
    };
    const make = (taught: TaughtCello): MadeCalibration =>
      makeCalibration(start.calibration, dhParameters(desk.kinematics), taught, title);
    const cell = {
      cell: name,
      revision: title.revision,
      dh: dhParameters(desk.kinematics),
      tcp_F: scope.tcp_F,
    };
    const places = await placeStoreBeside(file, cell);
    const taught = await teachCello(desk, operator, scope, places, (so) => unfitToPlay(() => make(so), room));
    await store(file, make(taught), last);
    await places.forget();
  } finally {
    process.removeListener("SIGINT", operator.close);
    operator.close();
    await desk.close();
  }
}

async function recheck(file: string, options: RecheckOptions): Promise<void> {
  const names = { profile: options.profile, set: options.set, calibration: file, cell: options.cell ?? "" };
  const workcell = await workcellAtHand(names);
  const { instrument, calibration } = workcell;
  if (options.keep !== false) await refuseUnkeepable(file, calibration.revision);
  await confirmRobot(
    `The arm at ${options.robot} will touch every string of "${instrument.name}" at two places with up to ${options.touchForce} N, and ` +
      `moves around what is in the room "${workcell.cell.name}". Ctrl-C stops it.`,
    options.robot,
    options.confirm,
  );
  const desk = await openArmDesk(robotOf(options), { tcp_F: instrument.tcp_F, payload: instrument.payload });
  try {
    const settings = { ...TOUCH_SETTINGS, forceN: options.touchForce };
    const { drift } = await stoppable((stop) =>
      recheckCello(desk, workcell, settings, (text) => console.log(text), stop),
    );
    driftLines(drift).forEach((line) => console.log(line));
    refuseLargeDrift(drift, calibration.name);
    if (options.keep === false || !isWorthCorrecting(drift)) return;
    const moved = moveCalibration(calibration, drift.X_BB);
    const title = {
      name: calibration.name,
      origin: calibration.origin,
      revision: calibration.revision + 1,
      takenAt: new Date(),
    };
    const made = asStored({ ...moved, ...entitled(title) }, [
      `Corrected by touch (\`cellist calibrate recheck\`) from revision ${calibration.revision}.`,
    ]);
    await store(file, made, workcell);
  } finally {
    await desk.close();
  }
}

/** Shows what was made, and puts it in its place. */
async function store(file: string, made: MadeCalibration, last: LoadedInstrument | undefined): Promise<void> {
  residualLines(made, last).forEach((line) => console.log(line));
  try {
    (await storeCalibration(file, made, last)).forEach((line) => console.log(line));
  } catch (error) {
    console.log(`\nThis is what would have been in ${file}, so that nothing is lost:\n\n${made.text}`);
    throw error;
  }
}

const nameOf = (file: string): string => file.replace(/^.*[/\\]/, "").replace(/\.ya?ml$/i, "");

function touchForce(text: string): number {
  const force = Number(text);
  if (force >= 0.3 && force <= 3) return force;
  throw new CellistError("usage", `--touch-force is ${text}; it must be 0.3 to 3 N`);
}

/** A touch is not found better than this, and no bow hears it [m]. */
const WORTH_M = 0.0002;
const isWorthCorrecting = ({ foundM }: { readonly foundM: readonly number[] }): boolean =>
  Math.max(...foundM.map(Math.abs)) > WORTH_M;

/** More than this is no drift: something was moved on purpose, or has broken. @assumed */
const MOST = { M: 0.008, rad: (3 * Math.PI) / 180, rmsM: 0.0005 };

const degrees = (rad: number): string => `${((rad * 180) / Math.PI).toFixed(1)} deg`;

function refuseLargeDrift(drift: Parameters<typeof driftLines>[0], name: string): void {
  const { acrossM, outwardM, roll_rad, pitch_rad, rmsM } = drift;
  const teachAgain = `calibration "${name}" is not corrected: `;
  if (Math.hypot(acrossM, outwardM) > MOST.M || Math.hypot(roll_rad, pitch_rad) > MOST.rad)
    throw new CellistError(
      "calibration-invalid",
      `${teachAgain}the cello has moved by ${(1e3 * Math.hypot(acrossM, outwardM)).toFixed(1)} mm and ` +
        `${degrees(Math.hypot(roll_rad, pitch_rad))} (at most ${1e3 * MOST.M} mm and ${degrees(MOST.rad)} are corrected); teach it again`,
    );
  if (rmsM > MOST.rmsM)
    throw new CellistError(
      "calibration-invalid",
      `${teachAgain}no motion of the cello as a whole explains the touches, ${(1e3 * rmsM).toFixed(2)} mm are left ` +
        `(at most ${1e3 * MOST.rmsM} mm); a string, the bridge or the bow has changed: teach it again`,
    );
}
