import { escapeText } from "../evaluation/chart/chart-frame.ts";
import { noteName } from "../score/note-name.ts";
import { HIGHEST_MIDI, isInRange, LOWEST_MIDI } from "../score/range.ts";
import type { Score } from "../score/score.ts";
import { penFor, picture } from "./drawing.ts";
import { noteSeconds, pitchesOf, scorePanel } from "./score-panel.ts";
import { BELOW_HEADING, LINE, MOST_LETTERS, WIDTH } from "./sheet.ts";
import { wrapped } from "./wrapped.ts";

const PLACE = { left: 60, width: 1000, height: 320 };
/** Below the panel, its numbers [px]. */
const FOOT = 24;

/** Notes of a piece that the cello does not have, in red among the others, with its lowest and highest note. @returns an SVG file */
export function rangePicture(score: Score, heading: string): string {
  const lines = wrapped(heading, MOST_LETTERS);
  const top = LINE * lines.length + BELOW_HEADING;
  const [low, high] = pitchesOf(score);
  const lastS = noteSeconds(score, score.notes.at(-1)!).endS;
  const pen = penFor({
    ...PLACE,
    top,
    title: "Notes, by bar; red: outside the cello's range (dashed)",
    x: [0, lastS],
    y: [Math.min(low, LOWEST_MIDI - 1), Math.max(high, HIGHEST_MIDI + 2)],
  });
  const edges = [LOWEST_MIDI - 0.5, HIGHEST_MIDI + 0.5].map((at) => pen.line(0, at, lastS, at, "red dashed"));
  const panel = scorePanel(score, pen, (_, midi) => (isInRange(midi) ? undefined : "red"), edges);
  const isOctave = (midi: number): boolean => midi % 12 === 0 && low < midi && midi < high; // named there already
  const named = [LOWEST_MIDI, HIGHEST_MIDI]
    .filter((midi) => !isOctave(midi))
    .map((midi) => pen.atLeft(midi, noteName(midi)));
  const said = lines.map(
    (line, i) => `<text class="title" x="${PLACE.left}" y="${LINE * (i + 1) + 3}">${escapeText(line)}</text>`,
  );
  return picture(WIDTH, top + PLACE.height + FOOT, `range of ${score.title}`, [...said, panel, ...named]);
}
