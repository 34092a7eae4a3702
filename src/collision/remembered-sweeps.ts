import type { ClearanceCheck, SweptClearance } from "./clearance.ts";
import type { SplineKnot } from "./joint-motion.ts";
import { NOBODY } from "./pair-scan.ts";

/** Sweeps that are remembered at least: those of a piece of some minutes. The older half is forgotten at twice as many. */
const REMEMBERED = 16384;

interface Remembered {
  /** Both knots and the time between them, number by number. */
  readonly motion: Float64Array;
  readonly farM: number;
  readonly swept: SweptClearance;
}

/** The same check, which need not sweep again what it was shown before, to the last bit: paths of one piece are mostly the same. */
export function rememberingSweeps(check: ClearanceCheck): ClearanceCheck {
  let [recent, older] = [new Map<number, Remembered>(), new Map<number, Remembered>()];
  const sweepSpline: ClearanceCheck["sweepSpline"] = (from, to, durationS, farM = Infinity) => {
    const motion = numbersOf(from, to, durationS);
    const key = hashOf(motion);
    const known = recent.get(key) ?? older.get(key);
    const remembered =
      known && isSame(known.motion, motion) ? toldFor(farM, known, check.requiredM) : undefined;
    const swept = remembered ?? check.sweepSpline(from, to, durationS, farM);
    if (recent.size >= REMEMBERED) [recent, older] = [new Map<number, Remembered>(), recent];
    recent.set(key, remembered ? known! : { motion, farM, swept });
    return swept;
  };
  return { ...check, sweepSpline };
}

/** What a sweep tells that is asked no farther than `farM`, from one that was asked as far or farther, or found something nearer than either. */
function toldFor(
  farM: number,
  { swept, ...before }: Remembered,
  requiredM: number,
): SweptClearance | undefined {
  const [asked, known] = [Math.max(farM, requiredM), Math.max(before.farM, requiredM)];
  if (swept.lowerBoundM < Math.min(asked, known)) return swept;
  return asked <= known ? { lowerBoundM: asked, sampledM: asked, pair: NOBODY, allowanceM: 0 } : undefined;
}

function numbersOf(from: SplineKnot, to: SplineKnot, durationS: number): Float64Array {
  const numbers = new Float64Array(37);
  [from.q_rad, from.qd_radps, from.qdd_radps2, to.q_rad, to.qd_radps, to.qdd_radps2].forEach((six, i) =>
    numbers.set(six, 6 * i),
  );
  numbers[36] = durationS;
  return numbers;
}

/** FNV-1a over the halves of the numbers. */
function hashOf(numbers: Float64Array): number {
  const halves = new Uint32Array(numbers.buffer);
  let hash = 0x811c9dc5;
  for (let i = 0; i < halves.length; i++) hash = Math.imul(hash ^ halves[i]!, 0x01000193);
  return hash;
}

const isSame = (a: Float64Array, b: Float64Array): boolean => a.every((v, i) => v === b[i]);
