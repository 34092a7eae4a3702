/** One resonance of the body, as the strings feel it at the bridge and as two microphones hear it. */
export interface BodyMode {
  readonly hz: number;
  readonly q: number;
  /** Mass that moves with the bridge [kg]: the bridge goes with s/(s² + ω₀s/Q + ω₀²)/m per newton. */
  readonly massKg: number;
  /** Sound at each microphone per force on the bridge at the resonance, with sign [1/N]. */
  readonly left: number;
  readonly right: number;
}

/** What may be chosen about the body. */
export interface BodySettings {
  /** Q of the strongest top-plate mode: about 30 alone, less with a wolf eliminator on the string behind the bridge. */
  readonly wolfQ: number;
  /** Mean conductance at the bridge above 600 Hz, beside the bridge hill [s/kg]. */
  readonly conductanceSpkg: number;
  /** How much every mode gives way, against a cello [-]; near 0 the bridge stands still, and sounds the same. */
  readonly mobility: number;
}

/** [Hz, Q, kg, sound at the resonance]; the one at 176 Hz is the wolf. */
type Row = readonly [hz: number, q: number, massKg: number, sound: number];

/**
 * The low modes that give a cello its character, each placed by hand.
 *
 * @source air mode 90-105 Hz, main top and plate modes 140-200 Hz with the wolf between E3 and F#3, next about 220 Hz,
 *   dense above 600 Hz, bridge hill 1-2.5 kHz; the order of the masses follows from admittances of cello bridges of -40 to
 *   -25 dB re 1 s/kg at the peaks (Zhang and Woodhouse, JASA 136 (2014)) and from the wolf (Firth, STL-QPSR 15 (1974))
 * @assumed each mass, the sound of each mode, and the modes from 270 to 600 Hz
 */
const LOW_MODES: readonly Row[] = [
  [102, 16, 2.6, 0.9],
  [142, 22, 0.9, -0.45],
  [176, 30, 0.35, 0.9],
  [203, 22, 0.6, 0.8],
  [226, 24, 0.9, -0.6],
  [278, 22, 0.7, 0.6],
  [333, 20, 0.6, -0.5],
  [391, 20, 0.5, 0.55],
  [462, 18, 0.45, 0.5],
  [538, 18, 0.4, -0.5],
];
const WOLF = 2;

const DENSE_MODES = 32;
const DENSE_FROM_HZ = 600;
const DENSE_TO_HZ = 8000;
const DENSE_Q = 13;
/** Fraction of the golden ratio: the most even of all irregular spacings. */
const GOLDEN = 0.6180339887498949;

/** 42 modes of one cello, always the same. */
export function bodyModes(settings: BodySettings): readonly BodyMode[] {
  const low = LOW_MODES.map(([hz, q, massKg, sound], i) =>
    heard(
      { hz, q: i === WOLF ? settings.wolfQ : q, massKg },
      sound * (i === WOLF ? settings.wolfQ / q : 1),
      i,
    ),
  );
  return [...low, ...denseModes(settings)].map((mode) => ({
    ...mode,
    massKg: mode.massKg / settings.mobility,
  }));
}

/** Statistically even modes: a mean conductance G needs masses of n/(4G) at n modes per hertz. */
function denseModes({ conductanceSpkg }: BodySettings): BodyMode[] {
  const perOctave = (DENSE_MODES - 1) / Math.log2(DENSE_TO_HZ / DENSE_FROM_HZ);
  return Array.from({ length: DENSE_MODES }, (_, i) => {
    const jitter = ((i * GOLDEN) % 1) - 0.5;
    const share = (i + 0.7 * jitter) / (DENSE_MODES - 1);
    const hz = DENSE_FROM_HZ * (DENSE_TO_HZ / DENSE_FROM_HZ) ** share;
    const perHz = perOctave / (hz * Math.LN2);
    const massKg = perHz / (4 * conductanceSpkg * bridgeHill(hz));
    const sign = i % 2 === 0 ? 1 : -1;
    return heard({ hz, q: DENSE_Q, massKg }, sign * radiation(hz) * (0.8 + 0.5 * jitter), i);
  });
}

/** Two microphones hear every mode a little differently, the higher the more. @assumed */
function heard(mode: Omit<BodyMode, "left" | "right">, sound: number, i: number): BodyMode {
  const apart = Math.min(0.45, mode.hz / 4000) * Math.sin(2 * Math.PI * GOLDEN * (i + 1));
  return { ...mode, left: sound * (1 + apart), right: sound * (1 - apart) };
}

/** Conductance over its floor: the hill of the bridge about 1.7 kHz, falling above. @assumed shape */
const bridgeHill = (hz: number): number =>
  (1 + 1.6 * Math.exp(-((Math.log2(hz / 1700) / 0.8) ** 2))) / (1 + (hz / 4000) ** 2);

/** Sound of a mode per newton: the same hill, and the fall of radiation above. @assumed */
function radiation(hz: number): number {
  const hill = 1.1 * Math.exp(-((Math.log2(hz / 1700) / 0.8) ** 2));
  return (0.4 + hill) / (1 + (hz / 3500) ** 2);
}

/** Admittance of the bridge, velocity per force [s/kg], real and imaginary part. */
export function bridgeAdmittance(modes: readonly BodyMode[], hz: number): readonly [re: number, im: number] {
  const w = 2 * Math.PI * hz;
  let [re, im] = [0, 0];
  for (const mode of modes) {
    const w0 = 2 * Math.PI * mode.hz;
    const [stiff, damp] = [w0 * w0 - w * w, (w * w0) / mode.q];
    const scale = w / (mode.massKg * (stiff * stiff + damp * damp));
    re += scale * damp;
    im += scale * stiff;
  }
  return [re, im];
}
