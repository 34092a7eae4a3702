/** One resonance of the body as heard in the room. */
export interface BodyMode {
  readonly hz: number;
  readonly q: number;
  /** Sound per bridge force at the resonance, with sign [-]. */
  readonly gain: number;
}

/**
 * The low modes that give a cello its character, each placed by hand.
 *
 * @source air mode 90-105 Hz, main top and plate modes 140-200 Hz, next about 220 Hz, dense above 600 Hz, bridge hill
 *   1-2.5 kHz
 * @assumed gains, Q and the modes from 270 to 600 Hz
 */
const LOW_MODES: readonly BodyMode[] = [
  { hz: 97, q: 16, gain: 0.9 },
  { hz: 142, q: 22, gain: -0.45 },
  { hz: 176, q: 24, gain: 0.9 },
  { hz: 199, q: 22, gain: 0.8 },
  { hz: 226, q: 24, gain: -0.6 },
  { hz: 278, q: 22, gain: 0.6 },
  { hz: 333, q: 20, gain: -0.5 },
  { hz: 391, q: 20, gain: 0.55 },
  { hz: 462, q: 18, gain: 0.5 },
  { hz: 538, q: 18, gain: -0.5 },
];

const DENSE_MODES = 28;
const DENSE_FROM_HZ = 600;
const DENSE_TO_HZ = 7500;
/** Fraction of the golden ratio: the most even of all irregular spacings. */
const GOLDEN = 0.6180339887498949;

/** 38 modes of one cello, always the same. */
export function bodyModes(): readonly BodyMode[] {
  const dense = Array.from({ length: DENSE_MODES }, (_, i): BodyMode => {
    const jitter = ((i * GOLDEN) % 1) - 0.5;
    const hz = DENSE_FROM_HZ * (DENSE_TO_HZ / DENSE_FROM_HZ) ** ((i + 0.7 * jitter) / (DENSE_MODES - 1));
    return { hz, q: 11, gain: denseGain(hz) * (0.8 + 0.5 * jitter) * (i % 2 === 0 ? 1 : -1) };
  });
  return [...LOW_MODES, ...dense];
}

/** The hill of the bridge over a floor, and the fall of radiation above it. @assumed */
function denseGain(hz: number): number {
  const hill = 1.1 * Math.exp(-((Math.log2(hz / 1700) / 0.8) ** 2));
  return (0.4 + hill) / (1 + (hz / 3500) ** 2);
}
