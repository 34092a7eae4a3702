import { describe, expect, it } from "vitest";
import {
  noteAgreement,
  NOTE_TOLERANCES_WITH_OFFSETS,
  onsetAgreement,
  type HeardNote,
} from "../../../src/evaluation/audio/transcription-measures.ts";
import { seededRandom } from "../../../src/math/random.ts";

/** Values of mir_eval 0.8.2 for `takes(seed)`: precision, recall, F, overlap. Made by `bench/sound/mir-eval-values.py`. */
// prettier-ignore
const MIR_EVAL = [
  { seed: 1, plain: [0.5384615384615384, 0.4666666666666667, 0.5, 0.6434311744760369], full: [0.25, 0.21666666666666667, 0.23214285714285715, 0.8394014284195597],
    onsets: [0.7115384615384616, 0.6166666666666667, 0.6607142857142857] },
  { seed: 2, plain: [0.603448275862069, 0.5833333333333334, 0.5932203389830508, 0.6879437041099449], full: [0.27586206896551724, 0.26666666666666666, 0.2711864406779661, 0.8487689999981864],
    onsets: [0.6724137931034483, 0.65, 0.6610169491525424] },
  { seed: 3, plain: [0.5094339622641509, 0.45, 0.47787610619469023, 0.7020928963228447], full: [0.2641509433962264, 0.23333333333333334, 0.24778761061946902, 0.7928375700966034],
    onsets: [0.6415094339622641, 0.5666666666666667, 0.6017699115044247] },
] as const;

/** A true take of 60 notes, and one that was heard: moved, detuned, some missing, some too many. */
function takes(seed: number): { readonly truth: HeardNote[]; readonly heard: HeardNote[] } {
  const random = seededRandom(seed);
  const [truth, heard]: [HeardNote[], HeardNote[]] = [[], []];
  let at = 0.5;
  for (let i = 0; i < 60; i++) {
    const length = 0.08 + 0.5 * random();
    const hz = 440 * 2 ** ((36 + Math.floor(30 * random()) - 69) / 12);
    truth.push({ onsetS: at, offsetS: at + length, hz });
    if (random() > 0.15) {
      const onsetS = at + 0.14 * (random() - 0.5);
      const offsetS = Math.max(onsetS + 0.02, at + length + 0.3 * (random() - 0.5));
      heard.push({ onsetS, offsetS, hz: hz * 2 ** ((120 * (random() - 0.5)) / 1200) });
    }
    if (random() < 0.1) heard.push({ onsetS: at + 0.04, offsetS: at + 0.2, hz });
    at += length + (random() < 0.3 ? 0.2 * random() : 0);
  }
  return { truth, heard };
}

describe("agreement of notes", () => {
  it.each(MIR_EVAL)("has the values of mir_eval, seed $seed", ({ seed, plain, full, onsets }) => {
    const { truth, heard } = takes(seed);
    const close = (a: ReturnType<typeof noteAgreement>, values: readonly number[]): void =>
      [a.precision, a.recall, a.fMeasure, a.averageOverlap].forEach((x, i) =>
        expect(x).toBeCloseTo(values[i]!, 9),
      );
    close(noteAgreement(truth, heard), plain);
    close(noteAgreement(truth, heard, NOTE_TOLERANCES_WITH_OFFSETS), full);
    const byOnset = onsetAgreement(
      truth.map((n) => n.onsetS),
      heard.map((n) => n.onsetS),
    );
    [byOnset.precision, byOnset.recall, byOnset.fMeasure].forEach((x, i) =>
      expect(x).toBeCloseTo(onsets[i]!, 9),
    );
  });

  it("pairs so that most notes are right, not first come first served", () => {
    // the second true onset can only have the first that was heard; the first can have either
    expect(onsetAgreement([1, 1.04], [1.0, 0.96]).fMeasure).toBe(1);
  });

  it("is 0, not undefined, where nothing was heard or nothing was to be", () => {
    const note = { onsetS: 0, offsetS: 1, hz: 100 };
    expect(noteAgreement([note], []).fMeasure).toBe(0);
    expect(noteAgreement([], [note]).fMeasure).toBe(0);
  });
});
