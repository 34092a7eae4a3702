import type { BowedNote, BowPlan, Lift } from "../../src/bowing/bow-plan.ts";
import type { PerformanceRecord } from "../../src/evaluation/performance-record.ts";
import type { JointTrajectory } from "../../src/trajectory/joint-trajectory.ts";
import { STRING_NAMES, type BowDirection, type StringName } from "../../src/score/score.ts";

export const PERIOD_S = 0.002;
/** The record begins at robot time 100 s and path time 0; the score begins at path time 2 s; the arm lags 30 ms. */
export const ROBOT_START_S = 100;
export const SCORE_START_S = 2;
export const LAG_S = 0.03;
const KNOT_S = 0.02;
/** Bow speed rises and falls by this at the ends of a stroke [m/s²]. */
const RAMP_MPS2 = 4;
/** Force moves from string to string over ±20 ms around the onset [s]. */
const HANDOVER_S = 0.02;
/** Beside a rest the hair lies still on its string so long [s]. */
const LANDED_S = 0.02;

type Spec = readonly [
  startS: number,
  endS: number,
  string: StringName,
  direction: BowDirection,
  stroke: number,
];

/** A plan of notes at 0.2 m/s and 1 N, 80 mm from the bridge, Schelleng's band 0.1 to 4 N. */
export function planOf(specs: readonly Spec[], lifts: readonly Lift[] = []): BowPlan {
  const notes = specs.map(([startS, endS, string, direction, stroke], noteIndex): BowedNote => ({
    noteIndex,
    midi: 36 + 7 * STRING_NAMES.indexOf(string) + (noteIndex % 5),
    string,
    direction,
    stroke,
    startS,
    endS,
    bowStartM: direction === "down" ? 0.2 : 0.2 + 0.2 * (endS - startS),
    bowEndM: direction === "down" ? 0.2 + 0.2 * (endS - startS) : 0.2,
    bowSpeedMps: 0.2,
    contactM: 0.08,
    forceN: 1,
    minForceN: 0.1,
    maxForceN: 4,
    dynamic: "mf",
    articulation: "detache",
    why: [],
  }));
  return {
    title: "Study <1> & more",
    notes,
    lifts,
    objections: [],
    foresight: true,
    provenance: { sha256: "ab".repeat(32) },
  };
}

/** Quarter notes of half a second on D, down and up in turn. */
export const quarters = (count: number): BowPlan =>
  planOf(Array.from({ length: count }, (_, i) => [0.5 * i, 0.5 * i + 0.5, "D", i % 2 ? "up" : "down", i]));

/** Hair on the four strings at one moment, to be changed by a test. */
export interface HairRow {
  readonly forceN: [number, number, number, number];
  readonly bowSpeedMps: [number, number, number, number];
  readonly contactM: [number, number, number, number];
}

export interface Deviation {
  /** Where in the score the hair is when it should be at `scoreS`. */
  readonly playsAt?: (scoreS: number) => number;
  readonly edit?: (row: HairRow, scoreS: number) => void;
  /** Path time commanded at each robot time since the record's start. */
  readonly pathAt?: (sinceS: number) => number;
  readonly keep?: (k: number) => boolean;
  readonly aheadS?: (k: number) => number;
  readonly lengthS?: number;
}

/** A record of a performance that follows its plan exactly, but for what the test changes. */
export function performanceOf(plan: BowPlan, deviation: Deviation = {}): PerformanceRecord {
  const { playsAt = (s) => s, edit, pathAt = (s) => s, keep = () => true } = deviation;
  const endS = SCORE_START_S + (plan.notes.at(-1)?.endS ?? 0) + 1;
  const count = Math.round((deviation.lengthS ?? endS) / PERIOD_S);
  const kept = Array.from({ length: count }, (_, k) => k).filter(keep);
  const since = (k: number): number => k * PERIOD_S;
  const rows = kept.map((k): HairRow => {
    const scoreS = pathAt(Math.max(0, since(k) - LAG_S)) - SCORE_START_S;
    const row = rowAt(plan, playsAt(scoreS));
    edit?.(row, scoreS);
    return row;
  });
  const table = (width: number, of: (k: number, i: number) => readonly number[]): Float64Array =>
    Float64Array.from(kept.flatMap((k, i) => of(k, i).slice(0, width)));
  const joints = (k: number, lagS: number): number[] =>
    [0, 1, 2, 3, 4, 5].map((j) => 0.1 * (j + 1) * Math.sin(since(k) - lagS));
  return {
    plan,
    trajectory: {
      title: plan.title,
      ...sineKnots(Math.ceil(endS / KNOT_S)),
      scoreStartS: SCORE_START_S,
      margins: {
        jointSpeed: { joint: 2, atS: 1.25, value: 1.2, limit: Math.PI },
        jointAcceleration: { joint: 4, atS: 0.5, value: 11, limit: 40 },
        jointJerk: { joint: 5, atS: 0.5, value: 600, limit: 4000 },
        jointPosition: { joint: 0, atS: 0.5, value: 3, limit: 6.28 },
        tcpSpeed: { maxMps: 0.4, limitMps: 1.5, atS: 1 },
        singularity: { minSigma: 0.12, limitSigma: 0.03, atS: 0, minElbow_rad: 0.6, elbowAtS: 0 },
        clearance: { minM: 0.021, requiredM: 0.005, pair: ["frog", "rib"], atS: 0.7 },
      },
      provenance: { sha256: "cd".repeat(32) },
    },
    settings: { profile: "test" },
    robotTimeS: table(1, (k) => [ROBOT_START_S + since(k)]),
    q_rad: table(6, (k) => joints(k, LAG_S)),
    qd_radps: table(6, (k) => [0, 1, 2, 3, 4, 5].map((j) => 0.1 * (j + 1) * Math.cos(since(k) - LAG_S))),
    targetQ_rad: table(6, (k) => joints(k, 0)),
    pathTimeS: table(1, (k) => [pathAt(since(k))]),
    rate: table(1, (k) => [(pathAt(since(k) + PERIOD_S) - pathAt(since(k))) / PERIOD_S]),
    aheadS: table(1, (k) => [deviation.aheadS?.(k) ?? Math.min(0.4, Math.max(0, endS - pathAt(since(k))))]),
    contacts: {
      source: "simulated",
      forceN: table(4, (_, i) => rows[i]!.forceN),
      bowSpeedMps: table(4, (_, i) => rows[i]!.bowSpeedMps),
      contactM: table(4, (_, i) => rows[i]!.contactM),
      bowPositionM: table(4, (k) => [0, 0, 0, 0].map(() => bowAt(plan, since(k) - LAG_S - SCORE_START_S))),
    },
    servoLagS: LAG_S,
  };
}

/** Joint j goes as 0.1 (j + 1) sin t. */
function sineKnots(count: number): Pick<JointTrajectory, "timeS" | "q_rad" | "qd_radps" | "qdd_radps2"> {
  const timeS = Float64Array.from({ length: count + 1 }, (_, k) => k * KNOT_S);
  const rows = (of: (t: number) => number): Float64Array =>
    Float64Array.from([...timeS].flatMap((t) => [1, 2, 3, 4, 5, 6].map((j) => 0.1 * j * of(t))));
  return {
    timeS,
    q_rad: rows(Math.sin),
    qd_radps: rows(Math.cos),
    qdd_radps2: rows((t) => -Math.sin(t)),
  };
}

function rowAt({ notes }: BowPlan, scoreS: number): HairRow {
  const row: HairRow = {
    forceN: [0, 0, 0, 0],
    bowSpeedMps: [0, 0, 0, 0],
    contactM: [0.08, 0.08, 0.08, 0.08],
  };
  notes.forEach((note, i) => {
    const string = STRING_NAMES.indexOf(note.string);
    const [from, to] = [edge(notes[i - 1], note), edge(note, notes[i + 1])];
    const takesOver = from === "joined" ? (scoreS - note.startS) / (2 * HANDOVER_S) + 0.5 : Infinity;
    const handsOver = to === "joined" ? (note.endS - scoreS) / (2 * HANDOVER_S) + 0.5 : Infinity;
    const within = scoreS >= note.startS && scoreS < note.endS;
    const share = Math.min(1, takesOver, handsOver);
    const early = from === "apart" ? LANDED_S : 0;
    const late = to === "apart" ? LANDED_S : 0;
    const open =
      (from === "joined" || scoreS >= note.startS - early) && (to === "joined" || scoreS < note.endS + late);
    if (open && share > 0) row.forceN[string] = Math.max(row.forceN[string]!, note.forceN * share);
    if (!within) return;
    const stroke = notes.filter((n) => n.stroke === note.stroke);
    const [startS, endS] = [stroke[0]!.startS, stroke.at(-1)!.endS];
    const speed = Math.min(note.bowSpeedMps, RAMP_MPS2 * (scoreS - startS), RAMP_MPS2 * (endS - scoreS));
    row.bowSpeedMps.fill(note.direction === "down" ? speed : -speed);
  });
  return row;
}

/** How two notes meet: with a rest between, on one string, or by handing the hair over. */
function edge(a: BowedNote | undefined, b: BowedNote | undefined): "apart" | "same" | "joined" {
  if (!a || !b || b.startS - a.endS > 1e-9) return "apart";
  return a.string === b.string ? "same" : "joined";
}

function bowAt({ notes }: BowPlan, scoreS: number): number {
  const note = notes.findLast((n) => n.startS <= scoreS) ?? notes[0]!;
  const share = Math.min(1, Math.max(0, (scoreS - note.startS) / (note.endS - note.startS)));
  return note.bowStartM + share * (note.bowEndM - note.bowStartM);
}
