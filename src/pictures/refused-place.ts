import type { BowPlan } from "../bowing/bow-plan.ts";
import type { BowingRefusal } from "../bowing/refusal.ts";
import { JOINT_NAMES } from "../math/joints.ts";
import { noteName } from "../score/note-name.ts";
import { sayPlace } from "../score/position.ts";
import type { Score } from "../score/score.ts";
import type { TrajectoryRefusal } from "../trajectory/refusal.ts";
import type { Pen } from "./drawing.ts";
import { noteSeconds } from "./score-panel.ts";

export type PanelName = "notes" | "bow" | "force" | "joints" | "room";

/** A place that was refused, to be marked. Score seconds. */
export interface RefusedPlace {
  readonly startS: number;
  readonly endS: number;
  /** Where other string crossings ask too much of the arm. */
  readonly hardS: readonly number[];
  /** What to write beside it. */
  readonly words: Readonly<Partial<Record<PanelName, string>>>;
}

/** Where no bow can play it. */
export function unbowedPlace(score: Score, why: BowingRefusal): RefusedPlace {
  const last = why.kind === "bow-too-short" ? why.lastNoteIndex : why.noteIndex;
  const { startS } = noteSeconds(score, score.notes[why.noteIndex]!);
  const { endS } = noteSeconds(score, score.notes[last]!);
  return {
    startS,
    endS,
    hardS: [],
    words: { notes: `${named(score, why.noteIndex)}: ${unbowedWords(why)}` },
  };
}

/** Where the arm cannot follow. */
export function unfollowedPlace(score: Score, plan: BowPlan, why: TrajectoryRefusal): RefusedPlace {
  const { noteIndex, startS, endS } = plan.notes[why.note]!;
  const [panel, words] = unfollowedWords(why);
  const hard = (why.crossings ?? []).filter(({ to, excess }) => excess > 1 && to !== why.note);
  return {
    startS: Math.min(startS, why.atS),
    endS: Math.max(Math.min(endS, why.atS + 1), startS),
    hardS: hard.map(({ to }) => plan.notes[to]!.startS),
    words: { notes: named(score, noteIndex), [panel]: words },
  };
}

/** The marks of one panel, to lie under what is drawn in it. */
export function marksOf(refused: RefusedPlace | undefined, pen: Pen, panel: PanelName): readonly string[] {
  if (!refused) return [];
  const { startS, endS, hardS, words } = refused;
  const said = words[panel];
  return [
    ...hardS.map((s) => pen.line(s, -1e3, s, 1e3, "red thin dotted")),
    pen.block(startS, -1e3, endS, 1e3, "red pale"),
    ...(said === undefined ? [] : [pen.beside(startS, endS, said)]),
  ];
}

function named(score: Score, noteIndex: number): string {
  const note = score.notes[noteIndex]!;
  return `${noteName(note.midi)}, ${sayPlace(score, note.startTick)}`;
}

function unbowedWords(why: BowingRefusal): string {
  switch (why.kind) {
    case "below-open-c":
      return `${why.lowestMidi - why.midi} semitone(s) below the open C`;
    case "double-stop":
      return why.stretch
        ? `a stretch of ${why.stretch.semitones} semitones, a hand spans ${why.limitSemitones}`
        : "on no two neighbouring strings";
    case "not-on-string":
      return why.midi < why.openMidi
        ? `lower than the open ${why.string} string`
        : `above the fingerboard of the ${why.string} string`;
    case "marks-contradict":
      return `${why.bow}-bow and ${why.otherBow}-bow under one slur`;
    case "bow-too-short":
      return `needs ${cm(why.neededM)} of bow, ${cm(why.availableM)} can be used`;
  }
}

function unfollowedWords(why: TrajectoryRefusal): readonly [PanelName, string] {
  switch (why.kind) {
    case "joint-limit":
      return ["joints", `${JOINT_NAMES[why.joint]!}: ${why.quantity} ${share(why.needs, why.limit)}`];
    case "tcp-too-fast":
      return ["joints", `bow hand: speed ${share(why.needsMps, why.limitMps)}`];
    case "unreachable":
      return [
        "bow",
        why.missM === 0 ? "only by a leap of the joints" : `the arm stays ${mm(why.missM)} away`,
      ];
    case "near-singularity":
      return ["room", `singular pose: ${why.sigma.toFixed(3)}, at least ${why.limit.toFixed(3)}`];
    case "too-close":
      return ["room", `${why.pair.join(" and ")}: ${mm(why.clearanceM)}, at least ${mm(why.requiredM)}`];
    case "no-way":
      return ["bow", "no way from or to the parked pose"];
  }
}

const share = (needs: number, limit: number): string => `${Math.round((100 * needs) / limit)} % of its limit`;
const cm = (metres: number): string => `${(100 * metres).toFixed(0)} cm`;
const mm = (metres: number): string => `${(1e3 * metres).toFixed(1)} mm`;
