import type { StringName } from "../score/score.ts";

/** A string as the bow feels and hears it. All SI. */
export interface BowedString {
  /** Pitch of the open string, MIDI number. */
  readonly openMidi: number;
  /** Transverse characteristic impedance Z₀ [kg/s]. */
  readonly impedanceKgps: number;
  /** [N] */
  readonly tensionN: number;
  /** Inharmonicity B [-]. */
  readonly inharmonicity: number;
  /** Bridge resistance R seen by the string [kg/s]. */
  readonly bridgeResistanceKgps: number;
  /** Static minus sliding friction coefficient, µs − µd [-]. */
  readonly frictionDrop: number;
}

/**
 * Steel cello strings.
 *
 * @source impedances and inharmonicity: nominal values of measured strings (Percival, 3 cellos; Rossing's ranges);
 *   tension: instrument I of Percival's table.
 * @source friction drop: the simulated strings', cold to fast sliding (`sound-settings.ts`), the largest of Percival's fits
 * @assumed bridge resistance 150 kg/s
 */
export const CELLO_STRINGS: Readonly<Record<StringName, BowedString>> = {
  C: steel(36, 1.6, 162, 5.8e-4),
  G: steel(43, 1.0, 117, 2.2e-4),
  D: steel(50, 0.59, 100, 1.7e-4),
  A: steel(57, 0.46, 140, 6e-5),
};

function steel(
  openMidi: number,
  impedanceKgps: number,
  tensionN: number,
  inharmonicity: number,
): BowedString {
  return { openMidi, impedanceKgps, tensionN, inharmonicity, bridgeResistanceKgps: 150, frictionDrop: 0.75 };
}
