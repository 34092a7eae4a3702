/** Left and right microphone. */
export interface StereoSound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** One performance as a microphone pair hears it, in parts that add up to it. Full scale = 1, not limited. */
export interface Stems {
  readonly sampleRateHz: number;
  /** Strings and body, straight to the microphones. */
  readonly cello: StereoSound;
  /** What the room answers. */
  readonly room: StereoSound;
  /** The arm itself. */
  readonly robot: StereoSound;
}

export const STEM_NAMES = ["cello", "room", "robot"] as const;
export type StemName = (typeof STEM_NAMES)[number];

/** Steps of 24-bit sound: what a stem is rounded to, so that the sum of its files is the file of the sum, bit for bit. */
const STEP = 2 ** -23;

/** The stems as loud as `gain` makes them, on the grid of 24-bit sound, and their exact sum. */
export function mixOf(stems: Stems, gain = 1): { readonly stems: Stems; readonly mix: StereoSound } {
  const scaled = (sound: StereoSound): StereoSound => ({
    left: onGrid(sound.left, gain),
    right: onGrid(sound.right, gain),
  });
  const [cello, room, robot] = [scaled(stems.cello), scaled(stems.room), scaled(stems.robot)];
  const sum = (side: keyof StereoSound): Float32Array => {
    const [a, b, c] = [cello[side], room[side], robot[side]];
    const out = new Float32Array(a.length);
    for (let i = 0; i < a.length; i++) out[i] = a[i]! + b[i]! + c[i]!;
    return out;
  };
  return {
    stems: { sampleRateHz: stems.sampleRateHz, cello, room, robot },
    mix: { left: sum("left"), right: sum("right") },
  };
}

/** Whole steps below full scale are exact in 32-bit floats, and so are their sums. */
function onGrid(samples: Float32Array, gain: number): Float32Array {
  const out = new Float32Array(samples.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.round((samples[i]! * gain) / STEP) * STEP;
  return out;
}
