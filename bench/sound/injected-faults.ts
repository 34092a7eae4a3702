import type { PerformanceRecord } from "../../src/evaluation/performance-record.ts";
import { scoreClock } from "../../src/evaluation/score-clock.ts";
import { smoothstep } from "../../src/math/smoothstep.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import type { SoundInput } from "../../src/sound/render.ts";

/** What can be done to one note of a good performance. */
export const INJECTED = ["too-light", "too-heavy", "crossing-bump", "late", "flat", "wrong-string"] as const;
export type Injected = (typeof INJECTED)[number];

/** Notes a fault can be done to: a bump needs a crossing, a flat note a finger, lateness a bow that starts it. */
function canInject({ plan }: PerformanceRecord, index: number, kind: Injected): boolean {
  const [before, note] = [plan.notes[index - 1], plan.notes[index]!];
  if (note.endS - note.startS < 0.2) return false;
  const open = 36 + 7 * STRING_NAMES.indexOf(note.string) === note.midi;
  if (kind === "flat") return !open;
  if (kind === "late")
    return before !== undefined && before.stroke !== note.stroke && before.endS >= note.startS - 0.02;
  if (kind === "crossing-bump")
    return (
      before !== undefined &&
      before.string !== note.string &&
      before.string !== note.lower?.string &&
      before.endS >= note.startS - 0.02
    );
  // on another string an open or stopped string always sounds another pitch
  return true;
}

/** Share of the notes that are spoilt in a faulty take; of those that a bump can be put before, this share has one [-]. */
const SPOILT = 0.25;
const BUMPED = 0.5;

/**
 * Spoils some of the notes that may be spoilt, no two of them near each other, each with one of the faults it can have.
 *
 * @returns what was done, by the position of the note
 */
export function spoil(
  record: PerformanceRecord,
  input: SoundInput,
  mayBe: readonly boolean[],
  random: () => number,
): { readonly input: SoundInput; readonly spoilt: ReadonlyMap<number, Injected> } {
  const spoilt = new Map<number, Injected>();
  record.plan.notes.forEach((_, i) => {
    const [share, rare, which] = [random(), random(), random()];
    if (!mayBe[i] || spoilt.has(i - 1) || spoilt.has(i - 2)) return;
    const can = INJECTED.filter((kind) => canInject(record, i, kind));
    if (share > SPOILT || can.length === 0) return;
    const kind =
      can.includes("crossing-bump") && rare < BUMPED ? "crossing-bump" : can[Math.floor(which * can.length)]!;
    input = inject(record, input, i, kind);
    spoilt.set(i, kind);
  });
  return { input, spoilt };
}

/** The performance with one note spoilt. */
export function inject(
  record: PerformanceRecord,
  input: SoundInput,
  index: number,
  kind: Injected,
): SoundInput {
  const note = record.plan.notes[index]!;
  const { scoreS } = scoreClock(record);
  const string = STRING_NAMES.indexOf(note.string);
  // one bow plays both strings of a double stop: what is wrong with it is wrong on both
  const bowed = note.lower ? [STRING_NAMES.indexOf(note.lower.string), string] : [string];
  if (kind === "flat") {
    const atS = (s: number): number =>
      record.robotTimeS[scoreS.findIndex((x) => x >= s)]! - record.robotTimeS[0]!;
    const [fromS, toS] = [atS(note.startS) - 0.01, atS(note.endS) - 0.01];
    return {
      ...input,
      fingers: input.fingers.map((f) =>
        f.string === string && f.startS > fromS && f.startS < toS ? { ...f, midi: f.midi - 0.4 } : f,
      ),
    };
  }
  const contacts = {
    forceN: input.contacts.forceN.slice(),
    bowSpeedMps: input.contacts.bowSpeedMps.slice(),
    contactM: input.contacts.contactM.slice(),
  };
  for (let row = 0; row < Math.min(scoreS.length, contacts.forceN.length / 4); row++) {
    const s = scoreS[row]!;
    if (s < note.startS || s > note.endS) continue;
    const inside = smoothstep((s - note.startS) / 0.02) * smoothstep((note.endS - s) / 0.02);
    const scale = (values: Float64Array, by: number): void => {
      for (const one of bowed) values[4 * row + one]! *= by;
    };
    if (kind === "too-light") scale(contacts.forceN, 0.05 ** inside);
    else if (kind === "too-heavy") scale(contacts.forceN, 6 ** inside);
    else if (kind === "late") scale(contacts.bowSpeedMps, smoothstep((s - note.startS - 0.12) / 0.04));
    else if (kind === "wrong-string") goOneStringOn(contacts, row, bowed);
    else
      bump(
        contacts,
        { row, string, old: STRING_NAMES.indexOf(record.plan.notes[index - 1]!.string) },
        s - note.startS,
      );
  }
  return { ...input, contacts };
}

/** The bow lies one string higher than it should, or lower where there is none higher. */
function goOneStringOn(
  { forceN, bowSpeedMps, contactM }: Contacts,
  row: number,
  bowed: readonly number[],
): void {
  const step = bowed.includes(3) ? -1 : 1;
  const was = bowed.map((string) => {
    const at = 4 * row + string;
    return { string, forceN: forceN[at]!, bowSpeedMps: bowSpeedMps[at]!, contactM: contactM[at]! };
  });
  for (const { string } of was) forceN[4 * row + string] = 0;
  for (const { string, ...contact } of was) {
    const at = 4 * row + string + step;
    [forceN[at], bowSpeedMps[at], contactM[at]] = [contact.forceN, contact.bowSpeedMps, contact.contactM];
  }
}

/** What the bow does to each string, row by row [rows × 4]. */
interface Contacts {
  readonly forceN: Float64Array;
  readonly bowSpeedMps: Float64Array;
  readonly contactM: Float64Array;
}

/** The bow falls onto the new string and drags over the old one. */
function bump(
  { forceN, bowSpeedMps, contactM }: Contacts,
  at: { readonly row: number; readonly string: number; readonly old: number },
  sinceS: number,
): void {
  const share = smoothstep(sinceS / 0.01) * smoothstep((0.12 - sinceS) / 0.02);
  const [here, there] = [4 * at.row + at.string, 4 * at.row + at.old];
  forceN[here]! *= 1 + 6 * share;
  forceN[there] = Math.max(forceN[there]!, 2 * share);
  bowSpeedMps[there] = bowSpeedMps[here]!;
  contactM[there] = contactM[here]!;
}
