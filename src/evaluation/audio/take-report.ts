import type { Dynamic } from "../../score/score.ts";
import type { Fault } from "./note-faults.ts";
import type { HeardTone } from "./heard-tone.ts";
import type { TakeClock } from "./take-clock.ts";
import type { ToneWord } from "./tone-words.ts";
import type { Agreement } from "./transcription-measures.ts";

/** What ears alone say of a recording, against its score. Times are seconds of the recording unless called otherwise. */
export interface TakeReport {
  readonly title: string;
  readonly durationS: number;
  readonly loudness: {
    readonly integratedLufs: number;
    readonly loudestShortTermLufs: number;
    readonly rangeLu: number;
    readonly truePeakDbtp: number;
  };
  readonly clock: TakeClock & {
    /** "bag": the performance's own clock; "ears": the steady tempo that fits the onsets best. */
    readonly source: "bag" | "ears";
  };
  readonly onsets: {
    readonly medianAbsS: number;
    readonly p95AbsS: number;
    /** Mean lateness of the last four notes − of the first four [s]. */
    readonly driftS: number;
    /** Largest lateness gained over the take, note by note [s]. */
    readonly worstDriftS: number;
  };
  readonly intonation: {
    readonly medianAbsCents: number | null;
    readonly meanCents: number | null;
    readonly within25Cents: number;
  };
  /** Mean level of the notes of each marking [LUFS], and whether louder markings sound louder. */
  readonly dynamics: {
    readonly levels: readonly {
      readonly dynamic: Dynamic;
      readonly notes: number;
      readonly meanLufs: number;
    }[];
    /** Rank correlation of marking and level, note by note [-]; null = the score has one marking only. */
    readonly agreement: number | null;
    readonly hairpins: readonly HeardHairpin[];
  };
  /** Medians over the notes. */
  readonly tone: {
    readonly hnrDb: number;
    readonly settlesS: number | null;
    /** Share of notes that settle within 90 ms [-]. */
    readonly settledInTime: number;
    readonly centroidHz: number | null;
  };
  readonly attributes: ToneAttributes;
  /** Notes as ears write them down, against the score on this take's clock. @source mir_eval, 50 ms and 50 cents */
  readonly transcription: {
    readonly notes: Agreement;
    readonly notesWithOffsets: Agreement;
    readonly onsets: Agreement;
  };
  readonly faults: Readonly<Record<string, number>>;
  /** How many notes each word for a bad tone was used for. */
  readonly words: Readonly<Record<string, number>>;
  readonly notes: readonly NoteHearing[];
}

/**
 * The five attributes of a good sound, each from 0 to 1.
 *
 * @source names: Romani Picas et al., AES 138 (2015), good-sounds; the scales are our own
 */
export interface ToneAttributes {
  readonly dynamicStability: number;
  readonly pitchStability: number;
  readonly timbreStability: number;
  readonly timbreRichness: number;
  readonly attackClarity: number;
}

/** A crescendo or diminuendo of the score, in the recording. */
export interface HeardHairpin {
  /** Positions in `Score.notes`. */
  readonly firstNote: number;
  readonly lastNote: number;
  /** Change of level from its start to its end; > 0 grows [dB]. */
  readonly wantedDb: number;
  readonly heardDb: number;
  readonly heard: boolean;
}

export interface NoteHearing extends HeardTone {
  /** Position in `Score.notes`. */
  readonly index: number;
  readonly midi: number;
  readonly dynamic: Dynamic;
  /** Marked for its start and its end, in steps of `DYNAMICS`. */
  readonly fromLevel: number;
  readonly toLevel: number;
  readonly onsetS: number;
  readonly offsetS: number;
  readonly lateS: number;
  readonly fault: Fault | null;
  /** What its tone is called if it is bad; empty = good. */
  readonly words: readonly ToneWord[];
}
