import type { Instrument } from "../instrument/instrument.ts";
import { pairOf } from "../instrument/double-press.ts";
import { clearForceN, clearShareOfPair } from "../instrument/neighbour-gap.ts";
import { stringsOf, type BowLevel, type PairLevel } from "../score/bow-level.ts";
import type { ScoreNote } from "../score/score.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { noteForce, type NoteForce } from "./tone.ts";

/** The bow of one note. */
export interface NoteBow {
  readonly speedMps: number;
  readonly contactM: number;
  /** Hair at the contact at its start and end, from the frog [m]. */
  readonly bowM: readonly [number, number];
  /** Force ÷ what the dynamic asks for, in an attack; 1 if absent [-]. */
  readonly attack?: number;
}

/**
 * Forces on the strings of a note, its own first and the lower one of a double stop after it: each by dynamic and string inside
 * its own limits, all together no more than leaves the strings beside them clear and
 * the cell and the stick allow.
 */
export function levelForces(
  note: ScoreNote,
  level: BowLevel,
  bow: NoteBow,
  instrument: Instrument,
  settings: BowingSettings,
): readonly [NoteForce] | readonly [NoteForce, NoteForce] {
  const { contactM, speedMps, bowM, attack = 1 } = bow;
  const places = [bowM[0], (bowM[0] + bowM[1]) / 2, bowM[1]].map((at) => ({ bowM: at, contactM }));
  const names = stringsOf(level);
  if (names.length === 1) {
    const clearN = places.map((at) => clearForceN(instrument, names[0], at));
    const heaviestN = Math.min(settings.maxForceN, ...clearN);
    return [
      noteForce(note, instrument.strings[names[0]], { speedMps, contactM, heaviestN, attack }, settings),
    ];
  }
  const [low, high] = pairOf(level as PairLevel);
  const under = (heaviestN: readonly [number, number]): readonly [NoteForce, NoteForce] => [
    noteForce(
      note,
      instrument.strings[high],
      { speedMps, contactM, heaviestN: heaviestN[1], attack },
      settings,
    ),
    noteForce(
      { ...note, midi: note.lowerMidi! },
      instrument.strings[low],
      { speedMps, contactM, heaviestN: heaviestN[0], attack },
      settings,
    ),
  ];
  const [upper, lower] = under([settings.maxForceN, settings.maxForceN]);
  const wished = [lower.forceN, upper.forceN] as const;
  const share = Math.min(
    ...places.map((at) => clearShareOfPair(instrument, level as PairLevel, wished, at, settings.maxForceN)),
  );
  return share >= 1 ? [upper, lower] : under([share * wished[0], share * wished[1]]);
}
