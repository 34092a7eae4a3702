import { stringsOf, topString } from "../score/bow-level.ts";
import type { ScoreNote } from "../score/score.ts";
import type { BowedNote } from "./bow-plan.ts";
import { compromisesOf } from "./compromises.ts";
import type { Objection } from "./objection.ts";
import type { OpenStroke } from "./open-strokes.ts";
import type { BowingSettings, BowingWeights } from "./bowing-settings.ts";
import { heldCosts, liftedCosts, type Cost, type StrokeChange } from "./costs.ts";
import type { ChosenStroke } from "./programme.ts";
import { lockedSpeedMps } from "./stroke.ts";
import { levelBefore, movesWithin } from "./stroke-course.ts";
import type { NoteForce } from "./tone.ts";
import type { WantedSpeed } from "./wanted-speed.ts";

/** Everything that decided one stroke. */
export interface DecidedStroke {
  readonly open: OpenStroke;
  readonly chosen: ChosenStroke;
  readonly before: { readonly chosen: ChosenStroke; readonly change: StrokeChange } | undefined;
  readonly speed: WantedSpeed;
  readonly bowSpeedMps: number;
  readonly travelM: number;
  /** From the end of the stroke before; 0 without a lift [m]. */
  readonly airM: number;
}

interface Clause {
  readonly text: string;
  readonly weight: number;
}

/** Prices below this are not worth a word. */
const NEGLIGIBLE = 0.02;
/** Difference of speed from the dynamic that is not worth a word, as natural logarithm. */
const UNHEARD = 0.03;

/** Why note `i` of a stroke is bowed so, most weighty first, one clause each. */
export function reasons(
  decided: DecidedStroke,
  i: number,
  { force, course }: { readonly force: NoteForce; readonly course?: BowedNote["course"] },
  settings: BowingSettings,
  objections: readonly Objection[],
): readonly string[] {
  const { open } = decided;
  const { note, startS, endS, written = note.articulation } = open.stroke.notes[i]!;
  const fromLevel = levelBefore(open.stroke, i);
  const bowLockMps = lockedSpeedMps(open.stroke);
  const bowed = {
    startS,
    endS,
    articulation: note.articulation,
    ...(course && { course }),
    ...(fromLevel !== undefined && { fromLevel }),
    ...(bowLockMps !== undefined && { bowLockMps }),
  };
  const clauses: (Clause | undefined)[] = [
    stringClause(decided, i),
    forceClause(force),
    ...compromisesOf({ ...note, articulation: written }, bowed, settings).map((text) => ({
      text,
      weight: 5,
    })),
    ...lockClauses(note),
    objectionClause(objections.filter(({ noteIndex }) => noteIndex === note.index)),
  ];
  if (i > 0)
    clauses.unshift({
      text: `same bow as note ${open.stroke.notes[i - 1]!.note.index + 1}: slurred`,
      weight: 3,
    });
  else
    clauses.unshift(
      directionClause(decided),
      speedClause(decided),
      liftClause(decided),
      paidClause(decided, settings.weights),
    );
  return clauses
    .filter((clause) => clause !== undefined)
    .sort((a, b) => b.weight - a.weight)
    .map(({ text }) => text);
}

function directionClause({ open, chosen, before }: DecidedStroke): Clause {
  const bow = `${chosen.option.direction}-bow`;
  const strong = open.pulse >= 0.5 ? strongBeat(open.pulse) : undefined;
  const onBeat = strong && chosen.option.direction === "down" ? ` on the ${strong}` : "";
  if (open.stroke.marked) return { text: `${bow}: marked`, weight: 4 };
  if (open.stroke.tied) return { text: `${bow} goes on after the rest: slurred`, weight: 4 };
  if (!before) {
    const why = strong
      ? `${bow} although on the ${strong}: prepares what follows`
      : `${bow}: the piece begins off the strong beat`;
    return { text: onBeat ? `${bow}${onBeat}` : why, weight: 2 };
  }
  if (chosen.option.direction === before.chosen.option.direction)
    return { text: `${bow} again${onBeat || ": prepares what follows"}`, weight: 3 };
  const despite = strong && !onBeat ? ` although on the ${strong}` : "";
  return { text: `${bow}: alternates${onBeat}${despite}`, weight: 2 };
}

/** What the arm refused here before: why it is not bowed as one would expect. */
function objectionClause(objections: readonly Objection[]): Clause | undefined {
  const ways = objections.map(
    ({ from, to, before, after, bowM }) =>
      `${from} ${before}-bow to ${to} ${after}-bow at ${(100 * bowM).toFixed(0)} cm`,
  );
  return ways.length === 0
    ? undefined
    : { text: `not ${ways.join(" nor ")}: the arm cannot follow`, weight: 3.2 };
}

function lockClauses({ override }: ScoreNote): readonly Clause[] {
  return Object.keys(override ?? {}).map((what) => ({ text: `${what} locked`, weight: 4.5 }));
}

const strongBeat = (pulse: number): string => (pulse === 1 ? "first beat" : "half bar");

function speedClause({ open, chosen, speed, bowSpeedMps, travelM }: DecidedStroke): Clause | undefined {
  if (lockedSpeedMps(open.stroke) !== undefined) return undefined; // told as a lock
  const asked = `${mps(speed.dynamicMps)} by dynamic`;
  const drift = Math.abs(Math.log(bowSpeedMps / speed.dynamicMps)); // how far the listener is from the dynamic
  if (speed.limit === "hair") {
    const room = `${speed.durationS.toFixed(1)} s must fit ${cm(travelM)} of bow`;
    return { text: `slowed to ${mps(bowSpeedMps)} from ${asked}: ${room}`, weight: 1 + 5 * drift };
  }
  const wanted = chosen.travel === 0; // to the nearest bin of hair
  if (speed.limit === "hand" && wanted) {
    const text = `slowed to ${mps(bowSpeedMps)} from ${asked}: the note is too short to speed up more`;
    return { text, weight: 1 + 2 * drift };
  }
  if (wanted || drift < UNHEARD) {
    const asks = movesWithin(open.stroke)
      ? "on the mean, as its dynamics and marks ask"
      : "as its dynamic asks";
    return { text: `${mps(bowSpeedMps)} ${asks}`, weight: 0.5 };
  }
  const change = bowSpeedMps < speed.dynamicMps ? "slowed" : "quickened";
  const purpose = bowSpeedMps < speed.wantedMps ? "to save bow" : "to bring the bow back";
  return { text: `${change} to ${mps(bowSpeedMps)} from ${asked} ${purpose}`, weight: 1 + 5 * drift };
}

function stringClause({ open, chosen }: DecidedStroke, i: number): Clause | undefined {
  const level = chosen.option.levels[i]!;
  const { string: written, stringByHand } = open.stroke.notes[i]!.note;
  const string = topString(level);
  const pair = stringsOf(level).length === 2 ? `${stringsOf(level).join(" and ")} strings` : undefined;
  if (stringByHand) return { text: `${pair ?? `${string} string`}: chosen by the left hand`, weight: 3.5 };
  if (written) return { text: pair ? `${pair}: ${string} marked` : `${string} string: marked`, weight: 3.5 };
  if (level !== open.candidates[i]![0])
    return { text: `${pair ?? `${string} string`}: saves string crossings`, weight: 2.5 };
  if (pair) return { text: `${pair}: a double stop, the highest pair that holds both notes`, weight: 2.4 };
  return { text: `${string} string: the highest open string not above it`, weight: 0.1 };
}

function liftClause({ chosen, before, airM }: DecidedStroke): Clause | undefined {
  if (!chosen.liftedBefore || !before) return undefined;
  const where =
    Math.abs(airM) < 0.005
      ? ""
      : ` and set down ${cm(Math.abs(airM))} nearer the ${airM < 0 ? "frog" : "tip"}`;
  return { text: `lifted in the ${before.change.gapS.toFixed(2)} s rest${where}`, weight: 2.2 };
}

function forceClause({ limit, forceN, minForceN, maxForceN }: NoteForce): Clause | undefined {
  const force = `${forceN.toFixed(2)} N`;
  if (limit === "lowered")
    return {
      text: `pressed only ${force}, to stay well below Schelleng's limit of ${maxForceN.toFixed(2)} N at this speed`,
      weight: 1.2,
    };
  if (limit === "raised")
    return {
      text: `pressed ${force}, more than its dynamic: the string needs ${minForceN.toFixed(2)} N`,
      weight: 1,
    };
  if (limit === "evened")
    return { text: `pressed ${force}, so that the bow lies along both strings`, weight: 0.6 };
  return limit === "heaviest"
    ? {
        text: `pressed no more than ${force}: the heaviest that is allowed and leaves the strings beside it free`,
        weight: 1,
      }
    : undefined;
}

/** The named costs that this stroke and the way into it paid. */
function paidClause(decided: DecidedStroke, weights: BowingWeights): Clause | undefined {
  const paid = paidCosts(decided, weights).filter(({ cost }) => cost >= NEGLIGIBLE);
  if (paid.length === 0) return undefined;
  const list = paid.sort((a, b) => b.cost - a.cost).map(({ name, cost }) => `${name} ${cost.toFixed(2)}`);
  return { text: `paid ${list.join(", ")}`, weight: 0.2 };
}

function paidCosts({ chosen, before, speed, bowSpeedMps }: DecidedStroke, weights: BowingWeights): Cost[] {
  const { option, travel, startBin, endBin } = chosen;
  const into =
    before &&
    (chosen.liftedBefore ? liftedCosts : heldCosts)(before.change, before.chosen.option, option, weights);
  return [
    ...option.fixed,
    ...(into ?? []),
    { name: bowSpeedMps < speed.wantedMps ? "slower" : "faster", cost: option.speedCost[travel]! },
    {
      name: "place",
      cost: option.startPlace[startBin]! + option.endPlace[endBin]! - option.placeRelief[travel]!,
    },
  ];
}

const mps = (speed: number): string => `${speed.toFixed(3)} m/s`;
const cm = (metres: number): string => `${(metres * 100).toFixed(0)} cm`;
