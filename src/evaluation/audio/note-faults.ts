import { OPEN_MIDI } from "../../score/open-strings.ts";
import type { ChangeOfNotes } from "./change-of-notes.ts";
import type { HeardNoteInTake } from "./heard-note-in-take.ts";
import type { HeardTone } from "./heard-tone.ts";
import { usualLevels, type Usual } from "./usual-levels.ts";
import { centsBetween, hzOfMidi, pitchesOf, type WrittenNote } from "./written-note.ts";

/** What can be wrong with a note, as ears tell it; one word each, the weightiest first. */
export const FAULTS = [
  "missing",
  "wrong string",
  "too heavy",
  "too light",
  "wrong pitch",
  "crossing bump",
  "flat",
  "sharp",
  "late",
  "early",
  "gap",
] as const;
export type Fault = (typeof FAULTS)[number];

/**
 * Limits of what is a fault.
 *
 * @assumed; set on seeded faults put into simulated takes of all shipped pieces (`bench/sound/ears.ts`)
 */
const LIMITS = {
  lateS: 0.065,
  /** The same of a pitch that goes on from or into a double stop, where the other string hides its beginning [s]. */
  goesOnLateS: 0.075,
  /** A note whose first tenth of a second is so weak, and that settles so late, began late [dB], [s]. */
  emptyStartDb: -10,
  emptyStartS: 0.12,
  cents: 25,
  wrongCents: 80,
  /** How far under another string's pitch a wrong pitch is taken for that string, a bow made for another flattens it; over it [cents]. */
  stringFlatCents: 140,
  stringSharpCents: 35,
  /** Fingers lie on the strings of so many notes before. */
  fingersOf: 4,
  /** A note without its overtones, and not without hiss: its string is hardly touched, and rings [dB]. */
  dullDb: -7,
  hissFlatnessDb: -14.8,
  /** So quiet, a note is too light however clean it is, if its overtones are no louder than this [dB]. */
  faintDb: -8,
  faintDullDb: -3,
  /** Quieter than this, a pitch of another string is a string that rings under a note that does not speak [dB]. */
  faintOtherDb: -7.5,
  /** A bow on another string makes overtones; a pitch of one without them rings [dB]. */
  ringsDb: -6.5,
  /** Few overtones, and not without hiss, and so much louder at first: more dull than that, a note dies from its beginning [dB]. */
  dyingDb: 8.65,
  dyingBrightDb: -4.5,
  dyingFlatnessDb: -17,
  /** Nearly all is noise: there is no pitch in it, and where it is quiet no tone [dB]. */
  breathFlatnessDb: -6.5,
  breathDb: -3,
  /** An octave above, or a twelfth, is what sounds when a string slips two or three times a period [cents], [dB]. */
  slipsCents: 60,
  slipsDb: 3,
  /** So much brighter than usual, it is a string beside that slips twice [dB]. */
  slipsBrightDb: 5,
  /** Two strings together repeat loosely; what repeats less is no tone of theirs [-]. */
  pairAperiodicity: 0.42,
  /** Louder than this, and with so much noise, two strings off their pitches are pressed [dB]. */
  loudPairDb: 4,
  cleanPairDb: -17,
  heavyDb: 1.5,
  heavyAperiodicity: 0.2,
  /** Noise of this kind is a scratch whatever its pitch; a raucous tone off its pitch too [dB], [-], [cents]. */
  noiseDb: -10,
  noiseAperiodicity: 0.4,
  wildAperiodicity: 0.52,
  /** So much of it repeats that the pitch of another string is one [-], unless so much of it is noise, or it is so loud [dB]. */
  otherAperiodicity: 0.35,
  dinFlatnessDb: -7.5,
  dinDb: 8.5,
  heavyCents: 50,
  /** A string held so hard that it slips once in several periods sounds so far below any other string near it [cents], [dB]. */
  heldCents: -2500,
  heldBrightDb: -4,
  /** So much noise is a scratch though it is hardly louder than usual [dB], [-], [dB]. */
  scratchFlatnessDb: -8.5,
  scratchAperiodicity: 0.4,
  scratchOverDb: -2.5,
  /** A little less noise than that, where nothing ever settles and the note is as loud as usual [dB], [-], [dB]. */
  hissesFlatnessDb: -7.8,
  hissesAperiodicity: 0.25,
  hissesOverDb: -0.5,
  /** A tone like this, no other string's, is raucous however loud: so much brighter than usual [dB]. */
  wildBrightDb: 3,
  /** Scratching and the old string together, where the bow goes over [dB]; of the old string, how near it is, and its fall [-]. */
  bumpDb: 4.6,
  bumpOldWeight: 0.4,
  bumpFallWeight: 0.2,
  gapS: 0.06,
} as const;
/** How far apart the usual levels of near pitches may lie [dB]. @assumed the body's resonances */
const OTHER_PITCH_DB = 3;
const [OCTAVE_CENTS, TWELFTH_CENTS] = [1200, 1902];
/** Pitches of the open strings, lowest first, MIDI numbers. */
const OPEN_STRINGS = Object.values(OPEN_MIDI);

/** The weightiest fault of every note of a take; null = none was heard. */
export function noteFaults(notes: readonly HeardNoteInTake[]): readonly (Fault | null)[] {
  const usual = usualLevels(notes);
  const faults: (Fault | null)[] = [];
  for (const [i, note] of notes.entries()) {
    const fingers = notes
      .slice(Math.max(0, i - LIMITS.fingersOf), i)
      .flatMap(({ segment }) => pitchesOf(segment.note));
    // a note that hardly sounded is no measure of what the old string does next
    const beforeFaint = faults[i - 1] === "missing" || faults[i - 1] === "too light";
    const beside = { before: notes[i - 1], beforeFaint, next: notes[i + 1] };
    faults.push(faultOf(note, usual(i), [...OPEN_STRINGS, ...fingers], beside));
  }
  return faults;
}

/** @param elsewhere pitches that the other strings may have: open, or under fingers that still lie there */
function faultOf(
  { segment, tone, lateS, change }: HeardNoteInTake,
  usual: Usual,
  elsewhere: readonly number[],
  {
    before,
    beforeFaint,
    next,
  }: {
    readonly before: HeardNoteInTake | undefined;
    readonly beforeFaint: boolean;
    readonly next: HeardNoteInTake | undefined;
  },
): Fault | null {
  if (!segment.heard) return "missing";
  const isBegun = !goesOn(segment.note, before?.segment.note);
  const bumps = !beforeFaint && bumpOf(change) > LIMITS.bumpDb;
  const overDb = tone.levelLufs - usual.levelLufs;
  const heardLate = lateS > (isBegun ? LIMITS.lateS : LIMITS.goesOnLateS);
  if (tone.lower)
    return faultOfPair(tone, tone.lower.cents, {
      overDb,
      heardLate,
      early: isBegun && isEarly(lateS),
      bumps,
    });
  const brightDb = tone.overtonesDb - usual.overtonesDb;
  const settlesS = tone.settlesS ?? Infinity;
  const cents = tone.cents ?? 0;
  const other = Math.abs(cents) > LIMITS.wrongCents && isElsewhere(tone.hz, segment.note.midi, elsewhere);
  if (isHeavy(tone, overDb, other) || isHeld(tone, brightDb) || (!other && isWild(tone, brightDb)))
    return "too heavy";
  if (slipsTwiceElsewhere(tone, brightDb, segment.note.midi, elsewhere)) return "wrong string";
  if (slipsOften(tone)) return "too light";
  if (bumps) return "crossing bump";
  if (isBreath(tone, overDb)) return "too light";
  // a string that hardly speaks has no pitch to tell it by
  if (other && overDb > LIMITS.faintOtherDb && brightDb > LIMITS.ringsDb) return "wrong string";
  const spareDb = usual.samePitch ? 0 : OTHER_PITCH_DB;
  if (isLight(tone, overDb + spareDb, brightDb + spareDb) || isDying(tone, brightDb)) return "too light";
  if (Math.abs(cents) > LIMITS.wrongCents) return other ? "wrong string" : "wrong pitch";
  if (Math.abs(cents) > LIMITS.cents) return cents < 0 ? "flat" : "sharp";
  if (heardLate) return "late";
  if (tone.attackOverDb < LIMITS.emptyStartDb && settlesS > LIMITS.emptyStartS) return "late";
  if (isBegun && isEarly(lateS)) return "early";
  return next?.segment.note.slurred && next.segment.onsetS - segment.offsetS > LIMITS.gapS ? "gap" : null;
}

/** To or from a double stop a pitch may go on: when the other one began or ended under it, ears cannot say so nearly. */
function goesOn(note: WrittenNote, before: WrittenNote | undefined): boolean {
  if (!before || (note.lowerMidi === undefined && before.lowerMidi === undefined)) return false;
  return pitchesOf(note).some((midi) => pitchesOf(before).includes(midi));
}

const isEarly = (lateS: number): boolean => lateS < -2 * LIMITS.lateS;

/**
 * What two pitches together tell: whether both strings sound, in tune and in time. The sound as a whole repeats at the pitch that both
 * share, if loosely; where it does not at all, the bow scratches. A pitch that is looked for in vain is of a string that is not bowed.
 */
function faultOfPair(
  tone: HeardTone,
  lowerCents: number | null,
  {
    overDb,
    heardLate,
    early,
    bumps,
  }: {
    readonly overDb: number;
    readonly heardLate: boolean;
    readonly early: boolean;
    readonly bumps: boolean;
  },
): Fault | null {
  const off = [tone.cents ?? 0, lowerCents ?? 0].reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  if (tone.aperiodicity > LIMITS.pairAperiodicity && overDb > LIMITS.scratchOverDb) return "too heavy";
  if (overDb < LIMITS.faintDb || tone.flatnessDb > LIMITS.breathFlatnessDb) return "too light";
  if (Math.abs(off) > LIMITS.heavyCents && isLoudPair(tone, overDb)) return "too heavy";
  if (tone.half || Math.abs(off) > LIMITS.wrongCents) return "wrong string";
  if (bumps) return "crossing bump";
  if (Math.abs(off) > LIMITS.cents) return off < 0 ? "flat" : "sharp";
  if (heardLate) return "late";
  return early ? "early" : null;
}

/** Louder than usual, and not clean: a heavy bow bends both strings away from their pitches. */
const isLoudPair = ({ aperiodicity, flatnessDb }: HeardTone, overDb: number): boolean =>
  overDb > LIMITS.loudPairDb && flatnessDb > LIMITS.cleanPairDb && aperiodicity > LIMITS.heavyAperiodicity;

/**
 * Louder than usual, and raucous: noise, or a tone that never settles and is off its pitch.
 *
 * @param other its pitch is that of another string
 */
function isHeavy(
  { aperiodicity, flatnessDb, settlesS, cents }: HeardTone,
  overDb: number,
  other: boolean,
): boolean {
  const scratches = flatnessDb > LIMITS.scratchFlatnessDb && aperiodicity > LIMITS.scratchAperiodicity;
  if (scratches && overDb > LIMITS.scratchOverDb) return true;
  const hisses = flatnessDb > LIMITS.hissesFlatnessDb && aperiodicity > LIMITS.hissesAperiodicity;
  if (hisses && settlesS === null && overDb > LIMITS.hissesOverDb) return true;
  if (overDb < LIMITS.heavyDb || aperiodicity < LIMITS.heavyAperiodicity) return false;
  if (flatnessDb > LIMITS.dinFlatnessDb || overDb > LIMITS.dinDb) return true;
  // a bow made for another string is too heavy there, or too light; its pitch says more
  if (other && aperiodicity < LIMITS.otherAperiodicity) return false;
  if (flatnessDb > LIMITS.noiseDb) return true;
  const offCents = Math.abs(cents ?? Infinity);
  const wild = aperiodicity > LIMITS.noiseAperiodicity || offCents < LIMITS.wrongCents;
  return (
    settlesS === null &&
    (!other || aperiodicity > LIMITS.wildAperiodicity) &&
    offCents > LIMITS.heavyCents &&
    wild
  );
}

/** How much the bow bumped on its way from the note before [dB]. */
const bumpOf = (change: ChangeOfNotes | undefined): number =>
  change
    ? change.roughDb +
      LIMITS.bumpOldWeight * (change.oldDb ?? 0) +
      LIMITS.bumpFallWeight * (change.oldFallsDb ?? 0)
    : -Infinity;

const isHeld = ({ cents }: HeardTone, brightDb: number): boolean =>
  (cents ?? 0) < LIMITS.heldCents && brightDb > LIMITS.heldBrightDb;

/** Brighter than usual, far under its pitch, and little of it repeats. */
const isWild = ({ cents, aperiodicity }: HeardTone, brightDb: number): boolean =>
  (cents ?? 0) < -LIMITS.wrongCents &&
  brightDb > LIMITS.wildBrightDb &&
  aperiodicity > LIMITS.wildAperiodicity;

const isBreath = ({ flatnessDb }: HeardTone, overDb: number): boolean =>
  flatnessDb > LIMITS.breathFlatnessDb && overDb < LIMITS.breathDb;

/** Heard an octave or a twelfth above: the string slips two or three times a period. */
const slipsOften = ({ cents, doubledDb }: HeardTone): boolean =>
  Math.abs((cents ?? 0) - OCTAVE_CENTS) < LIMITS.slipsCents
    ? doubledDb > LIMITS.slipsDb
    : Math.abs((cents ?? 0) - TWELFTH_CENTS) < LIMITS.slipsCents;

/** Dull and hissing, or hardly there at all. */
const isLight = ({ flatnessDb }: HeardTone, overDb: number, brightDb: number): boolean =>
  (brightDb < LIMITS.dullDb && flatnessDb > LIMITS.hissFlatnessDb) ||
  (overDb < LIMITS.faintDb && brightDb < LIMITS.faintDullDb);

/** After its attack there is little but what rings: the bow does not keep the string going. */
const isDying = ({ attackOverDb, flatnessDb }: HeardTone, brightDb: number): boolean =>
  brightDb < LIMITS.dyingBrightDb &&
  flatnessDb > LIMITS.dyingFlatnessDb &&
  attackOverDb - brightDb > LIMITS.dyingDb;

/** The pitch is one of another string, not lower than the neighbour of the highest string that has the written one. */
function isElsewhere(hz: number, midi: number, elsewhere: readonly number[]): boolean {
  const lowest = OPEN_STRINGS.filter((open) => open <= midi).at(-2) ?? OPEN_STRINGS[0]!;
  return elsewhere.some((other) => {
    const cents = centsBetween(hzOfMidi(other), hz);
    return (
      other !== midi && other >= lowest && cents > -LIMITS.stringFlatCents && cents < LIMITS.stringSharpCents
    );
  });
}

/** A bow made for another string may slip twice a period there: loud, bright, and an octave above a pitch of that string. */
const slipsTwiceElsewhere = (
  { hz, doubledDb }: HeardTone,
  brightDb: number,
  midi: number,
  elsewhere: readonly number[],
): boolean =>
  doubledDb > LIMITS.slipsDb && brightDb > LIMITS.slipsBrightDb && isElsewhere(hz / 2, midi, elsewhere);
