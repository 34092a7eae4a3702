import { bodyModes, type BodyMode } from "./body-modes.ts";

/**
 * The sound of the body when the strings shake its bridge: all its modes side by side.
 *
 *     y = Σ g · (x[n] − x[n−2]) · b  through poles at each mode; g is the gain at the mode's frequency
 *
 * Nothing passes at 0 Hz, so the steady pull of the bow is not heard.
 *
 * @param bridgeN force on the bridge
 * @param gain full scale per newton at a mode of gain 1
 */
export function bodySound(bridgeN: Float64Array, sampleRateHz: number, gain: number): Float32Array {
  const sum = new Float64Array(bridgeN.length);
  const modes = bodyModes();
  for (let m = 0; m + 1 < modes.length; m += 2)
    addTwo(
      resonator(modes[m]!, sampleRateHz, gain),
      resonator(modes[m + 1]!, sampleRateHz, gain),
      bridgeN,
      sum,
    );
  return Float32Array.from(sum);
}

interface Resonator {
  readonly b: number;
  readonly a1: number;
  readonly a2: number;
}

function resonator(mode: BodyMode, sampleRateHz: number, gain: number): Resonator {
  const w = (2 * Math.PI * mode.hz) / sampleRateHz;
  const alpha = Math.sin(w) / (2 * mode.q);
  const a0 = 1 + alpha;
  return { b: (gain * mode.gain * alpha) / a0, a1: (-2 * Math.cos(w)) / a0, a2: (1 - alpha) / a0 };
}

/** Two modes at a time: each sample of one waits for the sample before it, so two keep the processor busy. */
function addTwo(p: Resonator, r: Resonator, input: Float64Array, out: Float64Array): void {
  let [x1, x2, p1, p2, r1, r2] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < input.length; i++) {
    const x = input[i]!;
    const d = x - x2;
    if ((i & 255) === 0) {
      // in silence the modes fade into numbers so tiny that arithmetic with them is slow
      if (Math.abs(p1) + Math.abs(p2) < 1e-40) p1 = p2 = 0;
      if (Math.abs(r1) + Math.abs(r2) < 1e-40) r1 = r2 = 0;
    }
    const yp = p.b * d - p.a1 * p1 - p.a2 * p2;
    const yr = r.b * d - r.a1 * r1 - r.a2 * r2;
    x2 = x1;
    x1 = x;
    p2 = p1;
    p1 = yp;
    r2 = r1;
    r1 = yr;
    out[i]! += yp + yr;
  }
}
