import { seededRandom } from "../src/math/random.ts";
import { provenanceOf } from "../src/provenance.ts";
import type { Score, ScoreNote } from "../src/score/score.ts";

const NOTES = 16;
const TICKS = 480;
/** Lengths in ticks: eighths, quarters, halves. */
const LENGTHS = [TICKS / 2, TICKS, 2 * TICKS];
/** Lowest and highest note of a register [MIDI]. */
const REGISTERS = { low: [36, 52], middle: [43, 62], high: [52, 72], whole: [36, 72] } as const;
type Register = keyof typeof REGISTERS;

export interface Etude {
  readonly score: Score;
  readonly bpm: number;
  readonly register: Register;
  /** Share of notes that leap a fifth or more [-]. */
  readonly leaps: number;
}

/** Sixteen notes over one register at one tempo, with few or many leaps: the same for the same seed. */
export function etudeOf(seed: number): Etude {
  const random = seededRandom(seed);
  const bpm = Math.round(50 + 90 * random());
  const register = (Object.keys(REGISTERS) as Register[])[Math.floor(4 * random())]!;
  const leaps = random();
  const [lowest, highest] = REGISTERS[register];
  let [tick, midi] = [0, Math.round((lowest + highest) / 2)];
  const notes = Array.from({ length: NOTES }, (_, index): ScoreNote => {
    const startTick = tick;
    tick += LENGTHS[Math.floor(LENGTHS.length * random())]!;
    const step =
      (random() < 0.5 ? -1 : 1) *
      (random() < leaps ? 7 + Math.floor(8 * random()) : 1 + Math.floor(2 * random()));
    midi = midi + step < lowest || midi + step > highest ? midi - step : midi + step;
    midi = Math.min(highest, Math.max(lowest, midi));
    return {
      ...{ index, startTick, endTick: tick, midi, velocity: 80 },
      ...{ dynamic: "mf", articulation: "detache", slurredFromPrevious: false },
    };
  });
  const score: Score = {
    ...{ title: `étude ${seed}`, composer: "robot-cellist", ticksPerQuarter: TICKS },
    tempos: [{ tick: 0, usPerQuarter: 6e7 / bpm }],
    meters: [{ tick: 0, beatsPerBar: 4, beatUnit: 4 }],
    ...{ keys: [], notes, endTick: tick, ignored: [], provenance: provenanceOf({ seed }) },
  };
  return { score, bpm, register, leaps };
}
