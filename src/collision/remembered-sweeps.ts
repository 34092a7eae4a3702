import type { ClearanceCheck, SweptClearance } from "./clearance.ts";
import type { SplineKnot } from "./joint-motion.ts";
import { NOBODY } from "./pair-scan.ts";

/** Sweeps that are remembered at least: those of a piece of some minutes. The older half is forgotten at twice as many. */
const REMEMBERED = 16384;

interface Remembered {
  /** Both knots and the time between them, number by number. */
  readonly motion: readonly number[];
  readonly farM: number;
  readonly swept: SweptClearance;
}

/** The same check, which need not sweep again what it was shown before, to the last bit: paths of one piece are mostly the same. */
export function rememberingSweeps(check: ClearanceCheck): ClearanceCheck {
  let [recent, older] = [new Map<number, Remembered>(), new Map<number, Remembered>()];
  const motion = new Float64Array(37);
  const halves = new Uint32Array(motion.buffer);
  const sweepSpline: ClearanceCheck["sweepSpline"] = (from, to, durationS, farM = Infinity) => {
    writeNumbers(from, to, durationS, motion);
    const key = hashOf(halves);
    const known = recent.get(key) ?? older.get(key);
    const remembered =
      known && isSame(known.motion, motion) ? toldFor(farM, known, check.requiredM) : undefined;
    const swept = remembered ?? check.sweepSpline(from, to, durationS, farM);
    if (recent.size >= REMEMBERED) [recent, older] = [new Map<number, Remembered>(), recent];
    recent.set(key, remembered ? known! : { motion: Array.from(motion), farM, swept });
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

function writeNumbers(from: SplineKnot, to: SplineKnot, durationS: number, numbers: Float64Array): void {
  for (let j = 0; j < 6; j++) {
    numbers[j] = from.q_rad[j]!;
    numbers[6 + j] = from.qd_radps[j]!;
    numbers[12 + j] = from.qdd_radps2[j]!;
    numbers[18 + j] = to.q_rad[j]!;
    numbers[24 + j] = to.qd_radps[j]!;
    numbers[30 + j] = to.qdd_radps2[j]!;
  }
  numbers[36] = durationS;
}

/** FNV-1a over the halves of the numbers. */
function hashOf(halves: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < halves.length; i++) hash = Math.imul(hash ^ halves[i]!, 0x01000193);
  return hash;
}

function isSame(a: readonly number[], b: Float64Array): boolean {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
