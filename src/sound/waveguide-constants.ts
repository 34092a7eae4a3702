import type { BowedString } from "../instrument/strings.ts";
import type { FrictionLaw } from "./friction.ts";
import type { SoundSettings } from "./sound-settings.ts";
import { openPeriodS } from "./string-drive.ts";

/** Delay of the spread at each end [samples]. */
export const SPREAD_DELAY = 3;

/** What stays the same while one string is played. */
export interface WaveguideConstants {
  readonly friction: FrictionLaw;
  /** D = 1 / (1/2Z + 1/2Zt + 1/c'), all that friction moves, in series [kg/s]. */
  readonly contactKgps: number;
  /** k/c', speed that stretched hair adds, per metre of stretch [1/s]. */
  readonly hairPullPerS: number;
  /** k [N/m] */
  readonly hairNpm: number;
  /** Δt/c', stretch per newton in one sample [m/N]. */
  readonly hairStep: number;
  /** Speed that a newton sends each way, transverse and twisting [m/(s·N)]. */
  readonly kick: number;
  readonly twistKick: number;
  readonly twistGain: number;
  readonly twistFingerGain: number;
  /** Time a twist takes over the time a wave takes for the same way [-]. */
  readonly twistDelay: number;
  readonly bridgeGain: number;
  readonly nutGain: number;
  readonly fingerGain: number;
  /** Force on the bridge per speed of the wave that runs into it [kg/s]. */
  readonly bridgeNPerMps: number;
  /** Weights of the spread: the middle sample, then its neighbours on either side. */
  readonly spread: readonly [number, number, number, number];
}

export function waveguideConstants(string: BowedString, settings: SoundSettings): WaveguideConstants {
  const { impedanceKgps: Z, bridgeResistanceKgps: R } = string;
  const { rosin, hair, torsion, losses } = settings;
  const Zt = Z * torsion.impedanceRatio;
  const stepS = 1 / settings.sampleRateHz;
  // hair by the midpoint rule: c' = c + k·Δt/2
  const hairKgps = hair.dampingKgps + (hair.stiffnessNpm * stepS) / 2;
  const drop = rosin.drop * Math.sqrt(Z / rosin.referenceImpedanceKgps);
  return {
    friction: {
      staticCoefficient: rosin.slidingCoefficient + drop,
      slidingCoefficient: rosin.slidingCoefficient,
      halfDropMps: rosin.halfDropMps,
    },
    contactKgps: 1 / (1 / (2 * Z) + 1 / (2 * Zt) + 1 / hairKgps),
    hairPullPerS: hair.stiffnessNpm / hairKgps,
    hairNpm: hair.stiffnessNpm,
    hairStep: stepS / hairKgps,
    kick: 1 / (2 * Z),
    twistKick: 1 / (2 * Zt),
    twistGain: Math.exp(-Math.PI / (2 * torsion.q)), // half of a period's loss at each end
    twistFingerGain: torsion.fingerGain,
    twistDelay: 1 / torsion.speedRatio,
    bridgeGain: (losses.bridgeGain * (R - Z)) / (R + Z),
    nutGain: losses.nutGain,
    fingerGain: losses.fingerGain,
    bridgeNPerMps: (2 * Z * R) / (R + Z),
    spread: bellWeights(losses.spread * openPeriodS(string, settings) * settings.sampleRateHz),
  };
}

/** A bell curve of standard deviation `sigma` samples, cut after three and summing to one. */
function bellWeights(sigma: number): readonly [number, number, number, number] {
  const bell = [0, 1, 2, 3].map((k) => Math.exp((-k * k) / (2 * sigma * sigma)));
  const total = bell[0]! + 2 * (bell[1]! + bell[2]! + bell[3]!);
  return bell.map((w) => w / total) as unknown as [number, number, number, number];
}
