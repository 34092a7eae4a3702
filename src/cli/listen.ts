import type { Command } from "commander";
import { hearingLines } from "../evaluation/audio/hearing-lines.ts";
import { hearTake } from "../evaluation/audio/hear-take.ts";
import { readPerformance } from "../bag/read-performance.ts";
import { clockInRecording } from "../performance/clock-in-recording.ts";
import { readRecording } from "../performance/read-recording.ts";
import { loadInstrument } from "../shelf/load-instrument.ts";
import { loadPiece } from "../shelf/load-piece.ts";
import { readInput } from "../shelf/read-input.ts";

const HELP = `
Works from the recording alone, of a robot or a human: finds every note of the score in it and says how it sounds. With
--bag, the bag of the same performance, the notes are looked for where the robot played them (to 5 ms).

Examples:
  cellist listen take.wav --score twinkle
  cellist listen take.flac --score my-song.mid --bag out/my-song/performance.mcap --json
`;

interface ListenOptions {
  readonly score: string;
  readonly bag?: string;
  readonly calibration?: string;
  readonly json?: true;
}

/** `cellist listen`: what ears say of a recording, against its score. */
export function addListenCommand(program: Command): void {
  program
    .command("listen")
    .summary("judge a recording by ear, against its score")
    .argument("<recording>", "a WAV or FLAC file")
    .requiredOption("--score <piece>", "a shipped piece (cellist pieces) or a MIDI file")
    .option("--bag <file>", "the performance.mcap of the same performance")
    .option("--calibration <name|file>", "instrument of the bag", "reference")
    .option("--json", "the figures on standard output, for scripts")
    .addHelpText("after", HELP)
    .action(runListen);
}

async function runListen(path: string, options: ListenOptions): Promise<void> {
  const recording = await readRecording(await readInput(path, "recording"));
  const { score } = await loadPiece(options.score);
  const clock =
    options.bag === undefined
      ? undefined
      : clockInRecording(
          recording,
          await readPerformance(options.bag),
          (await loadInstrument(options.calibration ?? "reference")).instrument,
        );
  const report = hearTake(recording, score, clock);
  if (options.json) console.log(JSON.stringify(report, undefined, 1));
  else hearingLines(report).forEach((line) => console.log(line));
}
