import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Option, type Command } from "commander";
import { CellistError } from "../errors.ts";
import {
  beginTake,
  recordMachineTake,
  takeFromWav,
  type TakeSources,
} from "../listening-test/session/record-take.ts";
import { SessionFolder } from "../listening-test/session/session-folder.ts";
import { missingTakes, type Take } from "../listening-test/session/session-state.ts";
import { recordSound } from "../listening-test/session/sound-recorder.ts";
import { takeFaults } from "../listening-test/session/take-quality.ts";
import type { Score } from "../score/score.ts";
import { loadInstrument } from "../shelf/load-instrument.ts";
import { PACKAGE_ROOT } from "../shelf/package-root.ts";
import { sayTake } from "./session-say-take.ts";
import { performerOf, scoreIn, scoresOf } from "./session-scores.ts";

interface RecordOptions {
  readonly performer?: string;
  readonly piece?: string;
  readonly all?: true;
  readonly robot?: string;
  readonly confirm?: string;
  readonly calibration?: string;
  readonly sound?: "microphone" | "simulated";
}

const HELP = `
A machine's take is played here: the robot's through \`cellist perform\` (with --robot on a real one, after its usual
confirmation), with bag and sound kept together: what the protocol's recorder hears from before the first motion to after the last,
put in step with the bag to 5 ms. A human's take is recorded by the protocol's recorder: slate, count-in in
the tempo of the piece, then play; Enter ends the take.

Examples:
  cellist session record my-study --all
  cellist session record my-study --performer anna --piece twinkle
  cellist session record my-study --performer robot --piece twinkle --robot 192.0.2.7
`;

/** `cellist session record`. */
export function addSessionRecord(session: Command): void {
  session
    .command("record")
    .summary("record one take, or all that machines can make")
    .argument("<folder>", "the session")
    .option("--performer <id>", "who plays, as in the protocol")
    .option("--piece <piece>", "what, as in the protocol")
    .option("--all", "every missing take of robot, mechanical rendition and simulated players")
    .option("--robot <host>", "a real robot's address; default: simulated, as fast as possible")
    .option("--confirm <host>", "confirm a real robot by its address instead of typing it")
    .option("--calibration <name|file>", "of the robot's cell; default: the protocol's")
    .addOption(
      new Option(
        "--sound <which>",
        "the robot's sound: by the protocol's recorder, or that of its simulation; default: microphone with --robot",
      ).choices(["microphone", "simulated"]),
    )
    .addHelpText("after", HELP)
    .action(runRecord);
}

async function runRecord(folder: string, options: RecordOptions): Promise<void> {
  const session = SessionFolder.open(folder);
  const scores = await scoresOf(session);
  if (options.all) return recordAll(session, sourcesFor(session, scores, options));
  if (options.performer === undefined || options.piece === undefined)
    throw new CellistError("usage", "name --performer and --piece, or --all");
  const performer = performerOf(session, options.performer);
  const score = scoreIn(scores, options.piece);
  if (performer.kind === "human" && !performer.simulated) {
    const take = beginTake(session, performer.id, options.piece);
    const aside = session.at("takes", `${take.id}.recording.wav`);
    const wav = await recordHuman(session, aside, take, score);
    sayTake(takeFromWav(session, take, wav, { score, source: "recorded" }));
    return rmSync(aside, { force: true });
  }
  sayTake(await recordMachineTake(session, performer, options.piece, sourcesFor(session, scores, options)));
}

/** Robots before those who are simulated from them; each take is kept where nothing speaks against it. */
async function recordAll(session: SessionFolder, sources: TakeSources): Promise<void> {
  const order = { robot: 0, mechanical: 1, human: 2 };
  const byMachine = session.protocol.performers
    .filter((p) => p.kind !== "human" || p.simulated)
    .sort((a, b) => order[a.kind] - order[b.kind]);
  for (const performer of byMachine)
    for (const { piece } of missingTakes(session.state, session.protocol).filter(
      (t) => t.performer === performer.id,
    )) {
      const take = await recordMachineTake(session, performer, piece, sources);
      sayTake(take);
      if (takeFaults(take).length === 0) session.note({ kind: "take-kept", take: take.id });
    }
  const left = missingTakes(session.state, session.protocol);
  if (left.length === 0) console.log(`Every take is there. Next: cellist session stimuli ${session.path}`);
  else
    for (const { performer, piece } of left)
      console.log(
        `still to play: cellist session record ${session.path} --performer ${performer} --piece ${piece}`,
      );
}

/** Slate, count-in, music; the raw file lies aside until the take is finished, also if this program is not there any more. */
async function recordHuman(
  session: SessionFolder,
  aside: string,
  take: Take,
  score: Score,
): Promise<Uint8Array> {
  mkdirSync(dirname(aside), { recursive: true });
  const recorder = recordSound(session.protocol.recording.recorder, aside);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const beatS = score.tempos[0]!.usPerQuarter / 1e6;
    console.log(`slate: ${score.title}, ${take.performer}, take ${take.number}`);
    const ended = terminal.question("");
    for (let beat = 1; beat <= score.meters[0]!.beatsPerBar; beat++) {
      process.stdout.write(`\u0007${beat} `);
      const stopped = await Promise.race([recorder.failed, sleep(beatS * 1000)]);
      if (typeof stopped === "string") throw new CellistError("session-state", stopped);
    }
    console.log("play; Enter ends the take");
    const stopped = await Promise.race([recorder.failed, ended.then(() => undefined)]);
    if (stopped !== undefined) throw new CellistError("session-state", stopped);
    return await recorder.stop();
  } finally {
    terminal.close();
  }
}

const sleep = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

function sourcesFor(
  session: SessionFolder,
  scores: ReadonlyMap<string, Score>,
  options: RecordOptions,
): TakeSources {
  const { recorder, calibration: usual } = session.protocol.recording;
  const calibration = options.calibration ?? usual;
  const sound = options.sound ?? (options.robot === undefined ? "simulated" : "microphone");
  return {
    scoreOf: (piece) => scoreIn(scores, piece),
    instrumentOf: async () => (await loadInstrument(calibration)).instrument,
    ...(sound === "microphone" && { microphone: (file: string) => recordSound(recorder, file) }),
    performTo: (piece, folder) =>
      performInto(folder, [
        piece,
        "--tempo",
        `${100 * session.protocol.tempo}%`,
        "--calibration",
        calibration,
        ...(options.robot === undefined
          ? ["--as-fast-as-possible"]
          : ["--robot", options.robot, ...(options.confirm ? ["--confirm", options.confirm] : [])]),
      ]),
  };
}

/** `cellist perform` in a process of its own. A folder left by a take that never finished is replaced. */
function performInto(folder: string, args: readonly string[]): Promise<void> {
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  const command = join(PACKAGE_ROOT, "src/cli/cellist.js");
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [command, "perform", ...args, "--out", folder], {
      stdio: ["inherit", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    child.once("close", (code) => {
      if (code === 0) return done();
      const why =
        said
          .trim()
          .split("\n")
          .at(-1)
          ?.replace(/^cellist: /, "") ?? "";
      fail(new CellistError("session-state", `the robot did not finish ${args[0]}: ${why}`));
    });
  });
}
