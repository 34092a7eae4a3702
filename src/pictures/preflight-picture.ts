import { soundedStrings, type BowPlan } from "../bowing/bow-plan.ts";
import type { ClearanceCheck } from "../collision/clearance.ts";
import { escapeText } from "../evaluation/chart/chart-frame.ts";
import type { Score } from "../score/score.ts";
import type { MotionLimits } from "../trajectory/joint-trajectory.ts";
import type { JointMotion } from "../trajectory/motion-asked.ts";
import { penFor, picture, type Pen } from "./drawing.ts";
import { bowPanel, forcePanel, jointPanel, jointShares, roomPanel, WIDE_MM } from "./motion-panels.ts";
import { marksOf, type PanelName, type RefusedPlace } from "./refused-place.ts";
import { noteSeconds, pitchesOf, scorePanel } from "./score-panel.ts";
import { BELOW_HEADING, LINE, MOST_LETTERS, WIDTH } from "./sheet.ts";
import { wrapped } from "./wrapped.ts";

/** A piece as it was planned for a cell, as far as it could be. */
export interface PreflightDrawn {
  readonly score: Score;
  /** What came of it, above the picture. */
  readonly heading: string;
  readonly limits: MotionLimits;
  readonly clearance: ClearanceCheck;
  /** Absent where no bow can play it. */
  readonly plan?: BowPlan;
  /** What is asked of the arm; absent where it cannot get there at all. */
  readonly motion?: JointMotion;
  readonly refused?: RefusedPlace;
}

const PLACE = { left: 60, width: 1000, height: 150 };
/** From panel to panel [px]. */
const APART = 205;
/** Beside the music, where no motion is drawn, as a share of it. */
const MARGIN = 0.01;
/** Shares of a limit that are to be seen in any case, and at the most [%]. */
const SHARES = { least: 105, most: 200 };

/**
 * How near a piece comes to every limit, over its whole length: notes, strings and bow, force between Schelleng's limits, shares of the
 * joint limits, clearance and elbow. Of a refused piece as much as there is, with the place marked.
 *
 * @returns an SVG file; seconds are the score's
 */
export function preflightPicture(drawn: PreflightDrawn): string {
  const lines = wrapped(drawn.heading, MOST_LETTERS);
  const first = LINE * lines.length + BELOW_HEADING;
  const panels = panelsOf(drawn);
  const x = secondsSeen(drawn);
  const drawnPanels = panels.map(({ title, y, draw, name }, i) => {
    const pen = penFor({ ...PLACE, title, top: first + i * APART, x, y });
    return draw(pen, marksOf(drawn.refused, pen, name));
  });
  const heading = lines.map(
    (line, i) => `<text class="title" x="${PLACE.left}" y="${LINE * (i + 1) + 3}">${escapeText(line)}</text>`,
  );
  const height = first + panels.length * APART - BELOW_HEADING;
  return picture(WIDTH, height, `preflight of ${drawn.score.title}`, [...heading, ...drawnPanels]);
}

interface PanelDrawn {
  readonly name: PanelName;
  readonly title: string;
  readonly y: readonly [number, number];
  readonly draw: (pen: Pen, marks: readonly string[]) => string;
}

const panelsOf = (drawn: PreflightDrawn): readonly PanelDrawn[] => [
  notesOf(drawn),
  ...(drawn.plan ? bowingOf(drawn.plan) : []),
  ...(drawn.motion ? motionOf(drawn.motion, drawn) : []),
];

function notesOf({ score, plan, refused }: PreflightDrawn): PanelDrawn {
  const strings = new Map(
    plan?.notes.flatMap((note) =>
      soundedStrings(note).map(({ midi, string }) => [`${note.noteIndex} ${midi}`, string] as const),
    ),
  );
  const crossings = refused && refused.hardS.length > 0;
  return {
    name: "notes",
    title: `Notes, by bar${crossings ? " (dotted: other string crossings that ask too much of the arm)" : ""}`,
    y: pitchesOf(score),
    draw: (pen, marks) => scorePanel(score, pen, (note, midi) => strings.get(`${note} ${midi}`), marks),
  };
}

const bowingOf = (plan: BowPlan): readonly PanelDrawn[] => [
  {
    name: "bow",
    title: "Bow [cm of hair from the frog], by string: A orange, D green, G blue, C violet",
    y: [0, 65],
    draw: (pen, marks) => bowPanel(plan, pen, marks),
  },
  {
    name: "force",
    title: "Force [N] between Schelleng's limits (grey), logarithmic: 0.1 to 10",
    y: [-1, 1],
    draw: (pen, marks) => forcePanel(plan, pen, marks),
  },
];

function motionOf(motion: JointMotion, drawn: PreflightDrawn): readonly PanelDrawn[] {
  const lastS = lastSecond(drawn);
  const shares = jointShares(motion, drawn.limits);
  const most = Math.max(...[...shares.speed, ...shares.acceleration].map(([, share]) => share));
  return [
    {
      name: "joints",
      title: "Joints: speed (blue) and acceleration (red) as shares of their limits (dashed) [%]",
      y: [0, Math.min(Math.max(1.1 * most, SHARES.least), SHARES.most)],
      draw: (pen, marks) => jointPanel(shares, lastS, pen, marks),
    },
    {
      name: "room",
      title: `Clearance [mm, up to ${WIDE_MM}] with what is required (dashed), and elbow from straight [half degrees, grey]`,
      y: [0, 80],
      draw: (pen, marks) => roomPanel(motion, drawn, lastS, pen, marks),
    },
  ];
}

function secondsSeen(drawn: PreflightDrawn): readonly [number, number] {
  const { motion } = drawn;
  if (motion) return [-motion.scoreStartS, motion.timeS.at(-1)! - motion.scoreStartS];
  const lastS = lastSecond(drawn);
  return [-MARGIN * lastS, (1 + MARGIN) * lastS];
}

const lastSecond = ({ score }: PreflightDrawn): number => noteSeconds(score, score.notes.at(-1)!).endS;
