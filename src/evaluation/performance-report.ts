import type { BowLevel } from "../score/bow-level.ts";
import type { BowDirection, StringName } from "../score/score.ts";
import type { Margins } from "../trajectory/joint-trajectory.ts";

/** How a performance went, against its plan. SI units; times are score seconds unless the name says otherwise. */
export interface PerformanceReport {
  readonly title: string;
  readonly verdict: Verdict;
  /** Who says how the hair lay on the strings. "unknown": nobody, so nothing achieved could be judged. */
  readonly contacts: "simulated" | "estimated" | "unknown";
  readonly clock: ClockReport;
  readonly notes: readonly NoteReport[];
  readonly completeness: { readonly played: number; readonly planned: number };
  readonly onsets: OnsetReport;
  readonly crossings: readonly CrossingReport[];
  readonly deadTime: DeadTimeReport;
  /** Direction changes inside a stroke that nobody wrote. */
  readonly reversals: readonly ReversalReport[];
  readonly wrongStrings: { readonly totalS: number; readonly events: readonly WrongStringReport[] };
  /** Largest `NoteReport.straightnessM`, and its note; null = no note could be measured. */
  readonly straightness: { readonly maxM: number; readonly noteIndex: number } | null;
  /** As planned: the tightest place at each limit. */
  readonly margins: Margins;
  /** Base to wrist 3, as measured. */
  readonly achievedJointSpeed: readonly JointSpeedReport[];
  readonly tracking: TrackingReport;
  readonly streaming: StreamingReport;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly provenance: { readonly bowPlanSha256: string; readonly trajectorySha256: string };
}

export interface Verdict {
  readonly outcome: "as-written" | "with-faults" | "incomplete" | "not-judged";
  /** One sentence for a person. */
  readonly sentence: string;
  readonly checks: readonly Check[];
}

/** One figure against its limit. */
export interface Check {
  readonly name: string;
  /** In `unit`; null = could not be measured. */
  readonly value: number | null;
  readonly limit: number;
  readonly unit: "notes" | "ms" | "mm" | "times" | "%";
  readonly passed: boolean;
}

export interface ClockReport {
  /** "robot": score seconds run with the robot's clock. "path": the performance was held up and path time rules. */
  readonly kind: "robot" | "path";
  /** Robot clock when the arm is at score second 0 [s]. */
  readonly scoreZeroRobotS: number;
  readonly servoLagS: number;
  /** Robot time spent slower than the score while it was being played [s], and how often it was held up. */
  readonly heldUpS: number;
  readonly holdUps: number;
}

export interface NoteReport {
  /** Position in `BowPlan.notes`, and in the score. */
  readonly index: number;
  readonly noteIndex: number;
  readonly midi: number;
  /** "bow": a new stroke or a new string begins it. "left hand": slurred on one string, no bow event at its onset. */
  readonly startsWith: "bow" | "left hand";
  readonly endsWith: "bow" | "left hand";
  readonly onset: Moment;
  readonly offset: Moment;
  /** Direction and string of most of its middle were as planned, and its onset was found. */
  readonly played: boolean;
  readonly string: { readonly planned: StringName; readonly achieved: StringName | null };
  readonly direction: { readonly planned: BowDirection; readonly achieved: BowDirection | null };
  /** Mean over the central half of the note. */
  readonly speedMps: Pair;
  readonly forceN: Pair;
  readonly contactM: Pair;
  /**
   * Largest distance along the string between the hair and where the plan has it at that moment, over the central half
   * of the note [m].
   */
  readonly straightnessM: number | null;
  /** Schelleng's limits at the achieved speed and contact point [N]; null = not bowed. */
  readonly band: ForceBand | null;
  /** The lower note of a double stop; absent on one string. */
  readonly lower?: {
    readonly midi: number;
    readonly string: StringName;
    readonly forceN: Pair;
    readonly band: ForceBand | null;
  };
}

export interface ForceBand {
  readonly minForceN: number;
  readonly maxForceN: number;
  readonly inside: boolean;
}

/** Where the score wants it, where the command put it (servo lag allowed for), where the hair did it. */
export interface Moment {
  readonly plannedS: number;
  readonly commandedS: number;
  readonly achievedS: number | null;
  /** Achieved − planned [s]; > 0 is late. */
  readonly errorS: number | null;
}

export interface Pair {
  readonly planned: number;
  readonly achieved: number | null;
}

/** Errors of onsets that the bow makes. Null = too few. */
export interface OnsetReport {
  readonly count: number;
  readonly medianAbsS: number | null;
  readonly p95AbsS: number | null;
  readonly maxAbsS: number | null;
  readonly meanS: number | null;
  /** How much later the last came than if the first had set the pace: see `driftOf`. */
  readonly driftS: number | null;
}

export interface CrossingReport {
  /** Index in `BowPlan.notes` of the note it leads to. */
  readonly to: number;
  readonly atS: number;
  /** Levels of the bow: a string, or two for a double stop. */
  readonly from: BowLevel;
  readonly into: BowLevel;
  readonly lifted: boolean;
  /**
   * From the last moment the old string bears half its planned force to the first the new one does; null = one never does, or, to or
   * from a double stop, a string that goes on sounding leaves nothing to exchange.
   */
  readonly exchangeS: number | null;
  /** None of the strings sounds, from the middle of the note before to the middle of the note after, rest excluded. */
  readonly silentS: number;
  /** A string that is left and one that is reached both bear hair. */
  readonly bothTouchedS: number;
  /** How long before the bow turned the new string bore more than the old one; see `crossingLeadS`. */
  readonly leadS: number | null;
  readonly onsetErrorS: number | null;
}

export interface DeadTimeReport {
  /** All notes, rests excluded [s]. */
  readonly playedS: number;
  readonly deadS: number;
  /** [-] */
  readonly share: number;
  /** Hair at rest on the string in bow changes: not counted as dead [s]. */
  readonly bowChangeS: number;
}

export interface ReversalReport {
  readonly index: number;
  readonly atS: number;
  readonly durationS: number;
  readonly peakSpeedMps: number;
}

export interface WrongStringReport {
  readonly string: StringName;
  readonly atS: number;
  readonly durationS: number;
  readonly peakForceN: number;
  /** Index in `BowPlan.notes` of the note being played then. */
  readonly index: number;
}

export interface JointSpeedReport {
  readonly maxRadps: number;
  readonly limitRadps: number;
  readonly atS: number;
}

/** Joint angles against what was wanted of them, per joint [rad]. */
export interface TrackingReport {
  /** Against the controller's own target of the same moment. */
  readonly rms_rad: readonly number[];
  readonly max_rad: readonly number[];
  /** Against the planned path, one servo lag after it was commanded. */
  readonly pathRms_rad: readonly number[];
  readonly pathMax_rad: readonly number[];
  /** How far the joints are behind their targets, as measured over the whole [s]; null = they did not move. */
  readonly lagS: number | null;
}

export interface StreamingReport {
  readonly states: number;
  readonly periodS: number;
  readonly lostSamples: number;
  /** Places where the robot clock steps by other than a period. */
  readonly gaps: number;
  readonly longestGapS: number;
  /** Least path time buffered while knots were still to come [s]; null = all knots were there from the start. */
  readonly minAheadS: number | null;
  /** Times the buffer ran dry on the path. */
  readonly starvations: number;
  /** Figures of the sending host, as it wrote them into `settings.streaming`. */
  readonly host: Readonly<Record<string, number>>;
}
