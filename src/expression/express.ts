import { seededRandom } from "../math/random.ts";
import { provenanceOf } from "../provenance.ts";
import { dynamicAtLevel, loudnessOf } from "../score/dynamics.ts";
import { barTicks, beatTicks } from "../score/position.ts";
import { DYNAMICS, type MeterChange, type Score, type ScoreNote } from "../score/score.ts";
import type { TempoChange } from "../score/tempo.ts";
import type { ExpressionSettings } from "./expression-settings.ts";
import { barStarts, phraseStarts } from "./phrases.ts";

/**
 * At amount 1: how much slower the ends of a phrase are than its middle [-], and how many dynamics softer.
 *
 * @source phrase arch of the KTH rules (Friberg 1995): parabolas in tempo and level; sizes @assumed
 */
const PHRASE_SLOWING = 0.08;
const PHRASE_LEVELS = 0.5;
/**
 * Final tempo ÷ tempo before at amount 1, and the curve's exponent. The final tempo is that of the last note; an amount is its power, so
 * that 2 ends at a quarter.
 *
 * @source Friberg & Sundberg 1999: v(x) = (1 + (w^q − 1) · x)^(1/q), q = 3 and w about 0.5 liked best
 */
const RITARD_FINAL = 0.5;
const RITARD_Q = 3;
/**
 * Bars that lead to the last onset in which it slows down; in a shorter piece, all that comes before it. They end there, not with the last
 * note: a slowing that begins when nothing begins any more is heard by nobody. @assumed half a phrase
 */
const RITARD_BARS = 2;
/** Dynamics louder at amount 1: a bar's first beat, and a note leapt up to. @assumed */
const BEAT_LEVELS = 0.25;
const LEAP_LEVELS = 0.25;
const LEAP_SEMITONES = 5;
/** Change of a beat's length by chance at amount 1, standard deviation [-]. @assumed about 20 ms a beat at 90 beats a minute */
const VARIATION = 0.03;

/**
 * The score as a person might play it, by rules with one amount each: tempos beat by beat, loudness note by note. Ticks, pitches
 * and marks stay. Amounts of 0 give the score back as it is; the same seed gives the same performance.
 */
export function express(score: Score, settings: ExpressionSettings): Score {
  const { phrase, ritard, accent, variation } = settings;
  if (phrase === 0 && ritard === 0 && accent === 0 && variation === 0) return score;
  const amounts = Object.entries(settings).filter(([, amount]) => Number(amount) > 0);
  const said = amounts.map(([rule, amount]) => `${rule} ${amount as number}`).join(", ");
  return {
    ...score,
    tempos: expressedTempos(score, settings),
    notes: score.notes.map((note, i) => louder(note, levelsAt(score, note, score.notes[i - 1], settings))),
    ignored: [
      ...score.ignored,
      `expression by rules: ${said}; tempo and loudness are not only the written ones`,
    ],
    provenance: provenanceOf("expression", score.provenance, settings),
  };
}

function expressedTempos(score: Score, settings: ExpressionSettings): readonly TempoChange[] {
  const random = seededRandom(settings.seed ?? 0);
  const ticks = new Set([...score.tempos.map(({ tick }) => tick), ...beatsOf(score)]);
  return [...ticks]
    .sort((a, b) => a - b)
    .map((tick): TempoChange => {
      const { usPerQuarter } = score.tempos.findLast((tempo) => tempo.tick <= tick)!;
      const chance = settings.variation > 0 ? 1 + settings.variation * VARIATION * normal(random) : 1;
      const slower = phraseSlowing(score, tick, settings) * ritardSlowing(score, tick, settings);
      return { tick, usPerQuarter: Math.max(1, Math.round(usPerQuarter * slower * chance)) };
    });
}

/** The beginning of every beat. */
function beatsOf({ meters, endTick, ticksPerQuarter }: Score): readonly number[] {
  return meters.flatMap((meter, i) => {
    const [beat, end] = [beatTicks(ticksPerQuarter, meter), meters[i + 1]?.tick ?? endTick];
    return Array.from({ length: Math.ceil((end - meter.tick) / beat) }, (_, k) =>
      Math.round(meter.tick + k * beat),
    );
  });
}

/** Place in its phrase, −1 at its beginning to 1 at its end. */
function phrasePlace(score: Score, tick: number): number {
  const starts = phraseStarts(score, score.endTick);
  const start = starts.findLast((one) => one <= tick) ?? 0;
  const end = starts.find((one) => one > tick) ?? score.endTick;
  return (2 * (tick - start)) / Math.max(1, Math.min(end, score.endTick) - start) - 1;
}

const phraseSlowing = (score: Score, tick: number, { phrase }: ExpressionSettings): number =>
  1 + phrase * PHRASE_SLOWING * phrasePlace(score, tick) ** 2;

/** Of a whole beat, as in its middle: at its beginning the first of the ritard would be as fast as before. */
function ritardSlowing(score: Score, tick: number, { ritard }: ExpressionSettings): number {
  const endTick = score.notes.at(-1)!.startTick;
  if (ritard === 0 || endTick === 0) return 1;
  const startTick = Math.max(
    0,
    endTick - RITARD_BARS * barTicks(score.ticksPerQuarter, meterAt(score, endTick)),
  );
  const middle = tick + beatTicks(score.ticksPerQuarter, meterAt(score, tick)) / 2;
  const x = Math.min(1, Math.max(0, (middle - startTick) / (endTick - startTick)));
  const final = RITARD_FINAL ** ritard;
  return 1 / (1 + (final ** RITARD_Q - 1) * x) ** (1 / RITARD_Q);
}

const meterAt = ({ meters }: Score, tick: number): MeterChange => meters.findLast((one) => one.tick <= tick)!;

function levelsAt(
  score: Score,
  note: ScoreNote,
  before: ScoreNote | undefined,
  { phrase, accent }: ExpressionSettings,
): number {
  const onFirst = barStarts(score, score.endTick).includes(note.startTick) ? BEAT_LEVELS : 0;
  const leapt = before && note.midi - before.midi >= LEAP_SEMITONES ? LEAP_LEVELS : 0;
  const middle = (note.startTick + note.endTick) / 2;
  return accent * (onFirst + leapt) - phrase * PHRASE_LEVELS * phrasePlace(score, middle) ** 2;
}

/** A note some levels louder, inside pp to ff. */
function louder(note: ScoreNote, levels: number): ScoreNote {
  if (levels === 0) return note;
  const inside = (level: number): number => Math.min(Math.max(level + levels, 0), DYNAMICS.length - 1);
  const own = loudnessOf(note);
  const { fromLevel, toLevel, turns } = note.swell ?? { fromLevel: own, toLevel: own };
  const swell = {
    fromLevel: inside(fromLevel),
    toLevel: inside(toLevel),
    ...(turns && { turns: turns.map(({ share, level }) => ({ share, level: inside(level) })) }),
  };
  const louder = { ...note, swell };
  return { ...louder, dynamic: dynamicAtLevel(loudnessOf(louder)) };
}

/** Standard normal, bounded to three deviations. @source Box & Muller */
function normal(random: () => number): number {
  const value = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(3, Math.max(-3, value));
}
