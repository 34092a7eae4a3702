import type * as cellist from "../cellist_msgs/messages.ts";
import type {
  Articulation,
  BowDirection,
  Dynamic,
  Score,
  ScoreNote,
  StringName,
  SwellTurn,
} from "../score/score.ts";
import { headerAt } from "./log-time.ts";

/** A score as cellist_msgs/msg/Score. */
export const scoreMessage = (score: Score, timeNs: bigint): cellist.Score => ({
  header: headerAt(timeNs),
  title: score.title,
  composer: score.composer,
  ticks_per_quarter: score.ticksPerQuarter,
  tempos: score.tempos.map(({ tick, usPerQuarter }) => ({ tick, us_per_quarter: usPerQuarter })),
  meters: score.meters.map(({ tick, beatsPerBar, beatUnit }) => ({
    tick,
    beats_per_bar: beatsPerBar,
    beat_unit: beatUnit,
  })),
  keys: score.keys.map(({ tick, fifths, minor }) => ({ tick, fifths, is_minor: minor })),
  notes: score.notes.map(noteMessage),
  end_tick: score.endTick,
  ignored: score.ignored,
  sha256: score.provenance.sha256,
});

/** A level that none is; also the field's default, so that bags from before hairpins read so, too. */
const NO_SWELL = -1;

const noteMessage = (note: ScoreNote): cellist.ScoreNote => ({
  index: note.index,
  start_tick: note.startTick,
  end_tick: note.endTick,
  midi: note.midi,
  lower_midi: note.lowerMidi ?? 0,
  velocity: note.velocity,
  dynamic_mark: note.dynamic,
  swell_from_level: note.swell?.fromLevel ?? NO_SWELL,
  swell_to_level: note.swell?.toLevel ?? NO_SWELL,
  swell_turn_share: note.swell?.turns?.map(({ share }) => share) ?? [],
  swell_turn_level: note.swell?.turns?.map(({ level }) => level) ?? [],
  articulation: note.articulation,
  bow: note.bow ?? "",
  slurred_from_previous: note.slurredFromPrevious,
  string_name: note.string ?? "",
  string_by_hand: note.stringByHand ?? false,
  override_speed_mps: note.override?.speedMps ?? 0,
  override_force_n: note.override?.forceN ?? 0,
  override_contact_m: note.override?.contactM ?? 0,
});

/** The score of a message written by `scoreMessage`. */
export const scoreFromMessage = (message: cellist.Score): Score => ({
  title: message.title,
  composer: message.composer,
  ticksPerQuarter: message.ticks_per_quarter,
  tempos: message.tempos.map(({ tick, us_per_quarter }) => ({ tick, usPerQuarter: us_per_quarter })),
  meters: message.meters.map(({ tick, beats_per_bar, beat_unit }) => ({
    tick,
    beatsPerBar: beats_per_bar,
    beatUnit: beat_unit,
  })),
  keys: message.keys.map(({ tick, fifths, is_minor }) => ({ tick, fifths, minor: is_minor })),
  notes: message.notes.map(noteFromMessage),
  endTick: message.end_tick,
  ignored: message.ignored,
  provenance: { sha256: message.sha256 },
});

const noteFromMessage = (note: cellist.ScoreNote): ScoreNote => ({
  index: note.index,
  startTick: note.start_tick,
  endTick: note.end_tick,
  midi: note.midi,
  ...(note.lower_midi > 0 && { lowerMidi: note.lower_midi }),
  velocity: note.velocity,
  dynamic: note.dynamic_mark as Dynamic,
  ...(note.swell_from_level >= 0 && {
    swell: {
      fromLevel: note.swell_from_level,
      toLevel: note.swell_to_level,
      ...(note.swell_turn_share.length > 0 && { turns: turnsFromMessage(note) }),
    },
  }),
  articulation: note.articulation as Articulation,
  ...(note.bow !== "" && { bow: note.bow as BowDirection }),
  slurredFromPrevious: note.slurred_from_previous,
  ...(note.string_name !== "" && { string: note.string_name as StringName }),
  ...(note.string_by_hand && { stringByHand: true }),
  ...overrideFromMessage(note),
});

function overrideFromMessage(note: cellist.ScoreNote): Pick<ScoreNote, "override"> {
  const override = {
    ...(note.override_speed_mps > 0 && { speedMps: note.override_speed_mps }),
    ...(note.override_force_n > 0 && { forceN: note.override_force_n }),
    ...(note.override_contact_m > 0 && { contactM: note.override_contact_m }),
  };
  return Object.keys(override).length > 0 ? { override } : {};
}

const turnsFromMessage = (note: cellist.ScoreNote): readonly SwellTurn[] =>
  Array.from(note.swell_turn_share, (share, i) => ({ share, level: note.swell_turn_level[i]! }));
