import type { Command } from "commander";
import { makeStimuli } from "../listening-test/session/make-stimuli.ts";
import { SessionFolder } from "../listening-test/session/session-folder.ts";
import { scoreIn, scoresOf } from "./session-scores.ts";

/** `cellist session stimuli`. */
export function addSessionStimuli(session: Command): void {
  session
    .command("stimuli")
    .summary("cut, even out and blind what listeners will hear")
    .argument("<folder>", "the session")
    .action(async (folder: string) => {
      const opened = SessionFolder.open(folder);
      const scores = await scoresOf(opened);
      const made = makeStimuli(opened, (piece) => scoreIn(scores, piece));
      console.log(
        `${made.manifest.stimuli.length} stimuli at ${made.loudnessLufs.toFixed(1)} LUFS, within 0.5 LU, highest true peak ${made.highestPeakDbtp.toFixed(1)} dBTP`,
      );
      console.log("");
      console.log(`  escrow code: ${made.escrowCode}`);
      console.log("");
      console.log(
        "It opens the key that says who plays in which stimulus. It is shown now and never again: give it to",
      );
      console.log("somebody who does not run the test. Without it no report can be made.");
      console.log(`Next: cellist session plan ${folder} --lock`);
    });
}
