import type { Command } from "commander";
import type { BowPlan } from "../bowing/bow-plan.ts";
import { bowedScore } from "../bowing/bowed-score.ts";
import { staffPicture } from "../engraving/staff-picture.ts";
import { CellistError } from "../errors.ts";
import { bowPiece, explainPieceRefusal } from "../planning/plan-piece.ts";
import { staffRhythm } from "../score/musicxml/staff-rhythm.ts";
import { writeMusicXml } from "../score/musicxml/write-musicxml.ts";
import { writeOutput } from "../shelf/write-output.ts";
import {
  addPieceOptions,
  arrangedAs,
  pieceAtHand,
  planWatched,
  unplayableHere,
  type PieceAtHand,
  type PieceOptions,
} from "./piece-options.ts";

const HELP = `
The bowing is the one that is performed: ⊓ down-bow, V up-bow, letters where the string changes, slurs as written. Where the arm
cannot follow any, the musician's is drawn, and said to be.

Examples:
  cellist score the-swan --svg swan.svg
  cellist score my-song.mid --svg song.svg --musicxml song.musicxml
  cellist score twinkle --as-written --svg twinkle.svg        what the file says, no bowing added
`;

interface ScoreOptions extends PieceOptions {
  readonly svg?: string;
  readonly musicxml?: string;
  readonly asWritten?: true;
}

/** `cellist score`: the staff with its bowing, as a picture or as MusicXML. */
export function addScoreCommand(program: Command): void {
  addPieceOptions(program.command("score").summary("draw the staff with its bowing"))
    .option("--svg <file>", "write a picture")
    .option("--musicxml <file>", "write MusicXML, for notation programs")
    .option("--as-written", "only what the file says, no bowing added")
    .addHelpText("after", HELP)
    .action(async (name: string, options: ScoreOptions) => {
      if (!options.svg && !options.musicxml)
        throw new CellistError("usage", "nothing to write: name a file with --svg or --musicxml");
      const text = await musicXmlOf(name, options);
      if (options.musicxml) await writeOutput(options.musicxml, text);
      if (options.svg) await writeOutput(options.svg, await staffPicture(text));
      for (const path of [options.musicxml, options.svg]) if (path) console.log(`written to ${path}`);
    });
}

async function musicXmlOf(name: string, options: ScoreOptions): Promise<string> {
  const at = await pieceAtHand(name, options);
  // Rules of expression move every beat and note a little: they change how it is bowed, not what a staff says.
  const written = (await arrangedAs(name, { ...options, express: "" })).score;
  written.ignored.forEach((what) => console.log(`note: ${what}`));
  const { source, licence } = at.piece;
  const credits = { ...(source !== "unknown" && { source }), ...(licence !== "unknown" && { licence }) };
  if (options.asWritten) return writeMusicXml(staffRhythm(written), credits);
  const { score, stringLetters } = bowedScore(written, bowingOf(at));
  return writeMusicXml(staffRhythm(score), { ...credits, stringLetters });
}

/** What would be performed; what a musician would do where the arm cannot. @throws unplayable where no bow can */
function bowingOf(at: PieceAtHand): BowPlan {
  const planned = planWatched(at);
  if (planned.ok) return planned.value.plan;
  const bowed = bowPiece(at.score, at);
  if (!bowed.ok) {
    const error = unplayableHere(bowed.why, at);
    const message = `${error.message}; --as-written draws it without a bowing`;
    throw new CellistError(error.code, message, { ...error.detail }, error);
  }
  console.log(
    `note: the arm on "${at.instrument.name}" cannot play it so: ${explainPieceRefusal(planned.why, at.score)} ` +
      "(cellist check looks for what would help)",
  );
  return bowed.value;
}
